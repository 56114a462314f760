import type { LinkTiming } from '../rotation/index.ts';

/** The four moments of a question and its answer, in milliseconds since the Unix epoch. */
export interface Exchange {
  /** By the clock of whoever asks: T1 of RFC 5905. */
  readonly askedAtMs: number;
  /** By the clock of whoever answers: T2. */
  readonly heardAtMs: number;
  /** By the same clock: T3. */
  readonly answeredAtMs: number;
  /** By the first clock again: T4. */
  readonly receivedAtMs: number;
}

/**
 * Round trip and clock offset, as NTP has them (RFC 5905 §8): δ = (T4 − T1) − (T3 − T2), θ = ((T2 − T1) + (T3 − T4)) / 2.
 * A clock that steps in between can make the round trip negative: then it counts as none.
 */
export function timingOf({ askedAtMs, heardAtMs, answeredAtMs, receivedAtMs }: Exchange): LinkTiming {
  return {
    roundTripMs: Math.max(0, receivedAtMs - askedAtMs - (answeredAtMs - heardAtMs)),
    clockOffsetMs: Math.round((heardAtMs - askedAtMs + (answeredAtMs - receivedAtMs)) / 2),
  };
}
