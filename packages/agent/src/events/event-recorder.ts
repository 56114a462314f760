import type { Clock } from '@reroot/shared/clock';
import { type ErrorCode, toRerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import type { Problem } from '@reroot/shared/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import type { ClusterEvent } from '../cluster/cluster-event.ts';
import { createEventSeries } from './event-series.ts';
import { problemEvent, type TellEvent } from './occurrence.ts';

/** What recording works with. */
export interface EventRecorderOptions {
  readonly cluster: Pick<Cluster, 'name' | 'recordEvent'>;
  readonly clock: Clock;
  /** Names a series; see `ClusterEvent.id`. */
  readonly newId: () => string;
  /** Of each event. */
  readonly timeoutMs: number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Tells the cluster what happens, beside the passes: what it does not take is lost, and holds nothing up. */
export interface EventRecorder {
  readonly tell: TellEvent;
  /** Takes all problems of one pass: one is told when it comes, and again while it lasts. */
  noteProblems(problems: readonly Problem[]): void;
  /** Resolves when nothing is being written; after the signal has aborted that is soon. */
  settled(): Promise<void>;
}

/** A cluster that does not answer cannot be told so. */
const untellable: readonly string[] = ['RR_CLUSTER_UNREACHABLE', 'RR_CLUSTER_UNAUTHENTICATED', 'RR_CLUSTER_THROTTLED'];
/** One that lasts is told again well before the cluster forgets it. */
const remindAfterMs = 600_000;
const maxWaiting = 50;

/** Nothing is written before the first event. */
export function createEventRecorder(options: EventRecorderOptions): EventRecorder {
  const { clock, newId, log, signal } = options;
  const series = createEventSeries(clock, newId);
  const waiting: ClusterEvent[] = [];
  let writing: Promise<void> | undefined;
  let refusedBy: ErrorCode | undefined;
  let remindAtMs = new Map<string, number>();

  const write = async (event: ClusterEvent): Promise<void> => {
    const refusal = await attempt(event, options);
    if (refusal !== undefined && refusal.code !== refusedBy) {
      const { code, message, remedy } = refusal;
      log.warn({ code, problem: message, remedy }, 'Events cannot be written into the cluster');
    }
    refusedBy = refusal?.code;
  };
  const drain = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) await write(next);
    writing = undefined;
  };
  const tell: TellEvent = (occurrence) => {
    const event = series.note(occurrence);
    if (event === undefined || waiting.length >= maxWaiting || signal.aborted) return;
    waiting.push(event);
    writing ??= drain();
  };
  return {
    tell,
    noteProblems: (problems) => {
      const nowMs = clock.now();
      const known = remindAtMs;
      remindAtMs = new Map();
      for (const problem of problems) {
        if (untellable.includes(problem.code)) continue;
        const key = `${problem.code} ${problem.message}`;
        const dueAtMs = known.get(key) ?? nowMs;
        if (nowMs >= dueAtMs) tell(problemEvent(problem));
        remindAtMs.set(key, nowMs >= dueAtMs ? nowMs + remindAfterMs : dueAtMs);
      }
    },
    settled: async () => writing,
  };
}

/** Undefined when the event was written, or nobody waits for it any more. */
async function attempt(
  event: ClusterEvent,
  { cluster, clock, timeoutMs, signal }: EventRecorderOptions,
): Promise<ReturnType<typeof toRerootError> | undefined> {
  const code: ErrorCode = 'RR_CLUSTER_UNREACHABLE';
  try {
    const deadline = { ms: timeoutMs, clock, signal, code, who: `cluster ${cluster.name}` };
    await withDeadline(deadline, (inner) => cluster.recordEvent(event, inner));
    return undefined;
  } catch (error) {
    return signal.aborted ? undefined : toRerootError(error);
  }
}
