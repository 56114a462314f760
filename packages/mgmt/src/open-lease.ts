import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { MgmtConfig } from './config.ts';
import { createKubernetesLease, type LeaseLock, replicasOf } from './leadership/index.ts';
import type { MgmtOptions } from './open-ground.ts';
import { openKubernetes } from './open-kubernetes.ts';
import { mgmtVersion } from './version.ts';

/** Opens the Lease beside the store, over connections of its own: what the store is busy with must not hold up a renewal. @throws RR_KUBECONFIG_INVALID */
export async function openLease(
  { config, clock, random, log }: MgmtOptions,
  { namespace, kubeconfigFile: kubeconfig, context }: Extract<MgmtConfig['store'], { kind: 'kubernetes' }>,
  lifecycle: Lifecycle,
): Promise<LeaseLock> {
  const program = { name: 'reroot-mgmt', version: mgmtVersion };
  const api = await openKubernetes('store', { program, kubeconfig, context, clock, random, log });
  lifecycle.add('lease connection', () => api.close());
  return createKubernetesLease({ api, namespace, name: replicasOf(config).lease.name, clock, random, log });
}
