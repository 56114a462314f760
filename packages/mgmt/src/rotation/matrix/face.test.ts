import { describe, expect, it } from 'vitest';
import type { ClusterEvidence } from '../evidence.ts';
import { samplePolicy, workloadsHolding } from '../evidence-sample.ts';
import { nowMs } from '../testing/sample-run.ts';
import { fleetOf, holding, looksAt, rootNamed, trust } from '../testing/sample-trust.ts';
import { type Face, faceOf, withTrust } from './face.ts';

const [a, b, f] = ['A', 'B', 'F'].map(rootNamed) as [string, string, string];
const face = (evidence: ClusterEvidence | undefined, required?: Parameters<typeof looksAt>[1], atMs?: number): Face =>
  faceOf(looksAt(fleetOf({ east: evidence }), required, atMs)('east'));

describe('the face of a cluster', () => {
  it('is what its replicas and workloads show and trust, each once, in whatever order they come', () => {
    expect(face(holding('AB|B', 'BA|A', 'A|B'))).toMatchObject({
      leaves: [[a], [b]],
      bundles: [[a], [a, b]],
      leavesKnown: 'all',
      bundlesKnown: 'all',
    });
    expect(face(holding('A|B', 'AB|A', 'AB|B')).key).toBe(face(holding('AB|B', 'BA|A', 'A|B')).key);
  });

  it('keeps a chain under no root, a root that the mesh does not know, and a chain under several', () => {
    const foreign = { ...trust('F|?'), foreignRoot: f };
    const evidence = holding('A|?', 'A|AB');
    expect(face({ ...evidence, workloads: [...(evidence.workloads ?? []), workloadsHolding(foreign)] })).toMatchObject({
      leaves: [[], [a, b], [f]],
      bundles: [[a], [f]],
    });
  });

  it('differs between no bundle and a bundle without roots', () => {
    const nothing = face({ ...holding('A|A'), replicas: [], workloads: [] }, 'written');
    const empty = face(holding('|'), 'written');
    expect([nothing.bundles, empty.bundles]).toEqual([[], [[]]]);
    expect(nothing.key).not.toBe(empty.key);
  });

  it('is known in nothing where the cluster never reported, or is silent', () => {
    const nothing = { leaves: [], bundles: [], leavesKnown: 'not-all', bundlesKnown: 'not-all' };
    expect(face(undefined)).toMatchObject(nothing);
    expect(face(holding('A|A'), 'held', nowMs + samplePolicy.silentAfterMs)).not.toMatchObject(nothing);
    expect(face(holding('A|A'), 'held', nowMs + samplePolicy.silentAfterMs + 1)).toMatchObject(nothing);
  });

  const failed = { replica: 'istiod-1', holding: undefined, failure: 'no answer', multiRoot: 'on' } as const;
  const base = holding('A|A');
  it.each<[string, Partial<ClusterEvidence>, readonly ('written' | 'loaded' | 'held')[]]>([
    ['a replica that could not be probed', { replicas: [...base.replicas, failed] }, ['loaded', 'held']],
    ['no replica at all', { replicas: [] }, ['loaded', 'held']],
    ['workloads of which nothing is known', { workloads: [workloadsHolding(trust('|'), { method: 'none' })] }, ['held']],
    ['workloads that could not be listed', { workloads: undefined }, ['held']],
    ['two clusters under one name', { namesake: 'other' }, ['written', 'loaded', 'held']],
  ])('is not all known with %s, from the level on that asks for it', (_, change, levels) => {
    for (const level of ['written', 'loaded', 'held'] as const) {
      const known = levels.includes(level) ? 'not-all' : 'all';
      expect(face({ ...base, ...change }, level)).toMatchObject({ leavesKnown: known, bundlesKnown: known });
    }
  });

  it('knows what a place trusts that shows no leaf yet', () => {
    expect(face(holding('A|A', 'B|'))).toMatchObject({
      leaves: [[a]],
      bundles: [[a], [b]],
      leavesKnown: 'not-all',
      bundlesKnown: 'all',
    });
    expect(face(holding('A|A', 'B|'), 'loaded')).toMatchObject({ bundles: [[a], [b]], leavesKnown: 'all' });
  });

  it('takes up one more leaf and one more bundle', () => {
    const before = face(holding('AB|A', 'AB|A'));
    expect(withTrust(before, { leaf: [b], bundle: [b, a] })).toEqual(face(holding('AB|A', 'AB|B')));
    expect(withTrust(before, { leaf: [a], bundle: [a, b] })).toEqual(before);
  });
});
