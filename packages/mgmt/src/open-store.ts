import { randomUUID } from 'node:crypto';
import type { OpenStoreOptions } from './open-ground.ts';
import { openKubernetes } from './open-kubernetes.ts';
import { openKubernetesStore, openSqliteStore, type Store } from './store/index.ts';
import { mgmtVersion } from './version.ts';

/**
 * Opens the store that the configuration names.
 * @throws RR_STORE_*, RR_KUBECONFIG_INVALID
 */
export async function openStore({ config, keysBeside, audit, clock, random, log }: OpenStoreOptions): Promise<Store> {
  const { dataDir, store: where } = config;
  if (where.kind === 'sqlite') return openSqliteStore({ dataDir, keysBeside, audit });
  const { namespace, name, kubeconfigFile: kubeconfig, context } = where;
  const program = { name: 'reroot-mgmt', version: mgmtVersion };
  const outside = { clock, random, log };
  const api = await openKubernetes('store', { ...outside, program, kubeconfig, context });
  try {
    const store = await openKubernetesStore({ ...outside, api, namespace, name, newId: randomUUID, keysBeside, audit });
    return {
      ...store,
      close: async () => {
        await store.close();
        await api.close();
      },
    };
  } catch (error) {
    await api.close();
    throw error;
  }
}
