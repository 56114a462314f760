import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import type { Credentials } from './access.ts';
import { type Environment, openInClusterCredentials } from './in-cluster-credentials.ts';
import { openKubeconfigCredentials } from './kubeconfig-credentials.ts';

/** Where to look for credentials. */
export interface CredentialSources {
  /** Path of a kubeconfig; nothing else is looked at then. */
  readonly kubeconfig: string | undefined;
  /** Of the kubeconfig; its current context when undefined. */
  readonly context: string | undefined;
  readonly environment: Environment;
  readonly serviceAccountDirectory: string;
}

/**
 * The kubeconfig that is named, else those of KUBECONFIG, else the service account of the pod, else ~/.kube/config: the
 * order of sigs.k8s.io/controller-runtime/pkg/client/config. The pod comes before the home directory, whose file would be
 * there by accident.
 * @throws RR_KUBECONFIG_INVALID when there is none, or one that cannot be used
 */
export async function findCredentials(sources: CredentialSources): Promise<Credentials> {
  const { environment, context } = sources;
  const named = sources.kubeconfig === undefined ? filesOf(environment['KUBECONFIG'] ?? '') : [sources.kubeconfig];
  if (named.length > 0) return openKubeconfigCredentials(named, context);
  const inCluster = await openInClusterCredentials(environment, sources.serviceAccountDirectory);
  if (inCluster !== undefined) return inCluster;
  const home = join(environment['HOME'] ?? '', '.kube', 'config');
  if (await isReadable(home)) return openKubeconfigCredentials([home], context);
  throw new RerootError(
    'RR_KUBECONFIG_INVALID',
    `no kubeconfig is named, KUBECONFIG is not set, this is no pod, and ${home} cannot be read`,
  );
}

function filesOf(list: string): string[] {
  return list.split(delimiter).filter((file) => file !== '');
}

async function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
