import type { KubeApi } from '@reroot/kube-api';
import { createObjectCache, type ObjectCache } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { NamespaceTrust } from '../cluster/cluster.ts';
import { caSecretName, secretPath, selfSignedSecretName } from './ca-secret/secret-object.ts';
import type { KubernetesConfig } from './config.ts';
import { type IstiodPod, reduceIstiodPod } from './istiod/istiod-pod.ts';
import { type NamedRoots, reduceSecretRoots } from './istiod/known-roots.ts';
import { reduceNamespace } from './trust-bundle/managed-namespaces.ts';
import { reduceRootConfigMap } from './trust-bundle/root-config-map.ts';

/** Everything of istiod and its roots that is kept up to date by watching. */
export interface WatchedObjects {
  /** One of each namespace of istiod. */
  readonly pods: readonly ObjectCache<IstiodPod>[];
  /** Two of each namespace of istiod. */
  readonly secretRoots: readonly ObjectCache<NamedRoots>[];
  readonly namespaces: ObjectCache<string>;
  readonly rootConfigMaps: ObjectCache<NamespaceTrust>;
  /** Runs all of them until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
}

/** What watching works with. */
export interface WatchOptions {
  readonly api: KubeApi;
  readonly config: KubernetesConfig['istio'];
  readonly onChange: () => void;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** Makes the caches; nothing is asked for before `run`. */
export function createWatchedObjects({ config, ...options }: WatchOptions): WatchedObjects {
  const { namespaces: istioNamespaces, namespaceSelector, rootConfigMap } = config;
  const watch = <T>(path: string, query: Record<string, string>, reduce: (object: unknown) => T | undefined): ObjectCache<T> =>
    createObjectCache({ ...options, path, query, reduce });
  const named = (name: string): Record<string, string> => ({ fieldSelector: `metadata.name=${name}` });

  const pods = istioNamespaces.map((namespace) =>
    watch(`/api/v1/namespaces/${namespace}/pods`, { labelSelector: 'app=istiod' }, reduceIstiodPod),
  );
  const secretRoots = istioNamespaces.flatMap((namespace) =>
    [caSecretName, selfSignedSecretName].map((name) => watch(secretPath(namespace), named(name), reduceSecretRoots)),
  );
  const selected: Record<string, string> = namespaceSelector === undefined ? {} : { labelSelector: namespaceSelector };
  const namespaces = watch('/api/v1/namespaces', selected, reduceNamespace);
  const rootConfigMaps = watch('/api/v1/configmaps', named(rootConfigMap), reduceRootConfigMap);
  const all: readonly ObjectCache<unknown>[] = [...pods, ...secretRoots, namespaces, rootConfigMaps];
  return {
    pods,
    secretRoots,
    namespaces,
    rootConfigMaps,
    run: async (signal) => {
      await Promise.all(all.map((cache) => cache.run(signal)));
    },
  };
}
