import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { guardStore } from './guard-store.ts';
import { createTenure } from './tenure.ts';

describe('the time for which a replica leads', () => {
  let now = { monotonicMs: 0, wallMs: 0 };
  const tenure = () => {
    now = { monotonicMs: 0, wallMs: 0 };
    return createTenure(7_000, () => now, now);
  };

  it.each([
    ['the process stood still', { monotonicMs: 7_000, wallMs: 7_000 }],
    ['the machine slept, and its monotonic clock with it', { monotonicMs: 5, wallMs: 7_000 }],
    ['the wall clock was set back meanwhile', { monotonicMs: 7_000, wallMs: -3_600_000 }],
  ])('is over before the first act after %s, without any timer', (_, then) => {
    const one = tenure();
    one.require();
    now = then;
    expect(() => one.require()).toThrow(expect.objectContaining({ code: 'RR_LEADERSHIP_LOST' }));
    expect(one.signal.aborted).toBe(true);
  });

  it('lasts from the moment at which a renewal was asked for, and an answer that comes too late brings nothing back', () => {
    const one = tenure();
    now = { monotonicMs: 6_000, wallMs: 6_000 };
    one.renewed({ monotonicMs: 4_000, wallMs: 4_000 });
    expect(one.leftMs()).toBe(5_000);
    now = { monotonicMs: 12_000, wallMs: 12_000 };
    one.renewed({ monotonicMs: 10_900, wallMs: 10_900 });
    expect(() => one.require()).toThrow();
  });

  it('lets nothing into the store when it is over', async () => {
    const one = tenure();
    const store = createMemoryStore();
    const guarded = guardStore(store, one);
    const term = await guarded.takeTerm();
    now = { monotonicMs: 9_000, wallMs: 9_000 };
    await expect(guarded.note({ kind: 'start', action: 'x', message: 'x' }, term)).rejects.toThrow('could not be renewed');
    await expect(guarded.takeTerm()).rejects.toThrow('could not be renewed');
    expect((await guarded.readAudit({ after: 0, limit: 10 })).entries.some(({ entry }) => entry.action === 'x')).toBe(false);
  });
});
