import type { Clock } from '@reroot/shared/clock';
import { sleepOrWake } from './sleep-or-wake.ts';

/** How long is waited. */
export interface Patience {
  readonly ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Waits until a condition is met, or for as long as there is patience.
 * @param lookers gets a function, for the time of the wait, that makes it look again
 * @throws the signal's reason when it aborts
 */
export async function untilMet(isMet: () => boolean, lookers: Set<() => void>, { ms, clock, signal }: Patience): Promise<void> {
  const deadlineMs = clock.now() + ms;
  let woken = Promise.withResolvers<undefined>();
  const look = (): void => woken.resolve(undefined);
  lookers.add(look);
  try {
    while (!isMet() && clock.now() < deadlineMs) {
      await sleepOrWake(deadlineMs - clock.now(), woken.promise, clock, signal);
      woken = Promise.withResolvers();
      signal.throwIfAborted();
    }
  } finally {
    lookers.delete(look);
  }
}
