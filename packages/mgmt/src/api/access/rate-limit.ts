import { type Clock, createTokenBucket, type TokenBucket } from '@reroot/shared/clock';
import { createLruCache } from '../../fleet/index.ts';

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

/** All buckets are full at first. */
export function createRateLimit({ perSecond, burst, maxKeys, clock }: RateLimitOptions): RateLimit {
  const buckets = createLruCache<string, TokenBucket>(maxKeys);
  const bucketOf = (key: string): TokenBucket => {
    const bucket = buckets.get(key) ?? createTokenBucket({ perSecond, burst }, clock);
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    take: (key) => {
      const bucket = bucketOf(key);
      const left = bucket.left();
      if (left < 1) return Math.ceil(((1 - left) * 1_000) / perSecond);
      bucket.take(1);
      return 0;
    },
    giveBack: (key) => bucketOf(key).take(-1),
  };
}
