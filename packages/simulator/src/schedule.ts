import type { Clock } from '@reroot/shared/clock';

/** setTimeout counts in 32 bits and fires at once beyond; nothing here waits for more than 24 days. */
const longestMs = 2 ** 31 - 1;

/** When, and until what, something is to be done. */
export interface Due {
  readonly clock: Clock;
  readonly afterMs: number;
  readonly signal: AbortSignal;
}

/** Calls `work` once after a time, unless the signal aborts before. */
export function schedule({ clock, afterMs, signal }: Due, work: () => void): void {
  clock.sleep(Math.min(afterMs, longestMs), signal).then(work, (thrown: unknown) => {
    if (!signal.aborted) throw thrown;
  });
}

/** Waits; false when the signal aborted before. */
export async function waited({ clock, afterMs, signal }: Due): Promise<boolean> {
  try {
    await clock.sleep(Math.min(afterMs, longestMs), signal);
    return true;
  } catch (thrown) {
    if (signal.aborted) return false;
    throw thrown;
  }
}
