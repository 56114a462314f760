import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';

/** How long a round of handshakes may take. */
export interface RoundOptions {
  readonly clock: Clock;
  /** For all of them; what is not made until then comes to nothing. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/**
 * Begins a round.
 * @returns what aborts with the signal, or with RR_TASK_UNANSWERED when the time is over; `end` stops the clock
 */
export function beginRound({ clock, deadlineMs, signal }: RoundOptions): {
  readonly until: AbortSignal;
  readonly end: () => void;
} {
  const [late, over] = [new AbortController(), new AbortController()];
  clock.sleep(deadlineMs, over.signal).then(
    () => late.abort(new RerootError('RR_TASK_UNANSWERED', `the handshakes were not over within ${deadlineMs} ms`)),
    () => undefined,
  );
  return { until: AbortSignal.any([signal, late.signal]), end: () => over.abort() };
}
