import type { KubeApi, ObjectCache } from '@reroot/kube-api';
import type { NamespaceTrust } from '../../cluster/cluster.ts';
import { listWhenReady } from '../list-when-ready.ts';
import { readClusterTrustBundle } from './cluster-trust-bundle.ts';

/** How istiod hands its roots to proxies that ask it for a certificate. */
export type TrustBundleSource =
  | { readonly kind: 'config-map'; readonly configMaps: ObjectCache<NamespaceTrust> }
  | { readonly kind: 'cluster-trust-bundle'; readonly api: KubeApi };

/** Each namespace that istiod manages with the bundle that its proxies are given, by name. */
export async function listNamespaceTrust(
  namespaces: ObjectCache<string>,
  source: TrustBundleSource,
  signal: AbortSignal,
): Promise<readonly NamespaceTrust[]> {
  const managed = await listWhenReady(namespaces, signal);
  const bundleOf = await readBundles(source, signal);
  return managed.map((namespace) => ({ namespace, rootCert: bundleOf(namespace) }));
}

async function readBundles(source: TrustBundleSource, signal: AbortSignal): Promise<(namespace: string) => string | undefined> {
  switch (source.kind) {
    case 'config-map': {
      const configMaps = await listWhenReady(source.configMaps, signal);
      const found = new Map(configMaps.map(({ namespace, rootCert }) => [namespace, rootCert]));
      return (namespace) => found.get(namespace);
    }
    case 'cluster-trust-bundle': {
      const bundle = await readClusterTrustBundle(source.api, signal);
      return () => bundle;
    }
  }
}
