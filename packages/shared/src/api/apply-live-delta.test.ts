import { describe, expect, it } from 'vitest';
import { clusterStatus, meshStatus, withoutRotation } from '../testing/index.ts';
import { applyLiveDelta } from './apply-live-delta.ts';
import type { LiveDelta } from './live-messages.ts';

const one = meshStatus({ mesh: 'one' });
const two = meshStatus({ mesh: 'two' });
const delta = (change: Partial<LiveDelta>): LiveDelta => ({ type: 'delta', at: '', cursor: '', meshes: [], ...change });

describe('a change of the live stream', () => {
  it('replaces what it names, takes away what is null, and leaves all else the very same', () => {
    const [changed, same] = applyLiveDelta(
      [one, two],
      delta({
        meshes: [{ mesh: 'one', set: { generation: 9, rotation: null }, clusters: [{ name: 'cluster-2', set: { nudges: 7 } }] }],
      }),
    )!;
    const clusters = [one.clusters[0]!, { ...one.clusters[1]!, nudges: 7 }];
    const expected = withoutRotation({ mesh: 'one', generation: 9, clusters });
    expect(changed).toStrictEqual(expected);
    expect(changed?.clusters[0]).toBe(one.clusters[0]);
    expect(same).toBe(two);
  });

  it('keeps the list of clusters where none has changed', () => {
    const [changed] = applyLiveDelta([one], delta({ meshes: [{ mesh: 'one', set: { generation: 9 } }] }))!;
    expect(changed?.clusters).toBe(one.clusters);
  });

  it('adds, takes away and orders meshes and clusters', () => {
    const set = Object.fromEntries(Object.entries(two).filter(([key]) => key !== 'clusters'));
    const ofCluster = clusterStatus({ name: 'new' });
    const meshes = applyLiveDelta(
      [one],
      delta({
        meshNames: ['two', 'one'],
        meshes: [
          { mesh: 'one', clusterNames: ['new', 'cluster-2'], clusters: [{ name: 'new', fresh: true, set: ofCluster }] },
          { mesh: 'two', fresh: true, set, clusterNames: [], clusters: [] },
        ],
      }),
    );
    expect(meshes).toStrictEqual([
      { ...two, clusters: [] },
      { ...one, clusters: [clusterStatus({ name: 'new' }), one.clusters[1]] },
    ]);
    expect(applyLiveDelta([one, two], delta({ meshNames: ['two'] }))).toStrictEqual([two]);
  });

  it('of what is fresh keeps nothing that was known before', () => {
    const [changed] = applyLiveDelta(
      [one],
      delta({ meshes: [{ mesh: 'one', clusters: [{ name: 'cluster-1', fresh: true, set: { nudges: 1 } }] }] }),
    )!;
    expect(changed?.clusters[0]).toStrictEqual({ name: 'cluster-1', nudges: 1 });
  });

  it.each<[string, Partial<LiveDelta>]>([
    ['a mesh', { meshes: [{ mesh: 'three', set: {} }] }],
    ['a cluster', { meshes: [{ mesh: 'one', clusters: [{ name: 'none', set: {} }] }] }],
    ['a cluster in the order', { meshes: [{ mesh: 'one', clusterNames: ['none'] }] }],
    ['a mesh in the order', { meshNames: ['one', 'three'] }],
  ])('that names %s which is not known changes nothing', (_, change) => {
    expect(applyLiveDelta([one, two], delta(change))).toBeUndefined();
  });

  it('reaches no prototype', () => {
    const change = JSON.parse('{"meshes":[{"mesh":"one","set":{"__proto__":{"polluted":1}}}]}') as Partial<LiveDelta>;
    const [changed] = applyLiveDelta([one], delta(change))!;
    expect((changed as unknown as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
