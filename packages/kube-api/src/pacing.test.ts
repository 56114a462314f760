import type { Clock } from '@reroot/shared/clock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPacing } from './pacing.ts';

const never = new AbortController().signal;
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** A clock that sleeps by moving on. */
function leapingClock(): Clock & { leap(ms: number): void } {
  let nowMs = 0;
  const leap = (ms: number): void => {
    nowMs += ms;
  };
  return { now: () => nowMs, leap, sleep: async (ms) => leap(ms) };
}

describe('the pace of a watch', () => {
  it('is never more than five tries a second and settles at a few a minute, whatever chance says', async () => {
    await fc.assert(
      fc.asyncProperty(chance, async (random) => {
        const clock = leapingClock();
        const pacing = createPacing(clock, () => random);
        for (let tries = 1; tries <= 40; tries += 1) {
          pacing.opened();
          await pacing.pause(never);
          expect(clock.now()).toBeGreaterThanOrEqual(200 * tries);
          expect(clock.now()).toBeLessThanOrEqual(10_000 * tries);
        }
      }),
    );
  });

  it('does not wait after a watch that stood for ten seconds, and begins anew with short waits', async () => {
    const clock = leapingClock();
    const pacing = createPacing(clock, () => 0.999);
    for (let tries = 0; tries < 10; tries += 1) await pacing.pause(never);
    pacing.opened();
    clock.leap(10_000);
    const before = clock.now();
    await pacing.pause(never);
    expect(clock.now()).toBe(before);
    await pacing.pause(never);
    expect(clock.now() - before).toBeLessThanOrEqual(500);
  });
});
