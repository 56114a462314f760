import type { Clock } from '@reroot/shared/clock';

/** Bounds how much of something comes in, however much is offered. */
export interface TokenBucket {
  /** Whether anything is left. */
  hasAny(): boolean;
  /** Takes so much away. What is taken beyond what is left is owed: nothing is left before it has been filled in. */
  take(amount: number): void;
}

/** How much may come. */
export interface Rate {
  readonly perSecond: number;
  /** How much at once, after a quiet time. */
  readonly burst: number;
}

/** Starts full. */
export function createTokenBucket({ perSecond, burst }: Rate, clock: Clock): TokenBucket {
  let left = burst;
  let filledAtMs = clock.now();
  return {
    hasAny: () => {
      const nowMs = clock.now();
      // A clock that is set back fills nothing, and takes nothing away.
      const passedMs = Math.max(0, nowMs - filledAtMs);
      left = Math.min(burst, left + (passedMs / 1_000) * perSecond);
      filledAtMs = nowMs;
      return left > 0;
    },
    take: (amount) => {
      left -= amount;
    },
  };
}
