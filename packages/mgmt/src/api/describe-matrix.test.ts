import { describe, expect, it } from 'vitest';
import { samplePolicy } from '../rotation/evidence-sample.ts';
import type { ClusterEvidence, RotationRecord } from '../rotation/index.ts';
import { goTo, nowMs, rest } from '../rotation/testing/sample-run.ts';
import { fleetOf, holding, rootNamed } from '../rotation/testing/sample-trust.ts';
import { describeMatrix, describePair } from './describe-matrix.ts';

const [a, b] = ['A', 'B'].map(rootNamed);

type Moment = Parameters<typeof describeMatrix>[0];

/** As much of a moment as a matrix is made of. */
function momentOf(record: RotationRecord, clusters: Readonly<Record<string, ClusterEvidence | undefined>>): Moment {
  const stored = { revision: 1, record, verdict: undefined } as unknown as Moment['view']['stored'];
  const view = { stored, roots: new Map(), rootNames: new Set<string>() };
  const rest = {
    decision: {} as Moment['decision'],
    cells: { green: 0, red: 0, unknown: 0 },
    keysLeft: new Map(),
    notStarted: undefined,
    drift: [],
  };
  return { view, snapshot: fleetOf(clusters), policy: samplePolicy, nowMs, ...rest };
}

const fleet = { east: holding('AB|B'), north: holding('AB|B'), west: holding('AB|A', 'A|A') };

describe('describing the matrix', () => {
  it('shows its classes, a letter for each two of them, and what is refused', () => {
    const matrix = describeMatrix(momentOf(goTo('PROPAGATING_NEW_INTERMEDIATE'), fleet));
    expect(matrix).toMatchObject({ mesh: 'demo', gate: 'asked', counts: { green: 7, red: 2, unknown: 0 }, cells: ['gr', 'gg'] });
    expect(matrix.classes).toMatchObject([
      { clusters: ['east', 'north'], leaves: [[b]], bundles: [[a, b]], leavesKnown: 'all' },
      { clusters: ['west'], leaves: [[a]], bundles: [[a], [a, b]] },
    ]);
    expect(matrix.refusals).toMatchObject({
      reason: 'TrustMatrixRed',
      laggardCount: 2,
      laggards: [{ cluster: 'east' }, { cluster: 'north' }],
    });
  });

  it('shows what it will be while the next row is put in force', () => {
    const { next } = describeMatrix(momentOf(goTo('PROPAGATING_NEW_INTERMEDIATE'), fleet));
    expect(next).toMatchObject({
      step: 'DELETING_OLD_ROOT',
      signer: b,
      counts: { green: 4, red: 5, unknown: 0 },
      cells: ['gr', 'rr'],
      lossCount: 2,
    });
    expect(describeMatrix(momentOf(rest, fleet)).next).toBeUndefined();
  });

  it('shows clusters that do not count beside those that do', () => {
    const deviation = { kind: 'excluded', cause: 'operator', by: 'ann', why: 'w', sinceMs: 0, told: undefined } as const;
    const record = { ...rest, deviations: { west: deviation } };
    const matrix = describeMatrix(momentOf(record, fleet));
    expect(matrix.counts).toEqual({ green: 4, red: 0, unknown: 0 });
    expect(matrix.classes[1]).toMatchObject({ clusters: [], others: ['west'] });
    expect(matrix).not.toHaveProperty('refusals');
  });

  it('leaves the cells out where there are more classes than anybody reads', () => {
    const many = Object.fromEntries(
      Array.from({ length: 1_001 }, (_, index) => {
        const evidence = holding('A|A');
        const replicas = evidence.replicas.map((each) => ({
          ...each,
          holding: { ...each.holding!, roots: [a!, `root-${index}`] },
        }));
        return [`c${index}`, { ...evidence, replicas }];
      }),
    );
    const matrix = describeMatrix(momentOf(rest, many));
    expect(matrix.classes).toHaveLength(1_001);
    expect(matrix.counts.green).toBe(1_001 ** 2);
    expect(matrix).not.toHaveProperty('cells');
  });
});

describe('describing a pair', () => {
  it('names the chain, the bundle and their places', () => {
    expect(describePair(momentOf(rest, fleet), 'east', 'west')).toEqual({
      mesh: 'demo',
      from: 'east',
      to: 'west',
      state: 'red',
      reason: 'RootNotTrusted',
      message: expect.stringContaining('replica istiod-0 of east shows a leaf under root bbbbbbbbbbbb'),
      leaf: { signer: 'intermediate under B', roots: [b], places: ['replica istiod-0'] },
      bundle: { sha256: 'bytes of A', roots: [a], places: ['3 workloads of namespace shop-0 (web-0, web-1, web-2)'] },
      unknown: [],
    });
  });

  it('says what is not known, and of whom', () => {
    const moment = momentOf(rest, { east: { ...holding('A|A'), workloads: undefined }, west: undefined });
    expect(describePair(moment, 'east', 'west')).toMatchObject({
      state: 'unknown',
      unknown: ['leaves of east: its workloads could not be listed', 'bundles of west: it has never reported'],
    });
  });
});
