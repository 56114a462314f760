import { describe, expect, it } from 'vitest';
import { requestAdoption } from '../adoption.ts';
import { changeMembers } from '../cluster-act.ts';
import type { ClusterEvidence } from '../evidence.ts';
import { samplePolicy } from '../evidence-sample.ts';
import type { Origin, RotationRecord } from '../record.ts';
import { nowMs, rest } from '../testing/sample-run.ts';
import { fleetOf, holding, looksAt, rootNamed, trust } from '../testing/sample-trust.ts';
import { shallVerify } from './apart.ts';
import { judgeMatrix } from './judge-matrix.ts';
import { summarizeMatrix } from './summarize-matrix.ts';
import { classify } from './trust-classes.ts';

/** An adoption that has told nobody anything yet, of clusters that came with these: `CD|C` is a bundle of C and D, and C signs. */
function adopting(came: Readonly<Record<string, string>>): RotationRecord {
  const origins = Object.fromEntries(
    Object.entries(came).map(([name, text]): [string, Origin] => {
      const { roots, signerRoot = '' } = trust(text);
      return [name, { roots, signer: signerRoot }];
    }),
  );
  const names = [...new Set(Object.values(origins).flatMap(({ roots }) => roots))];
  const roots = names.map((fingerprint) => ({ fingerprint, notBeforeMs: 0, notAfterMs: 100_000, source: 'foreign' as const }));
  const aside = changeMembers(rest, { added: Object.keys(came), removed: [] }, 'they came', nowMs - 1).record;
  return requestAdoption(aside, { rotationId: 'r1', origins, roots, above: 0, by: 'ann' }, samplePolicy, nowMs).record;
}

function judge(record: RotationRecord, clusters: Readonly<Record<string, ClusterEvidence>>) {
  const fleet = fleetOf(clusters);
  const lookOf = looksAt(fleet);
  const looking = { members: fleet.clusters, lookOf, classes: classify(fleet.clusters, lookOf) };
  return {
    ...judgeMatrix(record, looking),
    counts: summarizeMatrix(record, fleet, { ...samplePolicy, requiredEvidence: 'held' }, nowMs).counts,
  };
}

describe('while an adoption has not brought all clusters together', () => {
  it('a cluster that refuses another one counts where their roots overlap, though they came with different ones', () => {
    const record = adopting({ east: 'C|C', west: 'CD|C', north: 'E|E' });
    const calm = { east: holding('C|C', 'C|C'), west: holding('CD|C', 'CD|C'), north: holding('E|E', 'E|E') };
    expect(judge(record, calm)).toEqual({ refusals: undefined, losses: undefined, counts: { green: 5, red: 0, unknown: 0 } });
    const { refusals, counts } = judge(record, { ...calm, west: holding('CD|C', 'CD|D') });
    expect(refusals).toMatchObject({
      reason: 'TrustMatrixRed',
      laggardCount: 1,
      laggards: [{ cluster: 'west', namespace: 'shop-0' }],
    });
    expect(refusals?.message).toMatch(/leaf under root dddddddddddd; .* of east trusts? cccc/);
    expect(counts).toEqual({ green: 4, red: 1, unknown: 0 });
  });

  it('so does one that trusts the signer of another one and is trusted by it, whatever else signs where', () => {
    const record = adopting({ east: 'CD|C', west: 'CD|D' });
    const { refusals } = judge(record, { east: holding('CD|C', 'C|C'), west: holding('CD|D', 'CD|D') });
    expect(refusals).toMatchObject({ reason: 'TrustMatrixRed', laggardCount: 1, laggards: [{ cluster: 'west' }] });
  });

  it('those that never verified each other count for nothing, also where one of them would have', () => {
    const record = adopting({ east: 'C|C', west: 'CD|D', north: 'E|E' });
    const { refusals, counts } = judge(record, { east: holding('C|C'), west: holding('CD|D'), north: holding('E|E') });
    expect(refusals).toBeUndefined();
    expect(counts).toEqual({ green: 3, red: 0, unknown: 0 });
  });

  it('what is not known is asked of as many as there are to verify', () => {
    const record = adopting({ east: 'C|C', west: 'CD|C', north: 'E|E' });
    const west = { ...holding('CD|C'), workloads: undefined };
    const { refusals, counts } = judge(record, { east: holding('C|C'), west, north: holding('E|E') });
    expect(refusals?.message).toContain('whether west and 2 clusters verify each other is not known');
    expect(counts).toEqual({ green: 2, red: 0, unknown: 3 });
  });

  it('handshakes are asked of the same pairs', () => {
    const record = adopting({ east: 'C|C', west: 'CD|C', south: 'CD|D', north: 'E|E' });
    const names = ['east', 'west', 'south', 'north', 'mine'];
    const pairs = names.flatMap((one, at) => names.slice(at + 1).map((other) => [one, other] as const));
    expect(pairs.filter(([one, other]) => shallVerify(record, one, other)).map((pair) => pair.join(' '))).toEqual([
      'east west',
      'west south',
    ]);
    expect(pairs.every(([one, other]) => shallVerify(record, one, other) === shallVerify(record, other, one))).toBe(true);
    expect(shallVerify({ ...record, rotation: undefined }, 'east', 'north')).toBe(true);
    expect(rest.currentRoot).toBe(rootNamed('A'));
  });
});
