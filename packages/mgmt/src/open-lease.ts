import type { Lifecycle } from '@reroot/shared/lifecycle';
import { createKubernetesLease, type LeaseLock, replicasOf } from './leadership/index.ts';
import type { MgmtOptions } from './open-ground.ts';
import { openStoreApi, type StoreInKubernetes } from './open-store-api.ts';

/** Opens the Lease beside the store, over connections of its own: what the store is busy with must not hold up a renewal. @throws RR_KUBECONFIG_INVALID */
export async function openLease(
  { config, clock, random, log }: MgmtOptions,
  store: StoreInKubernetes,
  lifecycle: Lifecycle,
): Promise<LeaseLock> {
  const api = await openStoreApi(store, { clock, random, log });
  lifecycle.add('lease connection', () => api.close());
  return createKubernetesLease({ api, namespace: store.namespace, name: replicasOf(config).lease.name, clock, random, log });
}
