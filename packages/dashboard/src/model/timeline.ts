import type { Condition, State } from '@reroot/shared/api';
import type { Step } from './wording.ts';

/** A time in which a rotation was in one state of one step. */
export interface Span {
  readonly state: State;
  readonly step: Step;
  readonly startMs: number;
  /** Absent while it lasts. */
  readonly endMs?: number;
  readonly kind: 'rolling-out' | 'verifying' | 'verified' | 'back' | 'failed';
  /** The last thing that the history says of it. */
  readonly message: string;
}

/** A rotation in time. */
export interface Timeline {
  readonly spans: readonly Span[];
  readonly startMs: number;
  /** Until now while it is under way. */
  readonly endMs: number;
}

const over: readonly State[] = ['FINISHED', 'NOT_ROTATING', 'PREVIOUS_CA'];

/**
 * What a rotation has done so far, from its history; undefined where the history has nothing of it.
 * @param conditions oldest first
 */
export function timelineOf(conditions: readonly Condition[], rotationId: string, nowMs: number): Timeline | undefined {
  const own = conditions.filter((condition) => condition.rotationId === rotationId);
  const spans: Span[] = [];
  let endMs: number | undefined;
  for (const { timestamp, state, step, message } of own) {
    const atMs = Date.parse(timestamp);
    const last = spans.at(-1);
    if (over.includes(state)) {
      endMs ??= atMs;
      close(spans, atMs);
    } else if (last !== undefined && last.state === state && last.step === step && last.endMs === undefined) {
      spans[spans.length - 1] = { ...last, message };
    } else {
      close(spans, atMs);
      spans.push({ state, step, startMs: atMs, kind: kindOf(state), message });
      endMs = undefined;
    }
  }
  const [first] = spans;
  return first === undefined ? undefined : { spans, startMs: first.startMs, endMs: endMs ?? Math.max(nowMs, first.startMs) };
}

function close(spans: Span[], atMs: number): void {
  const last = spans.at(-1);
  if (last !== undefined && last.endMs === undefined) spans[spans.length - 1] = { ...last, endMs: atMs };
}

function kindOf(state: State): Span['kind'] {
  switch (state) {
    case 'VERIFYING':
      return 'verifying';
    case 'VERIFIED':
      return 'verified';
    case 'ROLLING_BACK':
      return 'back';
    case 'FAILED':
      return 'failed';
    default:
      return 'rolling-out';
  }
}

/** Where a span lies in its timeline, as parts of the whole. */
export function placeOf({ startMs, endMs }: Pick<Span, 'startMs' | 'endMs'>, whole: Timeline): { from: number; size: number } {
  const lengthMs = Math.max(1, whole.endMs - whole.startMs);
  const from = (startMs - whole.startMs) / lengthMs;
  return { from, size: Math.max(0, ((endMs ?? whole.endMs) - startMs) / lengthMs) };
}
