import { randomBytes } from 'node:crypto';
import type { LiveHello } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import { createChangeSignal } from './change-signal.ts';
import { createChangeWait, newsOf } from './change-wait.ts';
import type { LiveLimits } from './live-limits.ts';
import { createLiveParts, type LiveParts } from './live-parts.ts';
import { type LivePoint, openPoint } from './live-point.ts';
import type { LiveSource } from './live-source.ts';
import { createLiveSteps, type LatestState, type LiveStep } from './live-steps.ts';

/** The newest state and the event log, looked at and written once for all clients. */
export interface LiveFeed {
  /** Looks at the source for as long as somebody follows. @returns ends it */
  follow(): () => void;
  /** Where a client begins, as soon as the state is known. @throws the signal's reason when it aborts */
  open(hello: LiveHello, signal: AbortSignal): Promise<LivePoint>;
  /**
   * What a client is told next, as soon as there is anything; a heartbeat when there was nothing for some time.
   * @param told the last step; undefined for the first
   * @throws the signal's reason when it aborts; RR_LIVE_STATE_UNAVAILABLE
   */
  next(point: LivePoint, told: LiveTold | undefined, signal: AbortSignal): Promise<LiveTold>;
}

/** A step, and the heartbeat that it stands for. */
export interface LiveTold extends LiveStep {
  readonly beat: number;
}

/** What a feed works with. */
export interface LiveFeedOptions {
  readonly source: LiveSource;
  readonly clock: Clock;
  readonly limits: Pick<
    LiveLimits,
    'minIntervalMs' | 'restPerLook' | 'refreshMs' | 'snapshotWithinMs' | 'heartbeatMs' | 'eventsPerMessage'
  >;
  /** Told when the state cannot be read; the feed tries again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Many changes are one look: the source is asked at most once in `minIntervalMs`, less often when it takes its time, one question
 * at a time, and so states come in the order in which they were.
 */
export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  const { source, clock, limits, onFailure } = options;
  const published = createChangeSignal();
  const steps = createLiveSteps(source, { clock, eventsPerMessage: limits.eventsPerMessage });
  let followers = 0;
  let running = new AbortController();
  let latest: LatestState | undefined;

  const look = async (epoch: string, parts: LiveParts, signal: AbortSignal): Promise<void> => {
    const deadline = { ms: limits.snapshotWithinMs, clock, signal, code: 'RR_LIVE_STATE_UNAVAILABLE', who: 'the store' } as const;
    try {
      const { end, meshes } = await withDeadline(deadline, () => readSource(source));
      if (signal.aborted) return;
      parts.update(meshes);
      const next = latestAfter(latest, { epoch, parts, version: parts.version(), end, atMs: clock.now() }, limits.heartbeatMs);
      if (next === latest) return;
      latest = next;
      published.emit();
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    const [epoch, parts] = [randomBytes(8).toString('hex'), createLiveParts()];
    const changes = createChangeWait(source, clock, signal);
    while (!signal.aborted) {
      changes.forget();
      const startedAtMs = clock.now();
      await look(epoch, parts, signal);
      const restMs = Math.max(limits.minIntervalMs, limits.restPerLook * (clock.now() - startedAtMs));
      await changes.rest(restMs);
      await changes.next(Math.max(0, limits.refreshMs - restMs));
    }
    changes.end();
  };

  const tell = async (state: LatestState, point: LivePoint, told: LiveTold | undefined): Promise<LiveTold | undefined> => {
    try {
      const step = await steps.next(state, point);
      if (step !== undefined) return { ...step, beat: step.bytes === undefined ? (told?.beat ?? -1) : state.beat };
      if (told?.beat === state.beat) return undefined;
      return { ...(await steps.heartbeat(state, point)), beat: state.beat };
    } catch (cause) {
      onFailure(cause);
      throw new RerootError('RR_LIVE_STATE_UNAVAILABLE', 'the history cannot be read', { cause });
    }
  };

  return {
    follow: () => {
      followers += 1;
      if (followers === 1) {
        running = new AbortController();
        void run(running.signal);
      }
      return () => {
        followers -= 1;
        if (followers > 0) return;
        running.abort();
        // Whoever comes next is not shown what was true once.
        latest = undefined;
      };
    },
    open: async (hello, signal) => {
      for (;;) {
        signal.throwIfAborted();
        if (latest !== undefined) return openPoint(latest, hello);
        await newsOf(published, signal);
      }
    },
    next: async (point, told, signal) => {
      for (;;) {
        signal.throwIfAborted();
        const state = latest;
        const next = state === undefined ? undefined : await tell(state, point, told);
        if (next !== undefined) return next;
        // What came while it was looked for would not be told of again.
        if (state === latest) await newsOf(published, signal);
      }
    },
  };
}

/** The event log before the state: what the state shows may be told of later, and never goes untold. */
async function readSource(source: LiveSource): Promise<Pick<LatestState, 'end'> & Awaited<ReturnType<LiveSource['snapshot']>>> {
  const end = await source.eventsEnd();
  return { end, ...(await source.snapshot()) };
}

/** The one before where nothing has changed and no heartbeat is due. */
function latestAfter(
  before: LatestState | undefined,
  now: Omit<LatestState, 'beat' | 'beatAtMs'>,
  heartbeatMs: number,
): LatestState {
  if (before === undefined) return { ...now, beat: 0, beatAtMs: now.atMs };
  // A clock that is set back must not silence mgmt.
  const isDue = now.atMs - before.beatAtMs >= heartbeatMs || now.atMs < before.beatAtMs;
  const beat = isDue ? { beat: before.beat + 1, beatAtMs: now.atMs } : { beat: before.beat, beatAtMs: before.beatAtMs };
  const isSame =
    before.version === now.version &&
    before.end.condition.number === now.end.condition.number &&
    before.end.proof.number === now.end.proof.number;
  return isSame && !isDue ? before : { ...now, ...beat };
}
