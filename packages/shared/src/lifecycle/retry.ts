import type { Clock } from '../clock/index.ts';

/** How often and how patiently something is tried again. */
export interface RetryOptions {
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Upper bound of the first wait; it doubles with each try. */
  readonly baseMs: number;
  /** Upper bound of every wait. */
  readonly capMs: number;
  /** Tries in all; without it, until it succeeds or the signal aborts. */
  readonly attempts?: number;
  /** In [0, 1). */
  readonly random?: () => number;
}

/**
 * Calls `fn` until it succeeds, waiting a random time between 0 and the doubling bound after each failure ("full
 * jitter"), so that a fleet does not come back in step.
 * @returns what `fn` gave
 * @throws the last error of `fn` when the attempts are used up; the signal's reason when it aborts
 */
export async function retry<T>(fn: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { signal, clock, baseMs, capMs, attempts = Number.POSITIVE_INFINITY, random = Math.random } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await fn(attempt);
    } catch (error) {
      signal.throwIfAborted();
      if (attempt >= attempts) throw error;
    }
    const boundMs = Math.min(capMs, baseMs * 2 ** (attempt - 1));
    await clock.sleep(random() * boundMs, signal);
  }
}
