import type { Laggard, Tally, Verdict } from '@reroot/shared/api';
import type { ClusterEvidence, Holding, NamespaceHolding, ReplicaHolding, Snapshot, WorkloadHolding } from './evidence.ts';
import type { RotationRecord } from './record.ts';
import { type Row, rowOf } from './row.ts';

/** How long a cluster may keep silent before its last report no longer counts. */
export interface GatePolicy {
  readonly silentAfterMs: number;
}

/** What the gates measure evidence against. */
interface Goal {
  readonly row: Row;
  readonly generation: number;
}

/** One check of one cluster's evidence: gives the laggards that keep it from passing, none when it passes. */
interface Gate {
  /** Stable reason, the same in CLI, API, metrics, log and page. */
  readonly reason: string;
  readonly check: (evidence: ClusterEvidence, goal: Goal) => readonly Finding[];
}

/** A laggard before its cluster and reason are put on. */
type Finding = Omit<Laggard, 'cluster' | 'reason'>;

/** Why the first gate of all, presence, does not pass. */
export const silenceReasons = { neverSeen: 'ClusterNeverReported', silent: 'ClusterSilent' } as const;

/**
 * The gates of a row, in the order in which a cluster passes them. Each needs the ones before it: a replica can only
 * be measured against what was written, and a workload only against what the replicas hand out.
 */
export const gates: readonly Gate[] = [
  { reason: 'GenerationNotApplied', check: generationNotApplied },
  { reason: 'NotWritten', check: notWritten },
  { reason: 'ReplicaNotLoaded', check: replicaNotLoaded },
  { reason: 'NudgePending', check: nudgePending },
  { reason: 'NamespaceNotPublished', check: namespaceNotPublished },
  { reason: 'WorkloadTrustDiffers', check: workloadTrustDiffers },
  { reason: 'WorkloadSignedByOtherRoot', check: workloadSignedByOtherRoot },
];

/** Judges every cluster of the mesh against the row in force. The reason is the earliest gate that still fails. */
export function judgeMesh(record: RotationRecord, snapshot: Snapshot, policy: GatePolicy, nowMs: number): Verdict {
  const goal = goalOf(record);
  const laggards = snapshot.clusters.flatMap((cluster) =>
    laggardsOf(cluster, snapshot.evidence.get(cluster), goal, policy, nowMs),
  );
  return verdictOf(laggards, `every cluster holds ${record.step}`);
}

/** Judges one cluster against the row in force. */
export function judgeCluster(
  record: RotationRecord,
  cluster: string,
  evidence: ClusterEvidence | undefined,
  policy: GatePolicy,
  nowMs: number,
): Verdict {
  return verdictOf(laggardsOf(cluster, evidence, goalOf(record), policy, nowMs), `the cluster holds ${record.step}`);
}

/** Counts how much of a cluster has reached the row in force, level by level. */
export function tallyCluster(
  record: RotationRecord,
  evidence: ClusterEvidence | undefined,
): { replicas: Tally; namespaces: Tally; workloads: Tally } {
  const { row } = goalOf(record);
  const workloads = evidence?.workloads ?? [];
  return {
    replicas: tally(
      evidence?.replicas ?? [],
      (replica) => hasLoaded(replica, evidence?.written) && holdsRow(replica.holding, row),
    ),
    namespaces: tally(evidence?.namespaces ?? [], ({ holding }) => trustsRow(holding, row)),
    workloads: {
      reached: sum(workloads.filter(({ holding }) => holdsRow(holding, row))),
      total: sum(workloads),
    },
  };
}

function goalOf(record: RotationRecord): Goal {
  return { row: rowOf(record), generation: record.generation };
}

function laggardsOf(
  cluster: string,
  evidence: ClusterEvidence | undefined,
  goal: Goal,
  policy: GatePolicy,
  nowMs: number,
): readonly Laggard[] {
  if (evidence === undefined) {
    return [{ cluster, reason: silenceReasons.neverSeen, message: `${cluster} has never reported` }];
  }
  const silentMs = nowMs - evidence.receivedAtMs;
  if (silentMs > policy.silentAfterMs) {
    const message = `${cluster} has been silent for ${Math.round(silentMs / 1000)} s`;
    return [{ cluster, reason: silenceReasons.silent, message }];
  }
  for (const { reason, check } of gates) {
    const findings = check(evidence, goal);
    if (findings.length > 0)
      return findings.map((finding) => ({ cluster, reason, ...finding, message: `${cluster}: ${finding.message}` }));
  }
  return [];
}

const reasonOrder: readonly string[] = [silenceReasons.neverSeen, silenceReasons.silent, ...gates.map(({ reason }) => reason)];

