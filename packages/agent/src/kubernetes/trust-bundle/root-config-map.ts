import type { KubeObject } from '@reroot/kube-api';
import type { NamespaceTrust } from '../../cluster/cluster.ts';

interface ConfigMapObject extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** The key that istiod writes the bundle under. */
const rootKey = 'root-cert.pem';

/** Reduces a root ConfigMap to what it says; one without its key is as good as none. */
export function reduceRootConfigMap(object: unknown): NamespaceTrust {
  const { metadata, data } = object as ConfigMapObject;
  return { namespace: metadata.namespace ?? '', rootCert: data?.[rootKey] };
}
