import { RerootError } from '@reroot/shared/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure } from './failure.ts';
import { planRetry } from './plan-retry.ts';

const error = new RerootError('RR_VAULT_FAILED', 'it failed');

function failed(kind: Failure['kind'], facts: Partial<Failure> = {}): Failure {
  return { error, kind, carriedOut: 'no', ...facts };
}

/** The waits until it is given up. */
function waitsOf(failure: Failure, effect: 'none' | 'repeatable' | 'once', deadlineMs = 15_000, random = () => 0.5): number[] {
  const waits: number[] = [];
  for (let leftMs = deadlineMs; ; ) {
    const waitMs = planRetry(failure, effect, waits.length + 1, leftMs, random);
    if (waitMs === undefined) return waits;
    waits.push(waitMs);
    leftMs -= waitMs;
  }
}

describe('a request to Vault that failed', () => {
  it('is sent five times in all while Vault is not well, at growing distances', () => {
    expect(waitsOf(failed('unavailable'), 'once')).toEqual([187.5, 375, 750, 1_500]);
  });

  it('is sent again after what a busy Vault asks for, as often as the time allows', () => {
    expect(waitsOf(failed('busy', { retryAfterMs: 4_000 }), 'once')).toEqual([4_500, 4_500, 4_500]);
  });

  it.each(['denied', 'final'] as const)('is not sent again when it was %s', (kind) => {
    expect(waitsOf(failed(kind), 'none')).toEqual([]);
  });

  it('is not sent again when it may have been carried out, and must not be twice', () => {
    for (const kind of ['unavailable', 'busy'] as const)
      expect(waitsOf(failed(kind, { carriedOut: 'perhaps' }), 'once')).toEqual([]);
    expect(waitsOf(failed('unavailable', { carriedOut: 'perhaps' }), 'repeatable')).toHaveLength(4);
  });

  it('is never sent too late for an answer, sooner than Vault allows, or in a tight loop', () => {
    const kinds = fc.constantFrom<Failure['kind']>('denied', 'busy', 'unavailable', 'final');
    const retryAfter = fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined });
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(kinds, retryAfter, chance, fc.integer({ min: 0, max: 30_000 }), (kind, retryAfterMs, random, deadlineMs) => {
        const waits = waitsOf(failed(kind, { retryAfterMs }), 'none', deadlineMs, () => random);
        expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(Math.max(0, deadlineMs - 1_000));
        for (const waitMs of waits) expect(waitMs).toBeGreaterThanOrEqual(Math.max(125, retryAfterMs ?? 0));
      }),
    );
  });
});
