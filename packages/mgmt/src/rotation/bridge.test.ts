import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridge } from './bridge.ts';
import { sameTrust, type TrustRow } from './row.ts';
import { holds } from './testing/sample-run.ts';

const names = ['a', 'b', 'c', 'd'] as const;

const anyRow: fc.Arbitrary<TrustRow> = fc.subarray([...names], { minLength: 1 }).chain((roots) =>
  fc.record({
    step: fc.constantFrom('PREVIOUS_CA' as const, 'ADDING_NEW_ROOT' as const, 'DELETING_OLD_ROOT' as const),
    roots: fc.shuffledSubarray(roots, { minLength: roots.length }),
    signer: fc.constantFrom(...roots),
    nudge: fc.constantFrom('laggards' as const, 'when-loaded' as const),
  }),
);

/** Every row on the way. */
function wayOf(held: TrustRow, goal: TrustRow): TrustRow[] {
  const way: TrustRow[] = [];
  for (let row = bridge(held, goal); row !== undefined && way.length < 10; row = bridge(row, goal)) way.push(row);
  return way;
}

/** Each side trusts the signer of the other, so that workloads of both verify each other. */
function areAdjacent(a: TrustRow, b: TrustRow): boolean {
  return a.roots.includes(b.signer) && b.roots.includes(a.signer);
}

describe('the way of a cluster to the others', () => {
  it('arrives within three rows, wherever it begins and wherever it goes', () => {
    fc.assert(
      fc.property(anyRow, anyRow, (held, goal) => {
        const way = wayOf(held, goal);
        expect(way.length).toBeLessThanOrEqual(3);
        expect(sameTrust(way.at(-1) ?? held, goal)).toBe(true);
      }),
    );
  });

  it('has only rows next to each other: each trusts the signer of the other, and roots never come and go at once', () => {
    fc.assert(
      fc.property(anyRow, anyRow, (held, goal) => {
        for (const [index, row] of wayOf(held, goal).entries()) {
          const before = index === 0 ? held : wayOf(held, goal)[index - 1]!;
          expect(areAdjacent(before, row), `${holds(before)} → ${holds(row)}`).toBe(true);
          const gained = row.roots.filter((root) => !before.roots.includes(root));
          const lost = before.roots.filter((root) => !row.roots.includes(root));
          expect(Math.min(gained.length, lost.length)).toBe(0);
          expect(row.roots).toContain(row.signer);
          expect(new Set(row.roots).size).toBe(row.roots.length);
        }
      }),
    );
  });

  it('makes the proxies ask again when what makes them ask may have been lost: a new signer, or fewer roots', () => {
    fc.assert(
      fc.property(anyRow, anyRow, (held, goal) => {
        for (const [index, row] of wayOf(held, goal).entries()) {
          const before = index === 0 ? held : wayOf(held, goal)[index - 1]!;
          const grows = row.roots.length > before.roots.length;
          expect(row.nudge).toBe(grows ? 'laggards' : 'when-loaded');
        }
      }),
    );
  });

  it('is no way at all where the cluster holds what it shall, in whatever order', () => {
    const held = { step: 'PREVIOUS_CA', roots: ['a', 'b'], signer: 'a', nudge: 'laggards' } as const;
    expect(bridge(held, { ...held, roots: ['b', 'a'], step: 'ADDING_NEW_ROOT' })).toBeUndefined();
  });

  it('from one root to another goes through both, as a rotation does', () => {
    const row = (roots: string, signer: string): TrustRow => ({
      step: 'PREVIOUS_CA',
      roots: Array.from(roots),
      signer,
      nudge: 'laggards',
    });
    expect(wayOf(row('a', 'a'), row('b', 'b')).map(holds)).toEqual(['A+B|A', 'A+B|B', 'B|B']);
    expect(wayOf(row('a', 'a'), row('bc', 'c')).map(holds)).toEqual(['A+B+C|A', 'A+B+C|C', 'B+C|C']);
    expect(wayOf(row('abc', 'a'), row('a', 'a')).map(holds)).toEqual(['A|A']);
    expect(wayOf(row('ab', 'a'), row('ab', 'b')).map(holds)).toEqual(['A+B|B']);
  });
});
