import type { Clock } from '@reroot/shared/clock';

/** Timers of Node count no further. */
const longestSleepMs = 2 ** 31 - 1;

/** Resolves when the time has passed, it is woken, or the signal aborts. Never rejects, and leaves no timer behind. */
export async function sleepOrWake(ms: number, woken: Promise<undefined>, clock: Clock, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const slept = clock.sleep(Math.min(ms, longestSleepMs), AbortSignal.any([signal, done.signal])).catch(() => undefined);
  await Promise.race([slept, woken]);
  done.abort();
}
