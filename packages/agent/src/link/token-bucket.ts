import type { Clock } from '@reroot/shared/clock';

/** How often something may happen. */
export interface Rate {
  readonly perSecond: number;
  /** How many at once, after a quiet time. */
  readonly burst: number;
}

/**
 * Bounds how often something happens, however often it is asked for ("token bucket").
 * @returns a function that says whether it may happen now, and counts that it does
 */
export function createTokenBucket({ perSecond, burst }: Rate, clock: Clock): () => boolean {
  let tokens = burst;
  let filledAtMs = clock.now();
  return () => {
    const nowMs = clock.now();
    // A clock that is set back fills nothing, and takes nothing away.
    const passedMs = Math.max(0, nowMs - filledAtMs);
    tokens = Math.min(burst, tokens + (passedMs / 1_000) * perSecond);
    filledAtMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
