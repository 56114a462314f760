import type { OpenStoreOptions } from './open-ground.ts';
import { openInKubernetes } from './open-store-api.ts';
import { openKubernetesStore, openSqliteStore, type Store } from './store/index.ts';

/**
 * Opens the store that the configuration names.
 * @throws RR_STORE_*, RR_KUBECONFIG_INVALID
 */
export async function openStore({ config, keysBeside, audit, ...outside }: OpenStoreOptions): Promise<Store> {
  const { dataDir, store } = config;
  if (store.kind === 'sqlite') return openSqliteStore({ dataDir, keysBeside, audit });
  return openInKubernetes(store, outside, (place) => openKubernetesStore({ ...place, keysBeside, audit }));
}
