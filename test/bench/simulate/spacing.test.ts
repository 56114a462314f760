import { describe, expect, it } from 'vitest';
import { spacingFor } from './spacing.ts';
import { stretched, usualIntervals } from './usual.ts';

const intervals = stretched(usualIntervals(), 6);
const spacing = (clusters: number) => {
  const { intervals: looks, dense } = spacingFor({ clusters, perProcess: 500, intervals, large: 100 });
  return [looks, dense].map(({ reportIntervalMs, resyncMs, silentAfterMs }) => [reportIntervalMs, resyncMs, silentAfterMs]);
};

describe('the intervals at which costs are found', () => {
  it('have a process of a hundred agents look as often as one of hundreds, and a hundred say as much as all of thousands', () => {
    expect(spacing(5_000)).toEqual([
      [12_000, 12_000, 42_000],
      [1_200, 1_200, 4_200],
    ]);
    // Two processes of 300 each.
    expect(spacing(600)).toEqual([
      [20_000, 20_000, 70_000],
      [10_000, 10_000, 35_000],
    ]);
  });

  it('are never longer than those of the fleet that is predicted, and no shorter than a second', () => {
    expect(spacing(50)).toEqual(Array.from({ length: 2 }, () => [60_000, 60_000, 210_000]));
    expect(spacing(20_000)[1]).toEqual([1_000, 1_000, 3_500]);
  });
});
