import { describe, expect, it } from 'vitest';
import { moveInGrid } from './move-in-grid.ts';

/** Seven cells, three in a line. */
const tops = [0, 0, 0, 40, 40, 40, 80];

describe('a key in a grid', () => {
  it('moves by one and by a line, and stops at the edges', () => {
    expect(moveInGrid('ArrowRight', 0, tops)).toBe(1);
    expect(moveInGrid('ArrowLeft', 0, tops)).toBe(0);
    expect(moveInGrid('ArrowDown', 1, tops)).toBe(4);
    expect(moveInGrid('ArrowDown', 4, tops)).toBe(4);
    expect(moveInGrid('ArrowUp', 6, tops)).toBe(3);
    expect(moveInGrid('ArrowUp', 2, tops)).toBe(2);
    expect([moveInGrid('Home', 5, tops), moveInGrid('End', 0, tops), moveInGrid('x', 3, tops)]).toEqual([0, 6, undefined]);
  });
});
