import type { KubeApi, KubeObject } from '@reroot/kube-api';

interface ClusterTrustBundleObject extends KubeObject {
  readonly spec: { readonly trustBundle: string };
}

/** Where Kubernetes has kept ClusterTrustBundles, the newest first, and what istiod calls its own. */
const paths = ['v1beta1', 'v1alpha1'].map(
  (version) => `/apis/certificates.k8s.io/${version}/clustertrustbundles/istio.io:istiod-ca:root-cert`,
);

/**
 * The one bundle that istiod publishes for the whole cluster with ENABLE_CLUSTER_TRUST_BUNDLE_API
 * (pilot/pkg/config/kube/clustertrustbundle/controller.go); undefined when there is none.
 */
export async function readClusterTrustBundle(api: KubeApi, signal: AbortSignal): Promise<string | undefined> {
  for (const path of paths) {
    const found = await api.find<ClusterTrustBundleObject>(path, signal);
    if (found !== undefined) return found.spec.trustBundle;
  }
  return undefined;
}
