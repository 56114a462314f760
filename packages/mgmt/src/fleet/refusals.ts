import type { ErrorCode } from '@reroot/shared/errors';
import type { ClusterName } from './link-accounts.ts';

/** How many messages were refused, by reason. */
export type RefusalCounts = Readonly<Partial<Record<ErrorCode, number>>>;

/** Counts the messages that mgmt has refused since it started. */
export interface Refusals {
  /** @param from under whose name the message came, whatever that is */
  count(reason: ErrorCode, from: ClusterName): void;
  /** Under the name of a cluster, in whatever mesh. */
  of(cluster: string): RefusalCounts;
  /** Under whatever name. */
  total(): RefusalCounts;
  /** Under all names that mgmt does not know. */
  ofStrangers(): RefusalCounts;
}

/** Starts at nothing. Only clusters that are known get counts of their own: anybody can make names up. */
export function createRefusals(isKnown: (mesh: string, cluster: string) => boolean): Refusals {
  const byCluster = new Map<string, Counts>();
  const strangers: Counts = new Map();
  const total: Counts = new Map();
  const countsOf = ({ mesh, cluster }: ClusterName): Counts => {
    if (!isKnown(mesh, cluster)) return strangers;
    const counts = byCluster.get(cluster) ?? new Map<ErrorCode, number>();
    byCluster.set(cluster, counts);
    return counts;
  };
  return {
    count: (reason, from) => {
      for (const counts of [countsOf(from), total]) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    },
    of: (cluster) => Object.fromEntries(byCluster.get(cluster) ?? []),
    total: () => Object.fromEntries(total),
    ofStrangers: () => Object.fromEntries(strangers),
  };
}

type Counts = Map<ErrorCode, number>;
