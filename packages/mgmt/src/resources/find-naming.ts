import type { ResourceContext } from './resource-context.ts';
import type { ResourceObject } from './resource-object.ts';

/**
 * The object by which somebody else than reroot names a cluster: its own, or that of a mesh.
 * @throws what `Collection.list` throws
 */
export function findNaming(
  { managedClusters, virtualMeshes }: Pick<ResourceContext, 'managedClusters' | 'virtualMeshes'>,
  cluster: string,
): { readonly kind: string; readonly object: ResourceObject } | undefined {
  const own = managedClusters.find(cluster);
  if (own !== undefined && isOthers(own)) return { kind: managedClusters.kind, object: own };
  const object = virtualMeshes.list().find((each) => isOthers(each) && clustersOf(each).includes(cluster));
  return object === undefined ? undefined : { kind: virtualMeshes.kind, object };
}

function isOthers({ author, deletion }: ResourceObject): boolean {
  return author === 'others' && deletion === 'none';
}

function clustersOf({ spec }: ResourceObject): readonly unknown[] {
  const { clusters } = spec as { readonly clusters?: unknown };
  return Array.isArray(clusters) ? clusters : [];
}
