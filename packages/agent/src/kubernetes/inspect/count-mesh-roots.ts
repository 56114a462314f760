import type { KubeApi, KubeObject } from '@reroot/kube-api';
import { parseYaml } from '@reroot/shared/config';
import { z } from 'zod';

interface ConfigMapObject extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** The mesh configuration holds much that is of no matter here. */
const meshSchema = z.looseObject({ caCertificates: z.array(z.unknown()).nullish() });

/**
 * How many roots `meshConfig.caCertificates` names in the mesh configuration of a namespace of istiod: the ConfigMap `istio`, or
 * `istio-REVISION`. 0 where there is none.
 * @throws RR_CONFIG_INVALID when it is no YAML; what the request fails with
 */
export async function countMeshRoots(api: KubeApi, namespace: string, revision: string, signal: AbortSignal): Promise<number> {
  const name = revision === 'default' ? 'istio' : `istio-${revision}`;
  const found = await api.find<ConfigMapObject>(`/api/v1/namespaces/${namespace}/configmaps/${name}`, signal);
  const mesh = found?.data?.['mesh'];
  if (mesh === undefined || mesh.trim() === '') return 0;
  return parseYaml(mesh, meshSchema, `ConfigMap ${namespace}/${name}`).caCertificates?.length ?? 0;
}
