import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Mishap, watchReplicas } from './testing/replica-world.ts';

const timings = { durationMs: 10_000, renewWithinMs: 7_000, retryMs: 2_000 };
const calm = { timings, rates: [1, 1, 1], mishaps: [], delaysMs: [10], forMs: 30_000 };

describe('replicas that contend for a lease', () => {
  it('have one leader, and keep it', async () => {
    const { mostLeaders, longestGapMs, lease } = await watchReplicas(calm);
    expect(mostLeaders).toBe(1);
    expect(longestGapMs).toBeLessThan(1_000);
    expect(lease.held()?.record.transitions).toBe(0);
  });

  it('have another one at once when the leader ends in order: it gives the lease back', async () => {
    const mishaps: Mishap[] = [{ replica: 0, kind: 'graceful', fromMs: 10_000, forMs: 15_000 }];
    const { longestGapMs, lease } = await watchReplicas({ ...calm, mishaps });
    expect(longestGapMs).toBeLessThan(1_000);
    expect(lease.held()?.record).toMatchObject({ transitions: 1, durationMs: 10_000 });
  });

  it.each(['stopped', 'partitioned'] as const)('have another one within the lease when the leader is %s', async (kind) => {
    const mishaps: Mishap[] = [{ replica: 0, kind, fromMs: 10_000, forMs: 60_000 }];
    const { longestGapMs, mostLeaders, lease } = await watchReplicas({ ...calm, mishaps });
    expect(mostLeaders).toBe(1);
    expect(longestGapMs).toBeLessThan(12_500);
    expect(lease.held()?.record.transitions).toBe(1);
  });

  it('keep their leader where it stands still for less than the lease', async () => {
    const mishaps: Mishap[] = [{ replica: 0, kind: 'stopped', fromMs: 10_000, forMs: 6_000 }];
    const { lease } = await watchReplicas({ ...calm, mishaps });
    expect(lease.held()?.record.transitions).toBe(0);
  });

  it('go on with the same leader when the API server was away for all of them', async () => {
    const mishaps = [0, 1, 2].map((replica): Mishap => ({ replica, kind: 'partitioned', fromMs: 5_000, forMs: 20_000 }));
    const { mostLeaders, lease } = await watchReplicas({ ...calm, mishaps, forMs: 45_000 });
    expect(mostLeaders).toBe(1);
    expect(lease.held()?.record.holder).toMatch(/^replica-/);
  });
});

describe('a leader', () => {
  const mishap: fc.Arbitrary<Mishap> = fc.record({
    replica: fc.nat({ max: 2 }),
    kind: fc.constantFrom('stopped', 'partitioned', 'graceful'),
    fromMs: fc.nat({ max: 35_000 }),
    forMs: fc.integer({ min: 100, max: 25_000 }),
  });
  const world = fc.record({
    // Clocks whose rates differ by less than durationMs / renewWithinMs.
    rates: fc.tuple(...[0, 1, 2].map(() => fc.double({ min: 0.85, max: 1.15, noNaN: true }))),
    mishaps: fc.array(mishap, { maxLength: 8 }),
    delaysMs: fc.array(fc.nat({ max: 4_000 }), { minLength: 1, maxLength: 6 }),
  });

  it('is never one of two that both believe to lead, whatever stands still, is cut off, or is slow', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(world, async (made) => {
        const { mostLeaders } = await watchReplicas({ timings, ...made, forMs: 50_000 });
        expect(mostLeaders).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });
});
