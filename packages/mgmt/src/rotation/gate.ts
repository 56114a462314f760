import type { WorkloadRestart } from '@reroot/shared/protocol';
import type { Assignment } from './assignment.ts';
import type { ClusterEvidence, ReplicaHolding } from './evidence.ts';
import { type Findings, type Found, findFailing, findingsOf, foundOne } from './findings.ts';
import { hasLoaded, holdsRow, trustsOf } from './holds-row.ts';
import type { RequiredEvidence, RotationPolicy } from './policy.ts';
import { problemsOf } from './reported-problems.ts';
import { workloadNotProven, workloadSignedByOtherRoot, workloadTrustDiffers } from './workload-gate.ts';

/** What of the policy gates need: how far they ask, and whether they can offer that the agent restarts workloads. */
export type GatePolicy = Pick<RotationPolicy, 'requiredEvidence' | 'workloadRestarts'>;

/** One check of one cluster's evidence: gives the laggards that keep it from passing, if any do. */
export interface Gate {
  /** Stable reason, the same in CLI, API, metrics, log and page. */
  readonly reason: string;
  /** What it waits for, as a part of a sentence. */
  readonly waitsFor: string;
  /** The level of evidence that it looks at; `always` whatever level the policy asks for. */
  readonly level: RequiredEvidence | 'always';
  readonly check: (evidence: ClusterEvidence, goal: Assignment, restarts: WorkloadRestart) => Found | undefined;
}

/**
 * The gates of a row, in the order in which a cluster passes them. Each needs the ones before it: a replica can only
 * be measured against what was written, and a workload only against what the replicas hand out.
 */
export const gates = [
  {
    reason: 'ClusterNameShared',
    waitsFor: 'one cluster alone to report under the name',
    level: 'always',
    check: nameShared,
  },
  {
    reason: 'GenerationNotApplied',
    waitsFor: 'the agent to accept the row in force',
    level: 'always',
    check: generationNotApplied,
  },
  { reason: 'NotWritten', waitsFor: 'the `cacerts` Secret to hold the row', level: 'written', check: notWritten },
  {
    reason: 'ReplicaNotLoaded',
    waitsFor: 'an istiod replica, asked at its own address, to sign with and hand out what the Secret holds',
    level: 'loaded',
    check: replicaNotLoaded,
  },
  {
    reason: 'NudgePending',
    waitsFor: 'the proxies to be made to ask for new certificates',
    level: 'loaded',
    check: nudgePending,
  },
  {
    reason: 'NamespaceNotPublished',
    waitsFor: "a namespace's `istio-ca-root-cert` to hold the roots of the row",
    level: 'published',
    check: namespaceNotPublished,
  },
  {
    reason: 'WorkloadNotProven',
    waitsFor: 'proof of what workloads hold: from their proxies, by their start, or by the end of their leaf',
    level: 'held',
    check: workloadNotProven,
  },
  {
    reason: 'WorkloadTrustDiffers',
    waitsFor: 'workloads to trust the roots of the row, and no others',
    level: 'held',
    check: workloadTrustDiffers,
  },
  {
    reason: 'WorkloadSignedByOtherRoot',
    waitsFor: "workloads to hold a leaf of the row's signing root",
    level: 'held',
    check: workloadSignedByOtherRoot,
  },
] as const satisfies readonly Gate[];

export type GateReason = (typeof gates)[number]['reason'];

const levels: readonly RequiredEvidence[] = ['written', 'loaded', 'published', 'held'];

const gatesByLevel: Readonly<Record<RequiredEvidence, readonly Gate[]>> = {
  written: gatesUpTo('written'),
  loaded: gatesUpTo('loaded'),
  published: gatesUpTo('published'),
  held: gatesUpTo('held'),
};

function gatesUpTo(required: RequiredEvidence): readonly Gate[] {
  return gates.filter(({ level }) => level === 'always' || levels.indexOf(level) <= levels.indexOf(required));
}

/**
 * Measures one cluster's evidence against what it was told. Gives the laggards of the first gate that does not pass,
 * undefined when all do.
 */
export function measure(
  cluster: string,
  evidence: ClusterEvidence,
  goal: Assignment,
  { requiredEvidence, workloadRestarts }: GatePolicy,
): Findings | undefined {
  for (const { reason, check } of gatesByLevel[requiredEvidence]) {
    const found = check(evidence, goal, workloadRestarts);
    if (found === undefined) continue;
    return findingsOf(reason, found.count, (most) =>
      (check(evidence, goal, workloadRestarts)?.list(most) ?? []).map((finding) => ({
        cluster,
        reason,
        ...finding,
        message: `${cluster}: ${finding.message}`,
      })),
    );
  }
  return undefined;
}

function nameShared({ namesake, clusterUid }: ClusterEvidence): Found | undefined {
  if (namesake === undefined) return undefined;
  return foundOne(() => {
    const known = clusterUid === '' ? 'another cluster' : `cluster ${clusterUid}`;
    return { message: `${known} and cluster ${namesake} both report under this name` };
  });
}

function generationNotApplied(evidence: ClusterEvidence, { generation }: Assignment): Found | undefined {
  const { appliedGeneration } = evidence;
  if (appliedGeneration === generation) return undefined;
  return foundOne(() => ({
    message: `the agent has applied generation ${appliedGeneration}, not ${generation}${problemsOf(evidence)}`,
  }));
}

function notWritten(evidence: ClusterEvidence, { row }: Assignment): Found | undefined {
  const { written, secret } = evidence;
  if (holdsRow(written, row)) return undefined;
  const missing = secret === 'unknown' ? 'the cacerts Secret could not be read' : 'there is no cacerts Secret';
  const what = written === undefined ? missing : 'the cacerts Secret does not hold the row in force';
  return foundOne(() => ({ message: `${what}${problemsOf(evidence)}` }));
}

function replicaNotLoaded(evidence: ClusterEvidence): Found | undefined {
  const { replicas, written } = evidence;
  if (replicas.length === 0) return foundOne(() => ({ message: `no istiod replica was found${problemsOf(evidence)}` }));
  return findFailing(
    replicas,
    (replica) => hasLoaded(replica, written),
    (replica) => ({ replica: replica.replica, message: lateText(replica) }),
  );
}

function lateText({ replica, failure, multiRoot }: ReplicaHolding): string {
  if (failure !== undefined) return `${replica} could not be probed: ${failure}`;
  const why =
    multiRoot === 'off'
      ? ': it runs without ISTIO_MULTIROOT_MESH=true, and so refuses every change of roots until it is restarted'
      : '';
  return `${replica} has not loaded what the Secret holds${why}`;
}

function nudgePending(evidence: ClusterEvidence, { row }: Assignment): Found | undefined {
  if (row.nudge !== 'when-loaded' || evidence.nudges > 0) return undefined;
  return foundOne(() => ({ message: 'the proxies have not been nudged to ask for new certificates' }));
}

function namespaceNotPublished(evidence: ClusterEvidence, { row }: Assignment): Found | undefined {
  const { namespaces } = evidence;
  if (namespaces === undefined) {
    return foundOne(() => ({ message: `the namespaces could not be listed${problemsOf(evidence)}` }));
  }
  return findFailing(namespaces, trustsOf(row), ({ namespace }) => ({
    namespace,
    message: `istio-ca-root-cert of namespace ${namespace} does not hold the roots of the row`,
  }));
}
