import type { OpenKubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { createFolderSecrets, createKubernetesSecrets, noSecretSource, type SecretSource } from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';
import { openKubernetes } from './open-kubernetes.ts';
import { mgmtVersion } from './version.ts';

/** What a connection to Kubernetes works with. */
export interface OpenSecretsOptions {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** Where Secrets are. */
export interface OpenSecrets {
  readonly secrets: SecretSource;
  /** The cluster that they are in; undefined where they are elsewhere. Closed with `secrets`. */
  readonly api: OpenKubeApi | undefined;
}

/**
 * Opens what the configuration names. Asks nothing yet: a folder or a cluster that is not there is told by the first read.
 * @throws RR_KUBECONFIG_INVALID
 */
export async function openSecrets(config: MgmtConfig['secrets'], options: OpenSecretsOptions): Promise<OpenSecrets> {
  const { dir, kubernetes } = config ?? {};
  if (kubernetes !== undefined) {
    const program = { name: 'reroot-mgmt', version: mgmtVersion };
    const { kubeconfigFile: kubeconfig, context } = kubernetes;
    const api = await openKubernetes('secrets.kubernetes', { ...options, program, kubeconfig, context });
    return { secrets: createKubernetesSecrets(api), api };
  }
  return { secrets: dir === undefined ? noSecretSource : createFolderSecrets(dir), api: undefined };
}
