import type { MgmtConfig } from './config.ts';
import { openInKubernetes, type StoreApiOptions } from './open-store-api.ts';
import { openKubernetesContents, openSqliteContents, type StoreContents } from './store/index.ts';

/**
 * Opens all that is in the store that the configuration names.
 * @throws RR_STORE_*, RR_KUBECONFIG_INVALID
 */
export async function openContents(
  { dataDir, store }: Pick<MgmtConfig, 'dataDir' | 'store'>,
  whenMissing: 'make' | 'refuse',
  outside: StoreApiOptions,
): Promise<StoreContents> {
  if (store.kind === 'sqlite') return openSqliteContents(dataDir, whenMissing);
  return openInKubernetes(store, outside, (place) => openKubernetesContents(place, whenMissing));
}
