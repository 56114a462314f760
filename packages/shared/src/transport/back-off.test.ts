import { describe, expect, it } from 'vitest';
import { backOffMs } from './back-off.ts';

const bounds = (random: number): number[] => [0, 1, 2, 3, 5, 6, 7, 2_000].map((attempt) => backOffMs(attempt, () => random));

describe('the wait before a reconnection', () => {
  it('lies under a bound that doubles up to 15 s', () => {
    expect(bounds(1)).toEqual([250, 500, 1_000, 2_000, 8_000, 15_000, 15_000, 15_000]);
  });

  it('may be anything under it', () => {
    expect(bounds(0)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(bounds(0.5)).toEqual([125, 250, 500, 1_000, 4_000, 7_500, 7_500, 7_500]);
  });
});
