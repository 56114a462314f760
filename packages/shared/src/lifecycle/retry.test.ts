import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../clock/index.ts';
import { createFakeClock } from '../testing/index.ts';
import { retry } from './retry.ts';

const never = new AbortController().signal;

/** A clock that remembers how long it was asked to sleep, and does not. */
function sleepless(): { clock: Clock; sleptMs: number[] } {
  const sleptMs: number[] = [];
  return { sleptMs, clock: { now: () => 0, sleep: async (ms) => void sleptMs.push(ms) } };
}

/** Fails with its number until the last of `attempts`. */
function failUntil(attempts: number): (attempt: number) => Promise<string> {
  return async (attempt) => {
    if (attempt < attempts) throw new Error(`failure ${attempt}`);
    return `success ${attempt}`;
  };
}

describe('trying again', () => {
  it('ends with the first success', async () => {
    const { clock, sleptMs } = sleepless();
    const result = await retry(failUntil(4), { signal: never, clock, baseMs: 100, capMs: 1_000, random: () => 0.5 });
    expect({ result, sleptMs }).toEqual({ result: 'success 4', sleptMs: [50, 100, 200] });
  });

  it('never waits longer than the doubling bound or the cap', async () => {
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1_500 }), random, async (attempts, chance) => {
        const { clock, sleptMs } = sleepless();
        await retry(failUntil(attempts), { signal: never, clock, baseMs: 10, capMs: 1_000, random: () => chance });
        expect(sleptMs).toHaveLength(attempts - 1);
        expect(sleptMs.every((ms, index) => ms >= 0 && ms <= Math.min(1_000, 10 * 2 ** index))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('ends with the last error when the attempts are used up', async () => {
    const { clock } = sleepless();
    await expect(retry(failUntil(9), { signal: never, clock, baseMs: 1, capMs: 1, attempts: 3 })).rejects.toThrow('failure 3');
  });

  it('ends with the reason of its signal, even in the middle of a wait', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const clock = createFakeClock(0);
    const options = { signal: controller.signal, clock, baseMs: 1_000, capMs: 1_000, random: () => 0.9 };
    const trying = retry(failUntil(9), options);
    controller.abort(reason);
    await expect(trying).rejects.toBe(reason);
    await expect(retry(failUntil(1), options)).rejects.toBe(reason);
  });
});
