import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rootNamed } from '../testing/sample-trust.ts';
import type { Face, RootSet } from './face.ts';
import { type CellCounts, type CellState, createTrustClasses, type TrustClasses } from './trust-classes.ts';

const makeFace = (leaves: readonly RootSet[], bundles: readonly RootSet[], known: Partial<Face> = {}): Face => {
  const face = { leaves, bundles, leavesKnown: 'all', bundlesKnown: 'all', ...known } as const;
  return { ...face, key: JSON.stringify(face) };
};

/** The cell by what it means: nothing is grouped, numbered or remembered. */
function plainState(from: Face, to: Face): CellState {
  const refused = from.leaves.some((leaf) => to.bundles.some((bundle) => !leaf.some((root) => bundle.includes(root))));
  if (refused) return 'red';
  return from.leavesKnown === 'all' && to.bundlesKnown === 'all' ? 'green' : 'unknown';
}

function plainCounts(faces: ReadonlyMap<string, Face>): CellCounts {
  const counts = { green: 0, red: 0, unknown: 0 };
  for (const from of faces.values()) for (const to of faces.values()) counts[plainState(from, to)] += 1;
  return counts;
}

/** Far more roots than a word has bits. */
const root = fc.nat(79).map((index) => `root-${index}`);
const few = fc.constantFrom('root-0', 'root-1');
const rootSet = fc.oneof({ weight: 4, arbitrary: fc.uniqueArray(few, { maxLength: 2 }) }, fc.uniqueArray(root, { maxLength: 4 }));
const anyFace: fc.Arbitrary<Face> = fc
  .record({
    leaves: fc.array(rootSet, { maxLength: 3 }),
    bundles: fc.array(rootSet, { maxLength: 3 }),
    leavesKnown: fc.constantFrom('all' as const, 'all' as const, 'not-all' as const),
    bundlesKnown: fc.constantFrom('all' as const, 'all' as const, 'not-all' as const),
  })
  .map((face) => ({ ...face, key: JSON.stringify(face) }));
const clusters = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6'];
const change = fc.record({ cluster: fc.constantFrom(...clusters), face: fc.option(anyFace, { nil: undefined }) });

function expectSame(classes: TrustClasses, faces: ReadonlyMap<string, Face>): void {
  expect(classes.counts()).toEqual(plainCounts(faces));
  for (const [from, shows] of faces) {
    for (const [to, trusts] of faces) {
      expect(classes.stateOf(classes.classOf(from)!, classes.classOf(to)!)).toBe(plainState(shows, trusts));
    }
  }
  const members = [...classes.all()].flatMap((each) => [...each.clusters]);
  expect(members.toSorted()).toEqual([...faces.keys()].toSorted());
}

describe('the classes of a matrix', () => {
  it('say at every moment what comparing every leaf with every bundle says, whatever comes and goes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const classes = createTrustClasses();
        const faces = new Map<string, Face>();
        for (const { cluster, face } of changes) {
          if (face === undefined) {
            faces.delete(cluster);
            classes.drop(cluster);
          } else {
            faces.set(cluster, face);
            classes.put(cluster, face);
          }
          expectSame(classes, faces);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('put clusters with equal faces together, and forget a class that all have left', () => {
    const classes = createTrustClasses();
    const [a, b] = ['A', 'B'].map((name) => makeFace([[rootNamed(name)]], [[rootNamed(name)]])) as [Face, Face];
    classes.put('east', a);
    classes.put('west', { ...a });
    expect([...classes.all()].map((each) => [...each.clusters])).toEqual([['east', 'west']]);
    const left = classes.classOf('east')!;
    for (const cluster of ['east', 'west']) classes.put(cluster, b);
    expect([...classes.all()].map((each) => [...each.clusters])).toEqual([['east', 'west']]);
    expect(() => classes.stateOf(left, left)).toThrow(expect.objectContaining({ code: 'RR_INTERNAL' }));
  });

  it('stay right when roots come and go for ever', () => {
    const classes = createTrustClasses();
    const faces = new Map<string, Face>();
    for (let index = 0; index < 2_000; index += 1) {
      const names = [`root-${index}`, `root-${Math.floor(index / 2)}`];
      const cluster = clusters[index % clusters.length]!;
      const face = makeFace([[names[0]!]], [names]);
      faces.set(cluster, face);
      classes.put(cluster, face);
    }
    expectSame(classes, faces);
  });
});
