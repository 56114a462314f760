import type { Clock } from './clock.ts';

/** How much of something may come. */
export interface Rate {
  readonly perSecond: number;
  /** How much at once, after a quiet time. */
  readonly burst: number;
}

/** Bounds how much of something comes, however much is offered. */
export interface TokenBucket {
  /** How much is left now; less than nothing when more was taken than there was, which is owed until it has been filled in. */
  left(): number;
  /** Takes so much away, whatever is left; an amount below nothing puts it back. */
  take(amount: number): void;
}

/** Starts full. */
export function createTokenBucket({ perSecond, burst }: Rate, clock: Clock): TokenBucket {
  let left = burst;
  let filledAtMs = clock.now();
  return {
    left: () => {
      const nowMs = clock.now();
      // A clock that is set back fills nothing, and takes nothing away.
      const passedMs = Math.max(0, nowMs - filledAtMs);
      left = Math.min(burst, left + (passedMs * perSecond) / 1_000);
      filledAtMs = nowMs;
      return left;
    },
    take: (amount) => {
      left -= amount;
    },
  };
}
