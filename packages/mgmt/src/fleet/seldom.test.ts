import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { createSeldom } from './seldom.ts';

describe('what is let through seldom', () => {
  it('passes once in its time for each key, and says how many were held back', () => {
    const clock = createFakeClock(0);
    const seldom = createSeldom(1_000, clock);
    expect([seldom.pass('a'), seldom.pass('a'), seldom.pass('b'), seldom.pass('a')]).toEqual([0, undefined, 0, undefined]);
    clock.advance(999);
    expect(seldom.pass('a')).toBeUndefined();
    clock.advance(1);
    expect([seldom.pass('a'), seldom.pass('a')]).toEqual([3, undefined]);
  });

  it('is not held up by a clock that was set back', () => {
    const clock = createFakeClock(1_000_000);
    const seldom = createSeldom(1_000, clock);
    seldom.pass('a');
    clock.advance(-500_000);
    expect(seldom.pass('a')).toBe(0);
  });
});
