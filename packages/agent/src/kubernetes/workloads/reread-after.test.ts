import { describe, expect, it } from 'vitest';
import { type Pace, rereadAfter } from './reread-after.ts';

const pace: Pace = { rereadAfterMs: 300_000, maxReadsPerSecond: 100, lagging: 1, random: () => 0 };
const lagging = (forMs: number, changes: Partial<Pace> = {}): number =>
  rereadAfter({ kind: 'lagging', forMs }, { ...pace, ...changes });

describe('the time until a proxy is looked into again', () => {
  it('is well below the age that a reading may have, and not the same for all, when it holds what it should', () => {
    expect(rereadAfter({ kind: 'settled' }, pace)).toBe(150_000);
    expect(rereadAfter({ kind: 'settled' }, { ...pace, random: () => 0.999_999 })).toBeLessThan(225_000);
  });

  it('is short for one that lags, and grows with the time that it lags', () => {
    expect(lagging(0)).toBe(500);
    expect(lagging(50_000)).toBe(500);
    expect(lagging(100_000)).toBe(1_000);
    expect(lagging(12 * 3_600_000)).toBe(150_000);
  });

  it('leaves half of the allowed reads to others, however many lag', () => {
    expect(lagging(0, { lagging: 25 })).toBe(500);
    expect(lagging(0, { lagging: 1_000 })).toBe(20_000);
    expect(lagging(0, { lagging: 10_000 })).toBe(150_000);
  });

  it('grows with each failure', () => {
    const waits = [1, 2, 3, 20].map((inARow) => rereadAfter({ kind: 'failed', why: 'unreachable', inARow }, pace));
    expect(waits).toEqual([500, 1_000, 2_000, 60_000]);
    expect(rereadAfter({ kind: 'failed', why: 'forbidden', inARow: 1 }, pace)).toBe(60_000);
    expect(rereadAfter({ kind: 'failed', why: 'unsupported', inARow: 1 }, pace)).toBe(150_000);
  });
});
