import type { ClusterStatus, Tally, WorkloadTally } from '@reroot/shared/api';
import type { ClusterEvidence, NamespaceHolding, ReplicaHolding, WorkloadHolding } from './evidence.ts';
import { hasLoaded, holdsRow, isProven, trustsRow } from './holds-row.ts';
import type { TrustRow } from './row.ts';

/** Counts how much of a cluster has reached a row, level by level. */
export function tallyCluster(
  row: TrustRow,
  evidence: ClusterEvidence | undefined,
): Pick<ClusterStatus, 'replicas' | 'namespaces' | 'workloads'> {
  const reached = reachedBy(evidence, row);
  return {
    replicas: tally(evidence?.replicas ?? [], reached.replica),
    namespaces: tally(evidence?.namespaces ?? [], reached.namespace),
    workloads: tallyWorkloads(evidence?.workloads ?? [], reached.workloads),
  };
}

/** Which places of a cluster have reached a row. */
export interface Reached {
  readonly replica: (replica: ReplicaHolding) => boolean;
  readonly namespace: (namespace: NamespaceHolding) => boolean;
  readonly workloads: (group: WorkloadHolding) => boolean;
}

/** What reaching a row means for each place of a cluster. */
export function reachedBy(evidence: Pick<ClusterEvidence, 'written'> | undefined, row: TrustRow): Reached {
  return {
    replica: (replica) => hasLoaded(replica, evidence?.written) && holdsRow(replica.holding, row),
    namespace: ({ holding }) => trustsRow(holding, row),
    workloads: (group) => isProven(group) && holdsRow(group.holding, row),
  };
}

function tallyWorkloads(groups: readonly WorkloadHolding[], reached: Reached['workloads']): WorkloadTally {
  return {
    reached: sum(groups.filter(reached)),
    total: sum(groups),
    methods: countBy(groups, ({ method }) => method),
    unread: countBy(groups, ({ unread }) => unread),
  };
}

function tally<T>(items: readonly T[], reached: (item: T) => boolean): Tally {
  return { reached: items.filter(reached).length, total: items.length };
}

function sum(groups: readonly WorkloadHolding[]): number {
  return groups.reduce((total, { count }) => total + count, 0);
}

/** Workloads by what is said of their group; those of which nothing is said are left out. */
function countBy<Name extends string>(
  groups: readonly WorkloadHolding[],
  nameOf: (group: WorkloadHolding) => Name | undefined,
): Partial<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const group of groups) {
    const name = nameOf(group);
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + group.count;
  }
  return counts;
}
