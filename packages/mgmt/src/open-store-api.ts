import { randomUUID } from 'node:crypto';
import type { OpenKubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { MgmtConfig } from './config.ts';
import { openKubernetes } from './open-kubernetes.ts';
import type { KubernetesStoreOptions } from './store/index.ts';
import { mgmtVersion } from './version.ts';

/** The store of a configuration that lies in Kubernetes. */
export type StoreInKubernetes = Extract<MgmtConfig['store'], { kind: 'kubernetes' }>;

/** What a connection to Kubernetes works with. */
export interface StoreApiOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** Opens the cluster that the store lies in. Asks nothing yet. @throws RR_KUBECONFIG_INVALID */
export function openStoreApi(
  { kubeconfigFile: kubeconfig, context }: StoreInKubernetes,
  { clock, random, log }: StoreApiOptions,
): Promise<OpenKubeApi> {
  const program = { name: 'reroot-mgmt', version: mgmtVersion };
  return openKubernetes('store', { program, kubeconfig, context, clock, random, log });
}

/** Where a store lies, and what it is reached by. */
export type StorePlace = Pick<KubernetesStoreOptions, 'api' | 'namespace' | 'name' | 'newId' | 'clock' | 'random' | 'log'>;

/**
 * Opens a store in Kubernetes, over a connection of its own that is closed with it.
 * @throws RR_KUBECONFIG_INVALID, and what `open` throws
 */
export async function openInKubernetes<T extends { close(): Promise<void> }>(
  where: StoreInKubernetes,
  { clock, random, log }: StoreApiOptions,
  open: (place: StorePlace) => Promise<T>,
): Promise<T> {
  const { namespace, name } = where;
  const api = await openStoreApi(where, { clock, random, log });
  try {
    const opened = await open({ api, namespace, name, newId: randomUUID, clock, random, log });
    return {
      ...opened,
      close: async () => {
        await opened.close();
        await api.close();
      },
    };
  } catch (error) {
    await api.close();
    throw error;
  }
}
