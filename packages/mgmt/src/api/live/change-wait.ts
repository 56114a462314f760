import type { Clock } from '@reroot/shared/clock';
import type { ChangeSignal } from './change-signal.ts';
import type { LiveSource } from './live-source.ts';

/** Resolves with the next emission or when the signal aborts, and leaves nothing behind. */
export function newsOf(published: ChangeSignal, signal: AbortSignal): Promise<void> {
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

/** Waits of a feed. */
export interface ChangeWait {
  /** What has changed so far is known. */
  forget(): void;
  /** Waits. */
  rest(ms: number): Promise<void>;
  /** Waits until something has changed, and no longer than this. */
  next(ms: number): Promise<void>;
  end(): void;
}

/** None of its waits rejects: an aborted signal ends them. */
export function createChangeWait(source: Pick<LiveSource, 'onChange'>, clock: Clock, signal: AbortSignal): ChangeWait {
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
