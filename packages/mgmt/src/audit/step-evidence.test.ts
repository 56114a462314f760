import { describe, expect, it } from 'vitest';
import { defaultRotationPolicy, newRecord, noLinks, type Policy, type RotationRecord, type Snapshot } from '../rotation/index.ts';
import { describeStep } from './step-evidence.ts';

const root = { fingerprint: 'a'.repeat(64), notBeforeMs: 0, notAfterMs: 10_000 };
const policy: Policy = {
  ...defaultRotationPolicy,
  silentAfterMs: 35_000,
  finishedHoldMs: 0,
  window: undefined,
} as unknown as Policy;

function momentOf(count: number): { readonly record: RotationRecord; readonly snapshot: Snapshot } {
  const clusters = Array.from({ length: count }, (_, index) => `cluster-${index}`);
  const holding = {
    ...{
      bundleSha256: 'b'.repeat(64),
      roots: ['a'.repeat(64), 'c'.repeat(64)],
      signer: 'd'.repeat(64),
      signerRoot: 'a'.repeat(64),
    },
    signerNotAfterMs: 9_000,
  };
  const evidence = {
    ...{
      receivedAtMs: 1_000,
      clusterUid: 'u',
      namesake: undefined,
      appliedTerm: 1,
      appliedGeneration: 1,
      nudges: 0,
      written: holding,
    },
    ...{ replicas: [], namespaces: [], workloads: [], problems: [] },
  };
  return {
    record: newRecord('demo', root, 1),
    snapshot: {
      ...{ clusters, evidence: new Map(clusters.map((cluster) => [cluster, evidence])), knownRoots: new Set([root.fingerprint]) },
      ...{ heardSinceMs: 0, links: noLinks },
    },
  };
}

const cells = { green: 4, red: 0, unknown: 0 };

describe('what is kept when a step passes', () => {
  it('says of each cluster what of it has reached the row, and by which fingerprints', () => {
    const told = JSON.parse(describeStep({ ...momentOf(2), policy, cells, nowMs: 2_000 }, 'verify')) as { clusters: object[] };
    expect(told).toMatchObject({ move: 'verify', step: 'PREVIOUS_CA', matrix: { counts: cells, notGreen: [] } });
    expect(told.clusters).toMatchObject([
      { cluster: 'cluster-0', membership: 'member', bundleSha256: 'b'.repeat(64), workloads: { reached: 0, total: 0 } },
      { cluster: 'cluster-1' },
    ]);
  });

  it('lists cells that are not green, so many at the most', () => {
    const told = describeStep({ ...momentOf(2), policy, cells: { green: 0, red: 0, unknown: 4 }, nowMs: 2_000 }, 'verify');
    expect(JSON.parse(told)).toMatchObject({ matrix: { notGreen: expect.any(Array) } });
  });

  it('takes less than a megabyte for a thousand clusters', () => {
    const text = describeStep({ ...momentOf(1_000), policy, cells, nowMs: 2_000 }, 'verify');
    expect(text.length).toBeLessThan(1_000_000);
    expect(text.length / 1_000).toBeGreaterThan(100);
  });
});
