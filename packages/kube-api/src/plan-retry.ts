import { assertNever } from '@reroot/shared/errors';
import type { Failure } from './failure.ts';

/** What has been tried for one request. */
export interface Tries {
  /** How often the server could not be reached, or was not well. */
  readonly unavailable: number;
  readonly credentials: 'kept' | 'anew';
}

/** Before the first try. */
export const noTries: Tries = { unavailable: 0, credentials: 'kept' };

/** What to do after a try that failed. */
export type RetryPlan =
  | { readonly kind: 'give-up' }
  | { readonly kind: 'again'; readonly afterMs: number; readonly tries: Tries };

/** Four tries within about a second: whoever waits for the answer has a deadline, and wants to hear why. */
const maxUnavailable = 3;
const baseMs = 100;
const capMs = 1_000;
const throttledMs = 1_000;
const minThrottledMs = 250;

/**
 * Says whether a request is tried again.
 * @param effect what a request like this does in the cluster: one that may have been applied is not sent twice
 * @param leftMs time to the deadline; a wait that would pass it is not begun
 * @param random in [0, 1)
 */
export function planRetry(
  failure: Failure,
  tries: Tries,
  effect: 'reads' | 'writes',
  leftMs: number,
  random: () => number,
): RetryPlan {
  const again = (afterMs: number, next: Partial<Tries>): RetryPlan =>
    afterMs < leftMs ? { kind: 'again', afterMs, tries: { ...tries, ...next } } : { kind: 'give-up' };
  switch (failure.kind) {
    case 'credentials':
      return tries.credentials === 'kept' ? again(0, { credentials: 'anew' }) : { kind: 'give-up' };
    case 'throttled': {
      // Not less than the server asks for, and not in step with all the others that it turned away.
      const askedMs = Math.max(minThrottledMs, failure.retryAfterMs ?? throttledMs);
      return again(askedMs + (random() * askedMs) / 4, {});
    }
    case 'unavailable': {
      if (effect === 'writes' && failure.effect === 'possible') return { kind: 'give-up' };
      if (tries.unavailable >= maxUnavailable) return { kind: 'give-up' };
      const boundMs = Math.min(capMs, baseMs * 2 ** tries.unavailable);
      return again(Math.max(failure.retryAfterMs ?? 0, random() * boundMs), { unavailable: tries.unavailable + 1 });
    }
    case 'final':
      return { kind: 'give-up' };
    default:
      return assertNever(failure.kind);
  }
}
