import { RerootError } from '@reroot/shared/errors';

/** The time for which this replica leads. */
export interface Tenure {
  /** Aborts when it is over, with why. */
  readonly signal: AbortSignal;
  /**
   * Asked before whatever only a leader does. A process that was stopped for longer than its lease may run this before any of its timers:
   * so it goes by the clocks.
   * @throws RR_LEADERSHIP_LOST
   */
  require(): void;
  /** Ends it. The second time it does nothing. */
  end(why: RerootError): void;
}

/** A tenure, as whoever renews the lease has it. */
export interface RenewedTenure extends Tenure {
  /** The lease was renewed by what was sent at this time. */
  renewed(sentAt: Moment): void;
  /** How long it is still good. */
  leftMs(): number;
}

/**
 * A moment by two clocks. The monotonic one stands still while the machine sleeps, and the wall clock may be set back: what passed is what
 * the faster of the two says, so that a leader stops too early rather than too late.
 */
export interface Moment {
  readonly monotonicMs: number;
  readonly wallMs: number;
}

/** @param renewWithinMs how long each renewal is good for */
export function createTenure(renewWithinMs: number, now: () => Moment, sentAt: Moment): RenewedTenure {
  const over = new AbortController();
  let last = sentAt;
  const leftMs = (): number => renewWithinMs - elapsedMs(last, now());
  const end = (why: RerootError): void => {
    if (!over.signal.aborted) over.abort(why);
  };
  return {
    signal: over.signal,
    end,
    leftMs,
    require: () => {
      if (!over.signal.aborted && leftMs() <= 0) end(notRenewed());
      if (over.signal.aborted) throw over.signal.reason as RerootError;
    },
    renewed: (at) => {
      // What comes too late brings nothing back: somebody else may lead by now.
      if (leftMs() > 0) last = at;
    },
  };
}

/** What ends a tenure whose time is over. */
export function notRenewed(): RerootError {
  return new RerootError('RR_LEADERSHIP_LOST', 'the lease could not be renewed in time');
}

function elapsedMs(from: Moment, to: Moment): number {
  return Math.max(to.monotonicMs - from.monotonicMs, to.wallMs - from.wallMs);
}
