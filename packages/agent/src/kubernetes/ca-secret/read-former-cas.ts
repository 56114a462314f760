import type { KubeApi } from '@reroot/kube-api';
import type { CaFiles } from '../../cluster/cluster.ts';
import { backupName } from './back-up.ts';
import { readCaFiles } from './ca-files.ts';
import { caSecretName, type SecretObject, secretPath, selfSignedSecretName } from './secret-object.ts';

/**
 * What signed in a namespace of istiod before and is there still: the CA that istiod made itself, and the first backup of a `cacerts`
 * that somebody else wrote, read in the form that it had. Later backups have names of their own, which the agent may not read.
 */
export async function readFormerCas(api: KubeApi, namespace: string, signal: AbortSignal): Promise<readonly CaFiles[]> {
  const [selfMade, backup] = await Promise.all(
    [selfSignedSecretName, backupName].map((name) => api.find<SecretObject>(secretPath(namespace, name), signal)),
  );
  const original = backup === undefined ? [] : [{ ...backup, metadata: { ...backup.metadata, name: caSecretName } }];
  return [...(selfMade === undefined ? [] : [selfMade]), ...original].map(readCaFiles);
}
