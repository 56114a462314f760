import type { TrustClassStatus } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { bandAt, bandOf, cellState, layOutMatrix, sideOf } from './matrix-layout.ts';

const classOf = (...clusters: string[]): TrustClassStatus => ({
  clusters,
  others: [],
  leaves: [],
  bundles: [],
  leavesKnown: 'all',
  bundlesKnown: 'all',
});
const many = (count: number, prefix: string): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`);

describe('the layout of the matrix', () => {
  it('has a band for each cluster of a small fleet, by name', () => {
    const { bands, by } = layOutMatrix([classOf('b-10', 'a'), classOf('b-9')], 90);
    expect(by).toBe('cluster');
    expect(bands.map(({ label, index, start, size }) => [label, index, start, size])).toEqual([
      ['a', 0, 0, 30],
      ['b-9', 1, 30, 30],
      ['b-10', 0, 60, 30],
    ]);
  });

  it('has a band for each class of a large fleet, the lone one still wide enough to be seen', () => {
    const { bands, by } = layOutMatrix([classOf(...many(999, 'c')), classOf('odd')], 640);
    expect(by).toBe('class');
    expect(bands.map(({ label }) => label)).toEqual(['c-1 and 998 more', 'odd']);
    expect(bands[1]?.size).toBeGreaterThanOrEqual(14);
    expect((bands[1]?.start ?? 0) + (bands[1]?.size ?? 0)).toBeCloseTo(640);
  });

  it('divides evenly where every cluster is a class of its own', () => {
    const { bands } = layOutMatrix(
      many(1_000, 'c').map((name) => classOf(name)),
      640,
    );
    expect(bands).toHaveLength(1_000);
    expect(bands.every(({ size }) => Math.abs(size - 0.64) < 1e-9)).toBe(true);
  });

  it('finds a band by place and by cluster', () => {
    const layout = layOutMatrix([classOf('a', 'b'), classOf('c')], 90);
    expect([-1, 0, 31, 89, 500].map((place) => bandAt(layout, place))).toEqual([-1, 0, 1, 2, 2]);
    expect([bandOf(layout, 'c'), bandOf(layout, 'x'), bandOf(layout, undefined)]).toEqual([2, -1, -1]);
  });

  it('reads cells by class', () => {
    const [a, b] = layOutMatrix([classOf('a'), classOf('b')], 20).bands;
    if (a === undefined || b === undefined) throw new Error('there are two');
    expect([cellState(['gr', 'ug'], a, b), cellState(['gr', 'ug'], b, a), cellState(undefined, a, b)]).toEqual([
      'red',
      'unknown',
      undefined,
    ]);
  });

  it('has room for names where bands are as high as a line', () => {
    expect(sideOf([classOf('a', 'b')], 1_000)).toEqual({ side: 112, margin: 104 });
    expect(sideOf([classOf(...many(64, 'c'))], 1_000)).toEqual({ side: 640, margin: 0 });
    expect(sideOf([classOf(...many(20, 'c'))], 360).margin).toBe(0);
  });

  it('has room for the numbers of classes', () => {
    expect(sideOf([classOf(...many(999, 'c')), classOf('odd')], 360)).toEqual({ side: 332, margin: 28 });
    expect(layOutMatrix([classOf(...many(999, 'c')), classOf('odd')], 332).bands.map(({ mark }) => mark)).toEqual(['1', '2']);
  });
});
