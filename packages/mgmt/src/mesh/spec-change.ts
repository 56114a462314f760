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

/** What a cluster is to a mesh that names it. */
export type ClusterPlace =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'other-mesh'; readonly mesh: string }
  | { readonly kind: 'revoked'; readonly by: string; readonly why: string };

/**
 * Refuses clusters that mgmt cannot speak with. One that was revoked may stay in the mesh that has it, and may not be added.
 * @throws RR_MESH_CLUSTER_UNKNOWN, RR_CLUSTER_OTHER_MESH, RR_CLUSTER_REVOKED
 */
export function requireKnown(
  { mesh, clusters }: MeshSpec,
  before: Pick<MeshSpec, 'clusters'> | undefined,
  placeOf: (mesh: string, cluster: string) => ClusterPlace,
): void {
  const place = 'spec.clusters';
  const places = clusters.map((cluster) => ({ cluster, is: placeOf(mesh, cluster) }));
  const unknown = places.filter(({ is }) => is.kind === 'unknown').map(({ cluster }) => cluster);
  if (unknown.length > 0) {
    throw new RerootError('RR_MESH_CLUSTER_UNKNOWN', `mgmt knows no key of ${unknown.join(', ')}`, { place });
  }
  for (const { cluster, is } of places) {
    if (is.kind === 'other-mesh') {
      throw new RerootError('RR_CLUSTER_OTHER_MESH', `cluster ${cluster} was added for mesh ${is.mesh}`, { place });
    }
    if (is.kind === 'revoked' && before?.clusters.includes(cluster) !== true) {
      throw new RerootError('RR_CLUSTER_REVOKED', `cluster ${cluster} was revoked by ${is.by}: ${is.why}`, { place });
    }
  }
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
