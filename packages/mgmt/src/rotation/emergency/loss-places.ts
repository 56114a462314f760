import type { Snapshot, WorkloadHolding } from '../evidence.ts';

/** How many names a sentence has before it says how many more there are. */
const maxNamed = 10;

/** Workloads of some kind, counted by cluster and namespace. */
export interface WorkloadCount {
  readonly total: number;
  /** `east: shop 3, web 1; west: shop 2`; clusters and namespaces beyond the tenth are counted only. */
  readonly places: string;
}

/** Counts the workloads of some clusters that are as asked for. */
export function countWorkloads(
  { evidence }: Pick<Snapshot, 'evidence'>,
  clusters: readonly string[],
  isMeant: (group: WorkloadHolding) => boolean,
): WorkloadCount {
  let total = 0;
  const places: string[] = [];
  for (const cluster of clusters) {
    const byNamespace = new Map<string, number>();
    for (const group of evidence.get(cluster)?.workloads ?? []) {
      if (!isMeant(group)) continue;
      total += group.count;
      byNamespace.set(group.namespace, (byNamespace.get(group.namespace) ?? 0) + group.count);
    }
    if (byNamespace.size === 0) continue;
    places.push(`${cluster}: ${namesText([...byNamespace].map(([namespace, count]) => `${namespace} ${count}`))}`);
  }
  return { total, places: namesText(places, '; ') };
}

/** The first names, and how many more there are. */
export function namesText(names: readonly string[], separator = ', '): string {
  const more = names.length - maxNamed;
  return more <= 0 ? names.join(separator) : `${names.slice(0, maxNamed).join(separator)} and ${more} more`;
}

/** `1 cluster`, `3 clusters`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
