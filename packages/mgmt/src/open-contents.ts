import { randomUUID } from 'node:crypto';
import type { MgmtConfig } from './config.ts';
import type { OpenKeysOptions } from './open-keys.ts';
import { openKubernetes } from './open-kubernetes.ts';
import { openKubernetesContents, openSqliteContents, type StoreContents } from './store/index.ts';
import { mgmtVersion } from './version.ts';

/**
 * Opens all that is in the store that the configuration names.
 * @throws RR_STORE_*, RR_KUBECONFIG_INVALID
 */
export async function openContents(
  { dataDir, store }: Pick<MgmtConfig, 'dataDir' | 'store'>,
  whenMissing: 'make' | 'refuse',
  { clock, random, log }: OpenKeysOptions,
): Promise<StoreContents> {
  if (store.kind === 'sqlite') return openSqliteContents(dataDir, whenMissing);
  const { namespace, name, kubeconfigFile: kubeconfig, context } = store;
  const program = { name: 'reroot-mgmt', version: mgmtVersion };
  const outside = { clock, random, log };
  const api = await openKubernetes('store', { ...outside, program, kubeconfig, context });
  try {
    const contents = await openKubernetesContents({ ...outside, api, namespace, name, newId: randomUUID }, whenMissing);
    return {
      ...contents,
      close: async () => {
        await contents.close();
        await api.close();
      },
    };
  } catch (error) {
    await api.close();
    throw error;
  }
}
