import type { Clock } from '../clock/index.ts';

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Moves on; sleepers whose time has come resolve, the earliest first. */
  advance(ms: number): void;
}

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** A fake clock that shows `startMs`. */
export function createFakeClock(startMs: number): FakeClock {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        const sleeper: Sleeper = {
          atMs: nowMs + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        if (signal?.aborted === true) {
          stop();
          return;
        }
        signal?.addEventListener('abort', stop, { once: true });
        sleepers.add(sleeper);
      }),
    advance: (ms) => {
      nowMs += ms;
      const due = [...sleepers].filter(({ atMs }) => atMs <= nowMs).toSorted((a, b) => a.atMs - b.atMs);
      for (const { wake } of due) wake();
    },
  };
}
