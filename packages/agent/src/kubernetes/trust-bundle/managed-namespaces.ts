import type { KubeObject } from '@reroot/kube-api';

/** A Namespace, as far as it is read. */
interface NamespaceObject extends KubeObject {
  readonly status?: { readonly phase?: string };
}

/**
 * Where istiod puts no root ConfigMap (namespacecontroller.go in pilot/pkg/serviceregistry/kube/controller). kube-system
 * is none of them, for a ztunnel may run there.
 */
const ignored: readonly string[] = ['kube-public', 'kube-node-lease', 'local-path-storage'];

/** Name of a namespace that istiod manages; undefined for one that it does not, or that is about to end. */
export function reduceNamespace(object: unknown): string | undefined {
  const { metadata, status } = object as NamespaceObject;
  const ending = status?.phase === 'Terminating' || metadata.deletionTimestamp !== undefined;
  return ending || ignored.includes(metadata.name) ? undefined : metadata.name;
}
