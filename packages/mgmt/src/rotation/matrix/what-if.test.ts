import { describe, expect, it } from 'vitest';
import { samplePolicy } from '../evidence-sample.ts';
import { nowMs, rest } from '../testing/sample-run.ts';
import { fleetOf, holding, looksAt, rootNamed } from '../testing/sample-trust.ts';
import { matrixClasses } from './list-classes.ts';
import { supposeMatrix } from './what-if.ts';

const fleet = fleetOf({ north: holding('A|A'), east: holding('AB|A', 'AB|A'), west: holding('AB|A'), south: undefined });
const row = (roots: string, signer: string) => ({ roots: [...roots].map(rootNamed), signer: rootNamed(signer) });

describe('a matrix that is supposed', () => {
  it('says which pairs would be red when one cluster was left behind', () => {
    const supposed = supposeMatrix(
      ['north', 'east', 'west'],
      (cluster) => (cluster === 'north' ? undefined : row('AB', 'B')),
      looksAt(fleet),
    );
    expect(supposed.counts).toEqual({ green: 7, red: 2, unknown: 0 });
    expect(supposed.refusals).toEqual([{ from: ['east', 'west'], to: ['north'] }]);
  });

  it('says so in both directions two rows away', () => {
    const supposed = supposeMatrix(
      ['north', 'east'],
      (cluster) => (cluster === 'north' ? row('A', 'A') : row('B', 'B')),
      looksAt(fleet),
    );
    expect(supposed.refusals).toEqual([
      { from: ['east'], to: ['north'] },
      { from: ['north'], to: ['east'] },
    ]);
  });
});

describe('the classes of a mesh', () => {
  it('are listed with their clusters and replicas, the largest first', () => {
    expect(matrixClasses(rest, fleet, samplePolicy, nowMs)).toMatchObject([
      {
        clusters: [
          { cluster: 'east', replicas: ['istiod-0'] },
          { cluster: 'west', replicas: ['istiod-0'] },
        ],
      },
      { clusters: [{ cluster: 'north', replicas: ['istiod-0'] }] },
      { clusters: [{ cluster: 'south', replicas: [] }], face: { leavesKnown: 'not-all' } },
    ]);
  });

  it('leave out who does not count', () => {
    const deviation = { kind: 'excluded', cause: 'operator', by: 'ann', why: 'w', sinceMs: 0, told: undefined } as const;
    const record = { ...rest, deviations: { north: deviation } };
    const listed = matrixClasses(record, fleet, samplePolicy, nowMs).flatMap(({ clusters }) => clusters);
    expect(listed.map(({ cluster }) => cluster)).toEqual(['east', 'west', 'south']);
  });
});