function verdictOf(laggards: readonly Laggard[], passed: string): Verdict {
  const first = laggards.toSorted((a, b) => reasonOrder.indexOf(a.reason) - reasonOrder.indexOf(b.reason))[0];
  if (first === undefined) return { passed: true, reason: 'Passed', message: passed, laggards: [] };
  const more = laggards.length === 1 ? '' : ` (and ${laggards.length - 1} more)`;
  return { passed: false, reason: first.reason, message: `waiting: ${first.message}${more}`, laggards };
}

function generationNotApplied(evidence: ClusterEvidence, { generation }: Goal): readonly Finding[] {
  if (evidence.appliedGeneration === generation) return [];
  return [
    { message: `the agent has applied generation ${evidence.appliedGeneration}, not ${generation}${problemsOf(evidence)}` },
  ];
}

function notWritten(evidence: ClusterEvidence, { row }: Goal): readonly Finding[] {
  if (holdsRow(evidence.written, row)) return [];
  const what =
    evidence.written === undefined ? 'there is no cacerts Secret' : 'the cacerts Secret does not hold the row in force';
  return [{ message: `${what}${problemsOf(evidence)}` }];
}

function replicaNotLoaded(evidence: ClusterEvidence): readonly Finding[] {
  if (evidence.replicas.length === 0) return [{ message: `no istiod replica was found${problemsOf(evidence)}` }];
  return evidence.replicas
    .filter((replica) => !hasLoaded(replica, evidence.written))
    .map(({ replica, failure }) => ({
      replica,
      message:
        failure === undefined ? `${replica} has not loaded what the Secret holds` : `${replica} could not be probed: ${failure}`,
    }));
}

function nudgePending(evidence: ClusterEvidence, { row }: Goal): readonly Finding[] {
  if (row.nudge !== 'when-loaded' || evidence.nudges > 0) return [];
  return [{ message: 'the proxies have not been nudged to ask for new certificates' }];
}

function namespaceNotPublished(evidence: ClusterEvidence, { row }: Goal): readonly Finding[] {
  if (evidence.namespaces === undefined) return [{ message: `the namespaces could not be listed${problemsOf(evidence)}` }];
  return evidence.namespaces
    .filter(({ holding }) => !trustsRow(holding, row))
    .map(({ namespace }) => ({
      namespace,
      message: `istio-ca-root-cert of namespace ${namespace} does not hold the roots of the row`,
    }));
}

function workloadTrustDiffers(evidence: ClusterEvidence, { row }: Goal): readonly Finding[] {
  if (evidence.workloads === undefined) return [{ message: `the workloads could not be listed${problemsOf(evidence)}` }];
  return evidence.workloads
    .filter(({ holding }) => !trustsRow(holding, row))
    .map((group) => workloadFinding(group, 'trust other roots than the row'));
}

function workloadSignedByOtherRoot({ workloads = [] }: ClusterEvidence, { row }: Goal): readonly Finding[] {
  return workloads
    .filter(({ holding }) => holding.signerRoot !== row.signer)
    .map((group) => workloadFinding(group, 'hold a leaf of another root'));
}

function workloadFinding({ namespace, count, examples }: WorkloadHolding, what: string): Finding {
  const example = examples[0];
  const named = example === undefined ? '' : ` (${examples.slice(0, 3).join(', ')}${count > 3 ? ', …' : ''})`;
  return {
    namespace,
    ...(example === undefined ? {} : { workload: example }),
    message: `${count} workload${count === 1 ? '' : 's'} of namespace ${namespace}${named} ${what}`,
  };
}

/** Loaded is equality of exact bytes and of the signing certificate with what is written: Istio compares nothing else. */
function hasLoaded({ holding }: ReplicaHolding, written: Holding | undefined): boolean {
  return (
    holding !== undefined &&
    written !== undefined &&
    holding.bundleSha256 === written.bundleSha256 &&
    holding.signer === written.signer
  );
}

function holdsRow(holding: Holding | undefined, row: Row): boolean {
  return trustsRow(holding, row) && holding?.signerRoot === row.signer;
}

/** Trusted is the set of certificates: order, repetition and text between them do not matter. */
function trustsRow(holding: Holding | undefined, row: Row): boolean {
  if (holding === undefined) return false;
  const held = new Set(holding.roots);
  return held.size === row.roots.length && row.roots.every((root) => held.has(root));
}

function problemsOf({ problems }: ClusterEvidence): string {
  return problems.length === 0 ? '' : `; the agent says: ${problems.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
}

function tally<T extends ReplicaHolding | NamespaceHolding>(items: readonly T[], reached: (item: T) => boolean): Tally {
  return { reached: items.filter(reached).length, total: items.length };
}

function sum(groups: readonly WorkloadHolding[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}
