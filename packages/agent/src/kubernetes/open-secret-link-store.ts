import { openKubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { ObjectRef } from '@reroot/shared/protocol';
import type { LinkStore } from '../link/link-store.ts';
import { createSecretLinkStore } from '../link/secret-link-store.ts';
import { agentVersion } from '../version.ts';
import type { KubernetesConfig } from './config.ts';
import { fieldManager } from './field-manager.ts';

/** What opening the store takes. */
export interface OpenSecretLinkStoreOptions {
  readonly secret: ObjectRef;
  readonly config: KubernetesConfig;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** For a request with all its tries. */
  readonly requestTimeoutMs: number;
}

/**
 * Opens the Secret that holds the state of the link, in the cluster that the configuration leads to. Sends nothing yet.
 * @throws RR_KUBECONFIG_INVALID when there are no credentials to be found
 */
export async function openSecretLinkStore(options: OpenSecretLinkStoreOptions): Promise<LinkStore & { close(): Promise<void> }> {
  const { secret, config } = options;
  const program = { name: fieldManager, version: agentVersion };
  const api = await openKubeApi({ ...options, program, kubeconfig: config.kubeconfigFile, context: config.context });
  return { ...createSecretLinkStore(api, secret), close: () => api.close() };
}
