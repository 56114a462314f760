import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/index.ts';
import { createTokenBucket } from './token-bucket.ts';

describe('a token bucket', () => {
  it('is full at first, and fills again to its burst and no further', () => {
    const clock = createFakeClock(0);
    const bucket = createTokenBucket({ perSecond: 2, burst: 10 }, clock);
    bucket.take(4);
    expect(bucket.left()).toBe(6);
    clock.advance(500);
    expect(bucket.left()).toBe(7);
    clock.advance(3_600_000);
    expect(bucket.left()).toBe(10);
  });

  it('owes what was taken beyond what was left', () => {
    const clock = createFakeClock(0);
    const bucket = createTokenBucket({ perSecond: 2, burst: 10 }, clock);
    bucket.take(14);
    clock.advance(2_000);
    expect(bucket.left()).toBe(0);
    clock.advance(500);
    expect(bucket.left()).toBe(1);
  });

  it('takes back no more than it holds', () => {
    const bucket = createTokenBucket({ perSecond: 2, burst: 10 }, createFakeClock(0));
    bucket.take(1);
    bucket.take(-5);
    expect(bucket.left()).toBe(10);
  });
});
