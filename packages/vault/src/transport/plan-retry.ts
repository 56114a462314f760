import { assertNever } from '@reroot/shared/errors';
import type { Exchange } from './exchange.ts';
import type { Failure } from './failure.ts';

/** Five tries within some four seconds: whoever waits for the answer has a deadline, and wants to hear why. */
const maxTries = 5;
const baseMs = 250;
const capMs = 4_000;
const busyMs = 1_000;
const minBusyMs = 250;
/** A try that could hardly be answered in time would only hide behind the deadline what Vault has said before. */
const answerMs = 1_000;

/**
 * How long to wait before a request is sent again, in milliseconds; undefined when it is not.
 * What Vault may have carried out is sent again only if that does no harm.
 * @param tries how often it was sent, the last time included
 * @param leftMs time to the deadline; a wait after which no time is left for an answer is not begun
 * @param random in [0, 1)
 */
export function planRetry(
  failure: Failure,
  effect: Exchange['effect'],
  tries: number,
  leftMs: number,
  random: () => number,
): number | undefined {
  if (failure.carriedOut === 'perhaps' && effect === 'once') return undefined;
  const waitMs = waitOf(failure, tries, random);
  return waitMs !== undefined && waitMs + answerMs <= leftMs ? waitMs : undefined;
}

function waitOf({ kind, retryAfterMs = 0 }: Failure, tries: number, random: () => number): number | undefined {
  switch (kind) {
    case 'busy': {
      // Not less than Vault asks for, and not in step with all the others that it turned away.
      const askedMs = Math.max(minBusyMs, retryAfterMs === 0 ? busyMs : retryAfterMs);
      return askedMs * (1 + random() / 4);
    }
    case 'unavailable': {
      const boundMs = Math.min(capMs, baseMs * 2 ** (tries - 1));
      return tries < maxTries ? Math.max(retryAfterMs, boundMs * (0.5 + random() / 2)) : undefined;
    }
    case 'denied':
    case 'final':
      return undefined;
    default:
      return assertNever(kind);
  }
}
