import type { HandshakeProgress, HandshakeTurn, PathProbe, PathProbeResult } from './handshake-message.ts';
import type { Inspection, InspectRequest } from './inspection-message.ts';
import type { Problem } from './message.ts';

/** Something that mgmt wants to know of a cluster now. It changes nothing there, and comes again until it is answered. */
export interface Task {
  /** Of this task alone. */
  readonly id: string;
  /** How long mgmt goes on waiting, counted from when this was sent: a span, for clocks may be wrong. */
  readonly deadlineMs: number;
  readonly ask: TaskAsk | UnknownAsk;
}

/** What is asked. */
export type TaskAsk =
  | { readonly kind: 'handshake'; readonly turn: HandshakeTurn }
  | { readonly kind: 'inspect'; readonly request: InspectRequest }
  | { readonly kind: 'path-probe'; readonly probe: PathProbe };

/** What a later version asks: answered with a problem, so that nobody waits for it. */
export interface UnknownAsk {
  readonly kind: 'unknown';
}

/** What a task has come to. */
export interface TaskResult {
  /** Of the task. */
  readonly id: string;
  readonly answer: TaskAnswer;
}

/** The answer to each kind of task, or why nothing of it could be done. */
export type TaskAnswer =
  | { readonly kind: 'handshake'; readonly progress: HandshakeProgress }
  | { readonly kind: 'inspect'; readonly inspection: Inspection }
  | { readonly kind: 'path-probe'; readonly result: PathProbeResult }
  | { readonly kind: 'refused'; readonly problem: Problem };
