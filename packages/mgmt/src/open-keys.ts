import { join } from 'node:path';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { createFolderKeys, createKubernetesKeys, type SealedKeys } from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';
import { openKubernetes } from './open-kubernetes.ts';
import { mgmtVersion } from './version.ts';

/** Where the keys of roots are, sealed, and the passphrase that Vault has wrapped. */
export interface OpenKeys {
  readonly keys: SealedKeys;
  readonly wrapped: SealedKeys;
  close(): Promise<void>;
}

/** What a connection to Kubernetes works with. */
export interface OpenKeysOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/**
 * Opens the keys beside the store that the configuration names: in the same folder, or in Secrets of the same namespace. Asks nothing yet.
 * @throws RR_KUBECONFIG_INVALID
 */
export async function openKeys(
  { dataDir, store }: Pick<MgmtConfig, 'dataDir' | 'store'>,
  options: OpenKeysOptions,
): Promise<OpenKeys> {
  if (store.kind === 'sqlite') {
    const close = async (): Promise<void> => undefined;
    return { keys: createFolderKeys(join(dataDir, 'keys')), wrapped: createFolderKeys(dataDir), close };
  }
  const { namespace, name, kubeconfigFile: kubeconfig, context } = store;
  const program = { name: 'reroot-mgmt', version: mgmtVersion };
  const { clock, random, log } = options;
  const api = await openKubernetes('store', { clock, random, log, program, kubeconfig, context });
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
