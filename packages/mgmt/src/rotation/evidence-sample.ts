/** Evidence and policies for tests: clusters that hold what they were told in full. Used by tests alone. */
import { type Assignment, assignmentOf, memberAssignmentOf } from './assignment.ts';
import type { ClusterEvidence, Holding, Snapshot, WorkloadHolding } from './evidence.ts';
import { noLinks } from './link.ts';
import type { NewRoot } from './new-record.ts';
import { defaultRotationPolicy, type Policy, type RotationPolicy } from './policy.ts';
import type { RotationRecord } from './record.ts';

export const rootA: NewRoot = { fingerprint: 'a'.repeat(64), notBeforeMs: 0, notAfterMs: 100_000 };
export const rootB: NewRoot = { fingerprint: 'b'.repeat(64), notBeforeMs: 0, notAfterMs: 200_000 };
export const rootC: NewRoot = { fingerprint: 'c'.repeat(64), notBeforeMs: 0, notAfterMs: 300_000 };

/** The defaults of a spec that asks for no verification, and short times: what a mesh asks for. */
export const sampleRotation: RotationPolicy = { ...defaultRotationPolicy, verification: 'none', rootKeyRetentionMs: 1_000_000 };

/** The same with what is not the mesh's to ask for. */
export const samplePolicy: Policy = {
  ...sampleRotation,
  silentAfterMs: 5_000,
  finishedHoldMs: 10_000,
  window: { kind: 'open' },
};

/** A cluster of two replicas, two namespaces and three workloads that all hold what the record tells `cluster`. */
export function evidenceOf(record: RotationRecord, changes: Partial<ClusterEvidence> = {}, cluster = 'east'): ClusterEvidence {
  const assignment = assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster);
  return { ...evidenceFor(assignment), ...changes };
}

/** The same for what a cluster was told by whomever. */
export function evidenceFor({ row, generation }: Assignment): ClusterEvidence {
  const holding = holdingFor(row);
  const trust: Holding = { ...holding, signer: undefined, signerRoot: undefined };
  return {
    receivedAtMs: 2_000,
    clusterUid: 'uid',
    namesake: undefined,
    appliedTerm: 1,
    appliedGeneration: generation,
    nudges: 1,
    written: holding,
    replicas: ['istiod-0', 'istiod-1'].map((replica) => ({ replica, holding, failure: undefined, multiRoot: 'on' })),
    namespaces: ['default', 'payments'].map((namespace) => ({ namespace, holding: trust })),
    workloads: [workloadsHolding(holding)],
    problems: [],
  };
}

/** A group of three workloads whose proxies were read, with differences. */
export function workloadsHolding(holding: Holding, differing: Partial<WorkloadHolding> = {}): WorkloadHolding {
  const examples = ['web-0', 'web-1', 'web-2'];
  const known = { method: 'proxy-config', learns: 'pushed', unread: undefined } as const;
  return { namespace: 'default', holding, count: 3, examples, ...known, ...differing };
}

/** What a place holds that has reached what the record tells `cluster`. */
export function holdingOf(record: RotationRecord, cluster = 'east'): Holding {
  return holdingFor((assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster)).row);
}

/** Clusters that hold what they are told in full unless one is replaced or, by `undefined`, has never reported. */
export function snapshotOf(
  record: RotationRecord,
  replaced: Record<string, ClusterEvidence | undefined> = {},
  clusters: readonly string[] = ['east', 'west'],
): Snapshot {
  const known = clusters.flatMap((name) => {
    const evidence = Object.hasOwn(replaced, name) ? replaced[name] : evidenceOf(record, {}, name);
    return evidence === undefined ? [] : [[name, evidence] as const];
  });
  const knownRoots = new Set([rootA, rootB, rootC, ...record.roots].map(({ fingerprint }) => fingerprint));
  return { clusters, evidence: new Map(known), knownRoots, heardSinceMs: 0, links: noLinks };
}

function holdingFor({ roots, signer }: Assignment['row']): Holding {
  return {
    bundleSha256: `bytes of ${roots.join()}`,
    roots,
    signer: `intermediate under ${signer}`,
    signerRoot: signer,
    signerNotAfterMs: 90_000,
  };
}
