import type { ClusterStatus } from './cluster-status.ts';
import type { ClusterDelta, LiveDelta, MeshDelta, Patch } from './live-messages.ts';
import type { MeshStatus } from './mesh-status.ts';

/**
 * The meshes after a change. What has not changed is the very same object as before. Pure.
 * @returns undefined when the change is not one of these meshes
 */
export function applyLiveDelta(meshes: readonly MeshStatus[], delta: LiveDelta): readonly MeshStatus[] | undefined {
  const known = new Map(meshes.map((mesh) => [mesh.mesh, mesh]));
  for (const change of delta.meshes) {
    const changed = applyToMesh(known.get(change.mesh), change);
    if (changed === undefined) return undefined;
    known.set(change.mesh, changed);
  }
  return inOrder(delta.meshNames ?? meshes.map(({ mesh }) => mesh), known);
}

function applyToMesh(before: MeshStatus | undefined, change: MeshDelta): MeshStatus | undefined {
  const { mesh, fresh, set = {}, clusterNames, clusters = [] } = change;
  const base = fresh === true ? { mesh, clusters: [] } : before;
  if (base === undefined) return undefined;
  const after = patched(base, set) as MeshStatus;
  if (clusterNames === undefined && clusters.length === 0) return after;
  const known = new Map(after.clusters.map((cluster) => [cluster.name, cluster]));
  for (const each of clusters) {
    const changed = applyToCluster(known.get(each.name), each);
    if (changed === undefined) return undefined;
    known.set(each.name, changed);
  }
  const all = inOrder(clusterNames ?? after.clusters.map(({ name }) => name), known);
  return all === undefined ? undefined : { ...after, clusters: all };
}

function applyToCluster(before: ClusterStatus | undefined, { name, fresh, set }: ClusterDelta): ClusterStatus | undefined {
  const base = fresh === true ? { name } : before;
  return base === undefined ? undefined : (patched(base, set) as ClusterStatus);
}

/** Entries and not assignments: no name of a member may reach a prototype. */
function patched(before: object, patch: Patch<object>): object {
  return Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null));
}

function inOrder<T>(names: readonly string[], known: ReadonlyMap<string, T>): readonly T[] | undefined {
  const all = names.map((name) => known.get(name));
  return all.includes(undefined) ? undefined : (all as readonly T[]);
}
