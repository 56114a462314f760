import type { Clock } from '@reroot/shared/clock';
import { type RerootError, toRerootError } from '@reroot/shared/errors';

/** Carries wishes out: each once at a time, and again after a while where that may help. */
export interface Deeds {
  /**
   * Begins a deed unless it is under way, or was done or has failed for this version a short while ago: whoever asks again then has
   * not seen what it has led to.
   * @param version of the wish: another one is begun at once
   */
  attempt(key: string, version: string, deed: () => Promise<void>): void;
  /** Why the last try for this version failed; undefined while none has, or once one has not. */
  failure(key: string, version: string): RerootError | undefined;
  /** When the next of those that have failed may be tried again; undefined where none waits. */
  dueAtMs(): number | undefined;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** What deeds work with. */
export interface DeedsOptions {
  readonly clock: Clock;
  /** Told after each try. */
  readonly onDone: () => void;
  /** Told of each failure that is another than the one before. */
  readonly onFailure: (key: string, error: RerootError) => void;
}

interface Deed {
  readonly version: string;
  readonly kind: 'under-way' | 'done' | 'failed';
  readonly failure?: RerootError;
  readonly tries: number;
  readonly againAtMs: number;
}

const [firstPauseMs, longestPauseMs, donePauseMs] = [1_000, 60_000, 10_000];

/** Nothing was tried yet. */
export function createDeeds({ clock, onDone, onFailure }: DeedsOptions): Deeds {
  const deeds = new Map<string, Deed>();
  const running = new Set<Promise<void>>();

  const attempt = async (key: string, version: string, deed: () => Promise<void>, before: Deed | undefined): Promise<void> => {
    const tries = before?.version === version ? before.tries + 1 : 1;
    deeds.set(key, {
      version,
      kind: 'under-way',
      tries,
      againAtMs: 0,
      ...(before?.failure === undefined ? {} : { failure: before.failure }),
    });
    try {
      await deed();
      deeds.set(key, { version, kind: 'done', tries: 0, againAtMs: clock.now() + donePauseMs });
    } catch (error) {
      const failure = toRerootError(error);
      const againAtMs = clock.now() + Math.min(longestPauseMs, firstPauseMs * 2 ** (tries - 1));
      deeds.set(key, { version, kind: 'failed', failure, tries, againAtMs });
      if (before?.failure?.message !== failure.message) onFailure(key, failure);
    } finally {
      onDone();
    }
  };
  return {
    attempt: (key, version, deed) => {
      const before = deeds.get(key);
      if (before?.kind === 'under-way') return;
      if (before?.version === version && clock.now() < before.againAtMs) return;
      const run = attempt(key, version, deed, before).finally(() => running.delete(run));
      running.add(run);
    },
    failure: (key, version) => {
      const deed = deeds.get(key);
      return deed?.version === version ? deed.failure : undefined;
    },
    dueAtMs: () => {
      const nowMs = clock.now();
      // One whose time is over was asked for by the last look, or nobody asks for it any more.
      const due = [...deeds.values()].flatMap(({ kind, againAtMs }) =>
        kind === 'failed' && againAtMs > nowMs ? [againAtMs] : [],
      );
      return due.length === 0 ? undefined : Math.min(...due);
    },
    idle: async () => {
      await Promise.all(running);
    },
  };
}
