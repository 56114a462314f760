import { join } from 'node:path';
import { createFolderKeys, createKubernetesKeys, type SealedKeys } from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';
import { openStoreApi, type StoreApiOptions } from './open-store-api.ts';

/** Where the keys of roots are, sealed, and the passphrase that Vault has wrapped. */
export interface OpenKeys {
  readonly keys: SealedKeys;
  readonly wrapped: SealedKeys;
  close(): Promise<void>;
}

/**
 * Opens the keys beside the store that the configuration names: in the same folder, or in Secrets of the same namespace. Asks nothing yet.
 * @throws RR_KUBECONFIG_INVALID
 */
export async function openKeys(
  { dataDir, store }: Pick<MgmtConfig, 'dataDir' | 'store'>,
  options: StoreApiOptions,
): Promise<OpenKeys> {
  if (store.kind === 'sqlite') {
    const close = async (): Promise<void> => undefined;
    return { keys: createFolderKeys(join(dataDir, 'keys')), wrapped: createFolderKeys(dataDir), close };
  }
  const { namespace, name } = store;
  const api = await openStoreApi(store, options);
  const stopping = new AbortController();
  const keys = createKubernetesKeys(api, { namespace, store: name, signal: stopping.signal });
  return {
    ...{ keys, wrapped: keys },
    close: async () => {
      stopping.abort(new Error('mgmt stops'));
      await api.close();
    },
  };
}
