import { RerootError } from '@reroot/shared/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from './failure.ts';
import { noTries, planRetry, type RetryPlan, type Tries } from './plan-retry.ts';

const half = (): number => 0.5;
const leftMs = 10_000;

function failed(kind: Failure['kind'], facts: Partial<Failure> = {}): Failure {
  const error = new RerootError('RR_CLUSTER_UNREACHABLE', 'it failed');
  return { error, kind, retryAfterMs: undefined, effect: 'none', ...facts };
}

/** Follows the plans until one gives up; gives the waits. */
function waitsOf(failure: Failure, effect: 'reads' | 'writes', deadlineMs = leftMs, random = half): number[] {
  const waits: number[] = [];
  let tries: Tries = noTries;
  let left = deadlineMs;
  for (;;) {
    const plan: RetryPlan = planRetry(failure, tries, effect, left, random);
    if (plan.kind === 'give-up') return waits;
    waits.push(plan.afterMs);
    tries = plan.tries;
    left -= plan.afterMs;
  }
}

describe('a request that failed', () => {
  it('is sent a second time, at once, with credentials that were read anew, and no third time', () => {
    expect(waitsOf(failed('credentials'), 'writes')).toEqual([0]);
  });

  it('is sent again after what a busy server asks for, as often as the deadline allows', () => {
    const waits = waitsOf(failed('throttled', { retryAfterMs: 2_000 }), 'writes');
    expect(waits).toEqual([2_250, 2_250, 2_250, 2_250]);
  });

  it('is not sent again when the server asks for more time than there is', () => {
    expect(waitsOf(failed('throttled', { retryAfterMs: 60_000 }), 'reads')).toEqual([]);
  });

  it('reads four times in all while the server cannot be reached, within about a second', () => {
    expect(waitsOf(failed('unavailable', { effect: 'possible' }), 'reads')).toEqual([50, 100, 200]);
  });

  it('writes again only if nothing can have been written', () => {
    expect(waitsOf(failed('unavailable', { effect: 'none' }), 'writes')).toHaveLength(3);
    expect(waitsOf(failed('unavailable', { effect: 'possible' }), 'writes')).toEqual([]);
  });

  it('ends there when the server would say the same again', () => {
    expect(waitsOf(failed('final'), 'reads')).toEqual([]);
  });

  it('never waits past its deadline, and never comes back in a tight loop', () => {
    const kinds = fc.constantFrom<Failure['kind']>('credentials', 'throttled', 'unavailable', 'final');
    const retryAfter = fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined });
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(kinds, retryAfter, chance, fc.integer({ min: 0, max: 20_000 }), (kind, retryAfterMs, random, deadlineMs) => {
        const waits = waitsOf(failed(kind, { retryAfterMs }), 'reads', deadlineMs, () => random);
        expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(deadlineMs);
        expect(waits.length).toBeLessThanOrEqual(4 + deadlineMs / 250);
      }),
    );
  });
});
