import type { Clock } from '@reroot/shared/clock';
import type { WorkloadsConfig } from './config.ts';
import type { NextRead, Reading } from './reading-book.ts';
import { sleepOrWake } from './sleep-or-wake.ts';

/** What the loop works with. */
export interface ReadLoopOptions {
  readonly next: () => NextRead;
  /** Reads one proxy and notes what it holds. Rejects with the signal's reason only. */
  readonly read: (reading: Reading, signal: AbortSignal) => Promise<void>;
  readonly config: Pick<WorkloadsConfig, 'maxConcurrentReads' | 'maxReadsPerSecond'>;
  readonly clock: Clock;
}

/** Reads what is due, so many at once and so many a second as is allowed. */
export interface ReadLoop {
  /** Tells that something else may be due now. */
  wake(): void;
  /** Resolves when the signal has aborted and nothing is being read any longer; never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** What was not used of the rate may be caught up for this long. */
const burstMs = 100;

/** A loop that has not begun. */
export function createReadLoop({ next, read, config, clock }: ReadLoopOptions): ReadLoop {
  const gapMs = 1_000 / config.maxReadsPerSecond;
  const reading = new Set<Promise<void>>();
  let woken = Promise.withResolvers<undefined>();
  let earliestMs = Number.NEGATIVE_INFINITY;

  const wake = (): void => woken.resolve(undefined);
  const begin = (what: Reading, signal: AbortSignal): void => {
    earliestMs = Math.max(earliestMs, clock.now() - burstMs) + gapMs;
    // Only the signal makes it fail, which ends the loop too.
    const done = read(what, signal).catch(() => undefined);
    reading.add(done);
    void done.then(() => {
      reading.delete(done);
      wake();
    });
  };
  /** @returns how long to wait before the next turn */
  const turn = (signal: AbortSignal): number => {
    if (reading.size >= config.maxConcurrentReads) return Number.POSITIVE_INFINITY;
    const nowMs = clock.now();
    if (earliestMs > nowMs) return earliestMs - nowMs;
    const step = next();
    if (step.kind === 'wait') return step.untilMs - nowMs;
    begin(step.reading, signal);
    return 0;
  };
  return {
    wake,
    run: async (signal) => {
      while (!signal.aborted) {
        woken = Promise.withResolvers();
        const waitMs = turn(signal);
        if (waitMs > 0) await sleepOrWake(waitMs, woken.promise, clock, signal);
      }
      await Promise.all(reading);
    },
  };
}
