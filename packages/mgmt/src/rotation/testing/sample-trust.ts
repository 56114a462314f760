/** Evidence for tests of the matrix: clusters that hold what is written down for them, wherever they hold it. */
import type { ClusterEvidence, Holding, Snapshot } from '../evidence.ts';
import { evidenceOf, samplePolicy, snapshotOf, workloadsHolding } from '../evidence-sample.ts';
import type { Look } from '../matrix/live-places.ts';
import { lookAt } from '../matrix/look-at.ts';
import { newRecord } from '../new-record.ts';
import type { RequiredEvidence } from '../policy.ts';
import { nowMs, rest } from './sample-run.ts';

/** Trust as people write it: `AB|A` is a bundle of A and B beside a leaf under A, `AB|` one beside no leaf, `A|?` a chain under no root. */
export function trust(text: string): Holding {
  const [bundle = '', leaf = ''] = text.split('|');
  const roots = [...bundle].map(rootNamed);
  const known = leaf === '' ? {} : { signer: `intermediate under ${leaf}` };
  const under = [...leaf].filter((name) => name !== '?').map(rootNamed);
  return {
    bundleSha256: `bytes of ${bundle}`,
    roots,
    signer: undefined,
    ...known,
    signerRoot: under[0],
    ...(under.length > 1 ? { anchors: under } : {}),
    signerNotAfterMs: undefined,
  };
}

/** The fingerprint of a root with a name of one letter. */
export function rootNamed(name: string): string {
  return name.toLowerCase().repeat(64);
}

/** What a cluster reports whose replicas hold the first, and whose groups of workloads, of namespaces shop-0, shop-1, …, hold the others. */
export function holding(replica: string, ...workloads: readonly string[]): ClusterEvidence {
  return evidenceOf(rest, {
    receivedAtMs: nowMs,
    replicas: [{ replica: 'istiod-0', holding: trust(replica), failure: undefined, multiRoot: 'on' }],
    workloads: workloads.map((text, index) => workloadsHolding(trust(text), { namespace: `shop-${index}` })),
  });
}

/** A fleet of clusters that hold these; undefined for one that never reported. */
export function fleetOf(clusters: Readonly<Record<string, ClusterEvidence | undefined>>): Snapshot {
  return snapshotOf(
    newRecord('demo', { fingerprint: rootNamed('A'), notBeforeMs: 0, notAfterMs: 1 }, 0),
    clusters,
    Object.keys(clusters),
  );
}

/** How a matrix looks at the clusters of a fleet. */
export function looksAt(fleet: Snapshot, requiredEvidence: RequiredEvidence = 'held', atMs = nowMs): (cluster: string) => Look {
  return (cluster) => lookAt(cluster, fleet, { ...samplePolicy, requiredEvidence }, atMs);
}
