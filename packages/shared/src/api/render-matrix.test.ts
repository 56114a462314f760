import { describe, expect, it } from 'vitest';
import type { TrustClassStatus, TrustMatrix, TrustPair } from './matrix.ts';
import { renderMatrix, renderPair } from './render-matrix.ts';
import { noPaint } from './render-table.ts';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)] as const;
const classOf = (names: readonly string[], leaf: string, ...bundles: readonly (readonly string[])[]): TrustClassStatus => ({
  clusters: names,
  others: [],
  leaves: [[leaf]],
  bundles,
  leavesKnown: 'all',
  bundlesKnown: 'all',
});

const matrix: TrustMatrix = {
  mesh: 'demo',
  takenAt: '2026-01-01T00:00:00.000Z',
  gate: 'asked',
  counts: { green: 7, red: 2, unknown: 0 },
  classes: [classOf(['east', 'north'], b, [a, b]), classOf(['west'], a, [a], [a, b])],
  cells: ['gr', 'gg'],
  refusals: {
    passed: false,
    reason: 'TrustMatrixRed',
    message: 'waiting: m',
    laggards: [{ cluster: 'east', reason: 'TrustMatrixRed', message: 'east is refused by west\u001b[2J' }],
    laggardCount: 2,
  },
  next: {
    ...{ step: 'DELETING_OLD_ROOT', roots: [b], signer: b, counts: { green: 4, red: 5, unknown: 0 }, cells: ['gr', 'rr'] },
    losses: [{ cluster: 'west', reason: 'WouldLoseTrust', message: 'would lose trust: west / replica istiod-0: it shows …' }],
    lossCount: 1,
  },
};

const show = (shown: TrustMatrix, which: 'present' | 'projected' = 'present'): string =>
  renderMatrix(shown, which, noPaint).join('\n');

describe('the matrix as text', () => {
  it('is a table of clusters where there are few', () => {
    expect(show(matrix)).toBe(
      `mesh demo: 7 of 9 pairs green, 2 red

LEAF OF \\ VERIFIED BY  east  north  west
east                   ✓     ✓      ✗
north                  ✓     ✓      ✗
west                   ✓     ✓      ✓

CLASS  CLUSTERS  LEAVES UNDER  BUNDLES                                   NAMES
1      2         bbbbbbbbbbbb  aaaaaaaaaaaa+bbbbbbbbbbbb                 east, north
2      1         aaaaaaaaaaaa  aaaaaaaaaaaa | aaaaaaaaaaaa+bbbbbbbbbbbb  west

east is refused by west?[2J
and 1 more

1 place would lose trust by DELETING_OLD_ROOT: --projected shows them`,
    );
  });

  it('is one of classes where there are a thousand clusters, and fits on a screen', () => {
    const names = Array.from({ length: 999 }, (_, index) => `cluster-${index}`);
    const lines = renderMatrix({ ...matrix, classes: [classOf(names, b, [a, b]), matrix.classes[1]!] }, 'present', noPaint);
    expect(lines.length).toBeLessThan(16);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(140);
    expect(lines.join('\n')).toContain('1                      ✓  ✗\n2                      ✓  ✓');
    expect(lines.join('\n')).toMatch(/1 +999 +b+ .*cluster-0, cluster-1, .*…/);
  });

  it('lists no more classes than anybody reads', () => {
    const { cells, ...rest } = matrix;
    expect(cells).toBeDefined();
    const classes = Array.from({ length: 1_200 }, (_, index) => classOf([`c${index}`], b, [b]));
    expect(show({ ...rest, classes })).toContain('and 1150 more classes');
  });

  it('shows what it will be, and who would lose trust', () => {
    expect(show(matrix, 'projected').split('\n')).toEqual(
      expect.arrayContaining([
        'mesh demo while DELETING_OLD_ROOT is put in force: 4 of 9 pairs green, 5 red',
        'west                   ✗     ✗      ✗',
        'would lose trust: west / replica istiod-0: it shows …',
      ]),
    );
    const { next, ...rest } = matrix;
    expect(next).toBeDefined();
    expect(show(rest, 'projected')).toBe('mesh demo: no row is to come that is put in force by itself');
  });

  it('marks what is not known, and who does not count', () => {
    const excluded = {
      ...classOf([], a),
      others: ['south'],
      leaves: [],
      leavesKnown: 'not-all',
      bundlesKnown: 'not-all',
    } as const;
    const text = show({
      ...matrix,
      counts: { green: 1, red: 0, unknown: 3 },
      classes: [excluded],
      cells: ['u'],
      gate: 'given-up',
    });
    expect(text).toContain('1 of 4 pairs green, 3 unknown · strategy NONE is not held up by it');
    expect(text).toMatch(/south +\?/);
    expect(text).toMatch(/1 +1 +\? +\? +\(south\)/);
  });
});

describe('a pair as text', () => {
  it('shows the chain, the bundle and the places of both', () => {
    const pair: TrustPair = {
      ...{ mesh: 'demo', from: 'east', to: 'west', state: 'red', reason: 'RootNotTrusted', message: 'refused' },
      leaf: { signer: 'c'.repeat(64), roots: [b], places: ['replica istiod-0'] },
      bundle: { sha256: 'd'.repeat(64), roots: [a], places: ['3 workloads of namespace shop'] },
      unknown: ['leaves of east: its workloads could not be listed'],
    };
    expect(renderPair(pair, noPaint)).toEqual([
      'east → west: red (RootNotTrusted)',
      'refused',
      '',
      'leaf    under bbbbbbbbbbbb, signed by cccccccccccc',
      '        replica istiod-0',
      '',
      'bundle  dddddddddddd of aaaaaaaaaaaa',
      '        3 workloads of namespace shop',
      '',
      'leaves of east: its workloads could not be listed',
    ]);
  });
});
