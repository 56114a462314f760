import type { KubeApi } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import { managedBy } from './annotations.ts';
import { readCaFiles } from './ca-files.ts';
import { caSecretName, digestData, type SecretObject, secretPath } from './secret-object.ts';

/** The first backup; it holds what reroot found. */
const firstBackup = 'cacerts-reroot-backup';

/**
 * The backups that the agent finds again, in the order in which they are filled: one for each signer that nobody else can make.
 * They have fixed names because Kubernetes grants `get` by name alone. deploy/agent/rbac.yaml has the same ones.
 */
export const backupNames: readonly string[] = [firstBackup, ...[2, 3, 4, 5, 6, 7, 8].map((index) => `${firstBackup}-${index}`)];

/**
 * Why a Secret is kept. `kept`: its signer must be found again. `foreign`: reroot did not write it, and its signer should be.
 * `edited`: somebody has changed what reroot wrote, and its signer can be issued anew.
 */
export type BackupReason = 'kept' | 'foreign' | 'edited';

/**
 * Keeps what stands in a Secret that reroot is about to write over, in a Secret beside it. A backup is never written over and never
 * deleted, and the same signer takes one of `backupNames` alone: other content with it gets a name of its own that says the content.
 * @throws RR_SIGNER_BACKUPS_FULL where a signer must be found again, and each of those names holds another one
 */
export async function backUp(
  api: KubeApi,
  namespace: string,
  found: SecretObject,
  reason: BackupReason,
  signal: AbortSignal,
): Promise<void> {
  for (const name of reason === 'edited' ? [firstBackup] : backupNames) {
    if (await createBackup(api, namespace, name, found, signal)) return;
    const existing = await api.get<SecretObject>(secretPath(namespace, name), signal);
    if (digestData(existing.data) === digestData(found.data)) return;
    if (!sameSigner(existing, found)) continue;
    if (reason === 'kept') return;
    break;
  }
  if (reason === 'kept') throw fullIn(namespace);
  // The name says the content: when there is one already, it is the same.
  await createBackup(api, namespace, `${firstBackup}-${digestData(found.data).slice(0, 16)}`, found, signal);
}

/** What istiod would take from a backup if it stood there as cacerts. */
export function filesOfBackup(backup: SecretObject): ReturnType<typeof readCaFiles> {
  return readCaFiles({ ...backup, metadata: { ...backup.metadata, name: caSecretName } });
}

function sameSigner(backup: SecretObject, found: SecretObject): boolean {
  const [a, b] = [filesOfBackup(backup), readCaFiles(found)];
  return a.caCert === b.caCert && a.caKey === b.caKey;
}

function fullIn(namespace: string): RerootError {
  const [first, last] = [backupNames[0], backupNames.at(-1)];
  return new RerootError('RR_SIGNER_BACKUPS_FULL', `${first} to ${last} in ${namespace} each hold another signer`);
}

/** @returns whether it was created, and so did not exist */
async function createBackup(
  api: KubeApi,
  namespace: string,
  name: string,
  found: SecretObject,
  signal: AbortSignal,
): Promise<boolean> {
  const body = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: managedBy, annotations: { 'reroot.dev/backup-of': found.metadata.name } },
    type: 'Opaque',
    data: found.data ?? {},
  };
  try {
    await api.create(secretPath(namespace), body, signal);
    return true;
  } catch (error) {
    if (error instanceof RerootError && error.code === 'RR_CLUSTER_CONFLICT') return false;
    throw error;
  }
}
