import type { InspectedBudget } from '@reroot/shared/protocol';
import {
  type ClusterEvidence,
  isMember,
  isSilent,
  judgeCluster,
  type Policy,
  type RotationRecord,
  type Snapshot,
} from '../rotation/index.ts';
import type { PlanFacts } from './plan-facts.ts';

/** What of one cluster's last report a plan depends on. */
export interface ClusterFacts {
  readonly cluster: string;
  readonly presence: 'reporting' | 'silent' | 'never-seen';
  readonly evidence: ClusterEvidence | undefined;
  readonly replicas: number;
  /** Replicas without ISTIO_MULTIROOT_MESH, which refuse every change of roots while they run. */
  readonly refusing: number;
  /** Workloads that are pushed new trust. */
  readonly pushed: number;
  /** Those that take it only with their next certificate or start. */
  readonly renewed: number;
  /** Those whose proxies are not read: proven by their start, or by the end of their leaf. */
  readonly unread: number;
  /** Of these, the ones whose proxies will never say anything. */
  readonly unprovable: number;
  /** Workloads that are not pushed to, in the namespace that has the most of them. */
  readonly slowestNamespace: number;
  /** What PodDisruptionBudgets say of what the policy restarts: `blocked` when one bears no disruption now. */
  readonly budgets: 'bear' | 'blocked' | 'unknown';
}

/** Facts of every cluster of the mesh, by name. */
export type FactsOf = ReadonlyMap<string, ClusterFacts>;

type ReadingPolicy = Pick<Policy, 'silentAfterMs' | 'restarts' | 'workloadRestarts'>;

/** Reads the facts of every cluster off its last report, and off what the last preflight has seen. */
export function readClusters(
  { snapshot: { clusters, evidence }, budgets, nowMs }: Pick<PlanFacts, 'snapshot' | 'budgets' | 'nowMs'>,
  policy: ReadingPolicy,
): FactsOf {
  return new Map(
    clusters.map((cluster) => [
      cluster,
      {
        ...factsOf(cluster, evidence.get(cluster), policy, nowMs),
        budgets: budgetsOf(evidence.get(cluster), budgets.get(cluster), policy),
      },
    ]),
  );
}

/** A budget binds only what is restarted at all. What the agent has run into counts, whatever was seen before. */
function budgetsOf(
  evidence: ClusterEvidence | undefined,
  seen: readonly InspectedBudget[] | undefined,
  { restarts, workloadRestarts }: ReadingPolicy,
): ClusterFacts['budgets'] {
  if (evidence?.problems.some(({ code }) => code === 'RR_ROLLOUT_BLOCKED') === true) return 'blocked';
  if (seen === undefined) return 'unknown';
  const binding = { istiod: restarts !== 'never', gateway: workloadRestarts !== 'never' };
  return seen.some(({ guards, allowed }) => binding[guards] && allowed <= 0) ? 'blocked' : 'bear';
}

function factsOf(
  cluster: string,
  evidence: ClusterEvidence | undefined,
  policy: ReadingPolicy,
  nowMs: number,
): Omit<ClusterFacts, 'budgets'> {
  const counts = { pushed: 0, renewed: 0, unread: 0, unprovable: 0 };
  const slow = new Map<string, number>();
  for (const { namespace, count, method, learns, unread } of evidence?.workloads ?? []) {
    const isRead = unread === undefined && method === 'proxy-config';
    if (!isRead) counts.unread += count;
    if (unread === 'unsupported') counts.unprovable += count;
    if (isRead && learns === 'pushed') counts.pushed += count;
    if (isRead && learns === 'renewed') counts.renewed += count;
    if (!isRead || learns === 'renewed') slow.set(namespace, (slow.get(namespace) ?? 0) + count);
  }
  return {
    ...{ cluster, evidence, ...counts, presence: presenceOf(evidence, policy, nowMs) },
    replicas: evidence?.replicas.length ?? 0,
    refusing: evidence?.replicas.filter(({ multiRoot }) => multiRoot === 'off').length ?? 0,
    slowestNamespace: Math.max(0, ...slow.values()),
  };
}

function presenceOf(
  evidence: ClusterEvidence | undefined,
  policy: Pick<Policy, 'silentAfterMs'>,
  nowMs: number,
): ClusterFacts['presence'] {
  if (evidence === undefined) return 'never-seen';
  return isSilent(evidence, policy, nowMs) ? 'silent' : 'reporting';
}

/** Members that are proven to hold what they are told now. */
export function findUpToDate(record: RotationRecord, snapshot: Snapshot, policy: Policy, nowMs: number): ReadonlySet<string> {
  const members = snapshot.clusters.filter((cluster) => isMember(record, cluster));
  return new Set(members.filter((cluster) => judgeCluster(record, cluster, snapshot, policy, nowMs).passed));
}
