import { type Clock, systemClock } from '@reroot/shared/clock';

/** The machine's clock, which can be made to run ahead. */
export interface LeapingClock extends Clock {
  /** Moves on; who sleeps wakes if its time has come. */
  leap(ms: number): void;
}

/** One that has not leapt yet. */
export function createLeapingClock(): LeapingClock {
  let aheadMs = 0;
  let leapt = new AbortController();
  const now = (): number => systemClock.now() + aheadMs;
  return {
    now,
    sleep: async (ms, signal) => {
      const atMs = now() + ms;
      for (let leftMs = ms; leftMs > 0; leftMs = atMs - now()) {
        const wake = leapt.signal;
        await systemClock
          .sleep(leftMs, signal === undefined ? wake : AbortSignal.any([signal, wake]))
          .catch((reason: unknown) => {
            signal?.throwIfAborted();
            if (!wake.aborted) throw reason;
          });
      }
    },
    leap: (ms) => {
      aheadMs += ms;
      const before = leapt;
      leapt = new AbortController();
      before.abort(new Error('time leapt'));
    },
  };
}
