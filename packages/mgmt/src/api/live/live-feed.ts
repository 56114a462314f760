import type { Clock } from '@reroot/shared/clock';
import { withDeadline } from '@reroot/shared/lifecycle';
import { type ChangeSignal, createChangeSignal } from './change-signal.ts';
import type { LiveLimits } from './live-limits.ts';
import type { LiveSource } from './live-source.ts';

/** The newest state, written once for all clients. */
export interface LiveFeed {
  /** Looks at the source for as long as somebody follows. @returns ends it */
  follow(): () => void;
  /** The newest state, as soon as there is one newer than `version`. @throws the signal's reason when it aborts */
  after(version: number, signal: AbortSignal): Promise<LiveState>;
}

/** A state of all meshes. */
export interface LiveState {
  /** Grows with each state that differs from the one before. */
  readonly version: number;
  /** A LiveMeshes in JSON. Clients share these bytes. */
  readonly bytes: Buffer;
}

/** What a feed works with. */
export interface LiveFeedOptions {
  readonly source: LiveSource;
  readonly clock: Clock;
  readonly limits: Pick<LiveLimits, 'minIntervalMs' | 'restPerLook' | 'refreshMs' | 'snapshotWithinMs'>;
  /** Told when the state cannot be read; the feed tries again. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Many changes are one look: the source is asked at most once in `minIntervalMs`, less often when it takes its time, one question at a time, and so states come in
 * the order in which they were. What has not changed is no new state.
 */
export function createLiveFeed(options: LiveFeedOptions): LiveFeed {
  const { source, clock, limits, onFailure } = options;
  const published = createChangeSignal();
  let followers = 0;
  let running = new AbortController();
  let latest: LiveState | undefined;
  let known = '';
  let version = 0;

  const look = async (signal: AbortSignal): Promise<void> => {
    const { snapshotWithinMs: ms } = limits;
    const deadline = { ms, clock, signal, code: 'RR_LIVE_STATE_UNAVAILABLE', who: 'the store' } as const;
    try {
      const { meshes } = await withDeadline(deadline, () => source.snapshot());
      const text = JSON.stringify(meshes);
      if (signal.aborted || (latest !== undefined && text === known)) return;
      known = text;
      version += 1;
      const at = new Date(clock.now()).toISOString();
      latest = { version, bytes: Buffer.from(`{"type":"meshes","at":"${at}","meshes":${text}}`) };
      published.emit();
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    const changes = createChangeWait(source, clock, signal);
    while (!signal.aborted) {
      changes.forget();
      const startedAtMs = clock.now();
      await look(signal);
      const restMs = Math.max(limits.minIntervalMs, limits.restPerLook * (clock.now() - startedAtMs));
      await changes.rest(restMs);
      await changes.next(Math.max(0, limits.refreshMs - restMs));
    }
    changes.end();
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
    after: async (seen, signal) => {
      for (;;) {
        signal.throwIfAborted();
        if (latest !== undefined && latest.version > seen) return latest;
        await newsOf(published, signal);
      }
    },
  };
}

/** Resolves with the next emission or when the signal aborts, and leaves nothing behind. */
function newsOf(published: ChangeSignal, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      end();
      signal.removeEventListener('abort', done);
      resolve();
    };
    const end = published.subscribe(done);
    signal.addEventListener('abort', done, { once: true });
  });
}

interface ChangeWait {
  /** What has changed so far is known. */
  forget(): void;
  /** Waits. */
  rest(ms: number): Promise<void>;
  /** Waits until something has changed, and no longer than this. */
  next(ms: number): Promise<void>;
  end(): void;
}

/** None of its waits rejects: an aborted signal ends them. */
function createChangeWait(source: LiveSource, clock: Clock, signal: AbortSignal): ChangeWait {
  let changed = false;
  let wake: AbortController | undefined;
  const unsubscribe = source.onChange(() => {
    changed = true;
    wake?.abort();
  });
  const wait = async (ms: number, until: AbortSignal): Promise<void> => {
    await clock.sleep(ms, until).catch(() => undefined);
  };
  return {
    forget: () => {
      changed = false;
    },
    rest: (ms) => wait(ms, signal),
    next: async (ms) => {
      if (changed) return;
      wake = new AbortController();
      await wait(ms, AbortSignal.any([signal, wake.signal]));
      wake = undefined;
    },
    end: unsubscribe,
  };
}
