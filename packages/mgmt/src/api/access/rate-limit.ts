import type { Clock } from '@reroot/shared/clock';

/** How much each key may take. */
export interface RateLimitOptions {
  /** How fast a bucket fills again. */
  readonly perSecond: number;
  /** How much a full bucket holds. */
  readonly burst: number;
  /** Keys that are kept; the one that took longest ago is forgotten first, and has a full bucket when it comes again. */
  readonly maxKeys: number;
  readonly clock: Clock;
}

/** Token buckets, one for each key. */
export interface RateLimit {
  /** Takes one. @returns 0, or after how many milliseconds there is one when the bucket is empty */
  take(key: string): number;
  /** Puts back what was taken for nothing. */
  giveBack(key: string): void;
}

interface Bucket {
  readonly level: number;
  readonly atMs: number;
}

/** All buckets are full at first. */
export function createRateLimit({ perSecond, burst, maxKeys, clock }: RateLimitOptions): RateLimit {
  // A Map keeps the order of insertion: what was used is put in again, so that the oldest stands first.
  const buckets = new Map<string, Bucket>();
  const levelOf = (key: string, nowMs: number): number => {
    const { level, atMs } = buckets.get(key) ?? { level: burst, atMs: nowMs };
    // A clock that is set back fills nothing, and takes nothing either.
    return Math.min(burst, level + (Math.max(0, nowMs - atMs) * perSecond) / 1_000);
  };
  const keep = (key: string, bucket: Bucket): void => {
    buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > maxKeys && oldest !== undefined) buckets.delete(oldest);
  };
  return {
    take: (key) => {
      const nowMs = clock.now();
      const level = levelOf(key, nowMs);
      const granted = level >= 1;
      keep(key, { level: granted ? level - 1 : level, atMs: nowMs });
      return granted ? 0 : Math.ceil(((1 - level) * 1_000) / perSecond);
    },
    giveBack: (key) => {
      const nowMs = clock.now();
      keep(key, { level: Math.min(burst, levelOf(key, nowMs) + 1), atMs: nowMs });
    },
  };
}
