import { mgmtMetrics, renderMetrics } from '@reroot/shared/metrics';
import { readExposition } from '@reroot/shared/testing';
import { expect, it } from 'vitest';
import { evidenceOf, holdingOf, rootA, samplePolicy, snapshotOf } from '../../rotation/evidence-sample.ts';
import { type ClusterEvidence, decide, newRecord } from '../../rotation/index.ts';
import type { MeshMoment } from '../../runner/index.ts';
import { meshSamples } from './mesh-samples.ts';

const record = newRecord('demo', rootA, 1_000);
const policy = { ...samplePolicy, silentAfterMs: 10_000 };
const nowMs = 2_000;

/** What a cluster reports, by its place among the others; undefined for one that never did. */
type EvidenceAt = (index: number) => ClusterEvidence | undefined;

const evidence = evidenceOf(record, { receivedAtMs: nowMs });
const everyOther: EvidenceAt = (index) => (index % 2 === 0 ? evidence : undefined);

function momentOf(count: number, evidenceAt: EvidenceAt = everyOther): MeshMoment {
  const names = Array.from({ length: count }, (_, index) => `cluster-${String(index).padStart(4, '0')}`);
  const snapshot = snapshotOf(record, Object.fromEntries(names.map((name, index) => [name, evidenceAt(index)])), names);
  const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'rsa', bits: 2048 }, graceRatio: 0 } as const;
  const sources = { rootSource: { kind: 'generated' }, intermediateSource: { kind: 'mgmt' } } as const;
  const spec = {
    mesh: 'demo',
    clusters: names,
    trustDomain: 't',
    ...sources,
    root: options,
    intermediate: options,
    rotation: policy,
    maintenanceWindows: [],
  };
  const stored = { revision: 1, spec, record, verdict: undefined };
  const rest = { cells: { green: 4, red: 0, unknown: 0 }, keysLeft: new Map(), notStarted: undefined, drift: [], nowMs };
  const view = { stored, roots: new Map(), rootNames: new Set<string>() };
  return { view, snapshot, policy, decision: decide(record, snapshot, policy, nowMs), ...rest };
}

it('5,000 clusters cost hardly more series than a hundred, and quickly', () => {
  const moment = momentOf(5_000);
  meshSamples({ moment, preflight: undefined }, 100);
  const beganMs = process.cpuUsage().user;
  const samples = meshSamples({ moment, preflight: undefined }, 100);
  const cpuMs = (process.cpuUsage().user - beganMs) / 1_000;
  const text = renderMetrics(mgmtMetrics, samples);
  const named = new Set(samples.flatMap(({ labels }) => ('cluster' in labels ? [labels['cluster']] : [])));
  expect(named.size).toBe(100);
  // Those that it waits for come first.
  expect([...named].every((name) => Number(name.slice(-1)) % 2 === 1)).toBe(true);
  expect(readExposition(text).find(({ name }) => name === 'reroot_mesh_clusters_shown')?.value).toBe(100);
  expect(samples.length).toBeLessThan(600);
  expect(Buffer.byteLength(text)).toBeLessThan(100_000);
  expect(cpuMs).toBeLessThan(500);
});

it('1,000 clusters of 100 namespaces each, all of which lag behind, cost no more', () => {
  const behind = { ...holdingOf(record), roots: [], signer: undefined, signerRoot: undefined };
  const namespaces = Array.from({ length: 100 }, (_, index) => ({ namespace: `team-${index}`, holding: behind }));
  const moment = momentOf(1_000, () => ({ ...evidence, namespaces }));
  const samples = meshSamples({ moment, preflight: undefined }, 100);
  expect(samples.find(({ name }) => name === 'reroot_mesh_laggards')?.value).toBeGreaterThanOrEqual(100_000);
  expect(samples.length).toBeLessThan(600);
  expect(Buffer.byteLength(renderMetrics(mgmtMetrics, samples))).toBeLessThan(100_000);
});

it('a label has no more values than are said of it', () => {
  const samples = meshSamples({ moment: momentOf(60), preflight: undefined }, 100);
  const values = new Map<string, Set<string>>();
  for (const { name, labels } of samples) {
    for (const [label, value] of Object.entries(labels)) {
      values.set(`${name} ${label}`, (values.get(`${name} ${label}`) ?? new Set()).add(value));
    }
  }
  const beyond = [...values].filter(([key, { size }]) => {
    const [name = '', label = ''] = key.split(' ');
    const bound = Object.entries(mgmtMetrics[name as keyof typeof mgmtMetrics].labels).find(([each]) => each === label)?.[1]
      .atMost;
    return typeof bound === 'number' && size > bound;
  });
  expect(beyond).toEqual([]);
});
