import { hostname } from 'node:os';
import { openKubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { agentVersion } from '../version.ts';
import type { KubernetesConfig } from './config.ts';
import { fieldManager } from './field-manager.ts';
import { findOwnAccount } from './istiod/own-account.ts';
import { createKubernetesCluster, type KubernetesCluster } from './kubernetes-cluster.ts';

/** What opening a cluster takes. */
export interface OpenKubernetesClusterOptions {
  readonly name: string;
  readonly config: KubernetesConfig;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** For a request with all its tries: less than the agent waits, so that it hears what the cluster says of itself. */
  readonly requestTimeoutMs?: number | undefined;
}

/**
 * Opens the cluster that the configuration leads to, and begins to watch it. It does not wait for the cluster to answer:
 * one that is away is reported, not given up.
 * @throws RR_KUBECONFIG_INVALID when there are no credentials to be found
 */
export async function openKubernetesCluster(options: OpenKubernetesClusterOptions): Promise<KubernetesCluster> {
  const { config } = options;
  const program = { name: fieldManager, version: agentVersion };
  const api = await openKubeApi({ ...options, program, kubeconfig: config.kubeconfigFile, context: config.context });
  const account = config.serviceAccount ?? (await findOwnAccount());
  const cluster = createKubernetesCluster({ ...options, api, account, reporter: hostname() });
  return {
    ...cluster,
    close: async () => {
      await cluster.close();
      await api.close();
    },
  };
}
