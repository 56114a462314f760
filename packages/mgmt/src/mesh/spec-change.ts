import { isDeepStrictEqual } from 'node:util';
import type { State } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { MeshSpec } from './mesh-spec.ts';

/**
 * The parts of a spec on which the evidence of a rotation under way rests: another trust domain, another kind of
 * intermediate or another place that it comes from would make what is proven already untrue.
 */
const lockedParts = ['trustDomain', 'intermediate', 'intermediateSource'] as const satisfies readonly (keyof MeshSpec)[];

/** States in which every cluster is meant to hold one root, and no step is under way. */
const restingStates: ReadonlySet<State> = new Set(['NOT_ROTATING', 'PREVIOUS_CA', 'FINISHED']);

/**
 * Refuses a change that would move the goal of a rotation under way. Clusters may come and go, and policies change.
 * @throws RR_MESH_LOCKED naming what has to wait
 */
export function requireChangeable(before: MeshSpec, after: MeshSpec, state: State): void {
  if (restingStates.has(state)) return;
  const changed = lockedParts.filter((part) => !isDeepStrictEqual(before[part], after[part]));
  if (changed.length === 0) return;
  throw new RerootError('RR_MESH_LOCKED', `mesh ${before.mesh} is in ${state}: ${changed.join(', ')} cannot be changed now`);
}

/** Which clusters join the mesh and which leave it, each in the order of its spec. */
export function clusterChange(
  before: Pick<MeshSpec, 'clusters'>,
  after: Pick<MeshSpec, 'clusters'>,
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const [old, next] = [new Set(before.clusters), new Set(after.clusters)];
  return {
    added: after.clusters.filter((cluster) => !old.has(cluster)),
    removed: before.clusters.filter((cluster) => !next.has(cluster)),
  };
}

/**
 * Refuses clusters that mgmt cannot speak with.
 * @param configured names of the clusters whose public keys mgmt has
 * @throws RR_MESH_CLUSTER_UNKNOWN
 */
export function requireConfigured({ clusters }: MeshSpec, configured: ReadonlySet<string>): void {
  const unknown = clusters.filter((cluster) => !configured.has(cluster));
  if (unknown.length === 0) return;
  throw new RerootError('RR_MESH_CLUSTER_UNKNOWN', `no public key is configured for ${unknown.join(', ')}`, {
    place: 'spec.clusters',
  });
}

/**
 * Refuses clusters of other meshes.
 * @throws RR_MESH_CLUSTER_TAKEN
 */
export function requireFree(spec: MeshSpec, others: readonly MeshSpec[]): void {
  for (const other of others) {
    const taken = other.mesh === spec.mesh ? undefined : spec.clusters.find((cluster) => other.clusters.includes(cluster));
    if (taken === undefined) continue;
    throw new RerootError('RR_MESH_CLUSTER_TAKEN', `cluster ${taken} belongs to mesh ${other.mesh}`, { place: 'spec.clusters' });
  }
}
