import type { KubeApi } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { CaFiles } from '../../cluster/cluster.ts';
import { backupNames, filesOfBackup } from './back-up.ts';
import { readCaFiles } from './ca-files.ts';
import { type SecretObject, secretPath, selfSignedSecretName } from './secret-object.ts';

/**
 * What signed in a namespace of istiod before and is there still: the CA that istiod made itself, and the backups of signers, each
 * read in the form that it had. A person may have deleted any of them, so all names are asked for.
 */
export async function readFormerCas(api: KubeApi, namespace: string, signal: AbortSignal): Promise<readonly CaFiles[]> {
  const find = (name: string): Promise<SecretObject | undefined> => api.find<SecretObject>(secretPath(namespace, name), signal);
  const [firstName, ...furtherNames] = backupNames;
  const [selfMade, first, ...further] = await Promise.all([
    find(selfSignedSecretName),
    firstName === undefined ? undefined : find(firstName),
    ...furtherNames.map((name) => find(name).catch(passOverForbidden)),
  ]);
  const backups = [first, ...further].filter((each) => each !== undefined);
  return [...(selfMade === undefined ? [] : [readCaFiles(selfMade)]), ...backups.map(filesOfBackup)];
}

/** A Role from before there were further backups does not know their names; the first one must be found all the same. */
function passOverForbidden(error: unknown): undefined {
  if (error instanceof RerootError && error.code === 'RR_CLUSTER_FORBIDDEN') return undefined;
  throw error;
}
