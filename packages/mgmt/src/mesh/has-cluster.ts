import type { MeshSpec } from './mesh-spec.ts';

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether a mesh has a cluster. Asked of each report: to look through the list of thousands for each would grow with their square. */
export function hasCluster({ clusters }: Pick<MeshSpec, 'clusters'>, cluster: string): boolean {
  const set = sets.get(clusters) ?? new Set(clusters);
  sets.set(clusters, set);
  return set.has(cluster);
}
