import type { Clock } from '../clock/index.ts';
import type { Exchange, HttpAnswer, HttpRequest } from './exchange.ts';

/** How long an answer is waited for, with all that comes before it. */
export interface Patience {
  readonly clock: Clock;
  /** By when it must have come, as the clock has it. */
  readonly deadlineMs: number;
}

/** More refusals than this are no rush that passes. */
const maxWaits = 5;

/**
 * Sends a request that reads, and again when it was asked to come later (429, 503 with `Retry-After`), as long as that is before the
 * deadline. Whoever cannot wait so long is given the refusal at once.
 * @throws what the exchange throws; the signal's reason
 */
export async function exchangeWhenTaken(
  exchange: Exchange,
  request: HttpRequest,
  { clock, deadlineMs }: Patience,
): Promise<HttpAnswer> {
  for (let waits = 0; ; waits += 1) {
    const answer = await exchange(request);
    const waitMs = request.method === 'GET' && waits < maxWaits ? waitMsOf(answer) : undefined;
    if (waitMs === undefined || clock.now() + waitMs >= deadlineMs) return answer;
    await clock.sleep(waitMs, request.signal);
  }
}

/** A date would need clocks that agree; mgmt gives seconds (RFC 9110 §10.2.3). */
function waitMsOf({ status, retryAfter }: HttpAnswer): number | undefined {
  const isLater = status === 429 || status === 503;
  return isLater && retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : undefined;
}
