import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import { retry } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';

/** How long is waited between tries: up to `baseMs` at first, up to `capMs` at last, and never in step with others. */
export interface BackOff {
  readonly baseMs: number;
  readonly capMs: number;
}

/** What waits for others works with. */
export interface Patience {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly backOff: BackOff;
}

/** What is tried, and until when. */
export interface Trial<T> {
  /** A sentence for the log, such as "NATS is not reached yet". */
  readonly whileFailing: string;
  readonly work: () => Promise<T>;
  /** Whether a further try could not end otherwise. */
  readonly isFinal: (thrown: unknown) => boolean;
  readonly signal: AbortSignal;
}

/**
 * Tries again and again, and says in the log why it did not work yet.
 * @throws what the work threw when that is final; the signal's reason
 */
export async function tryPatiently<T>(trial: Trial<T>, { clock, random, log, backOff }: Patience): Promise<T> {
  const { whileFailing, work, isFinal, signal } = trial;
  const attempt = async (): Promise<() => T> => {
    try {
      const done = await work();
      return () => done;
    } catch (error) {
      signal.throwIfAborted();
      if (isFinal(error)) {
        return () => {
          throw error;
        };
      }
      const { code, message, remedy } = toRerootError(error);
      log.warn({ code, problem: message, remedy }, whileFailing);
      throw error;
    }
  };
  const outcome = await retry(attempt, { ...backOff, clock, random, signal });
  return outcome();
}
