import type { KubeApi } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import { managedBy } from './annotations.ts';
import { digestData, type SecretObject, secretPath } from './secret-object.ts';

/** The first backup; it holds what reroot found. */
export const backupName = 'cacerts-reroot-backup';

/**
 * Keeps what stands in a Secret that reroot is about to write over, in a Secret beside it. A backup is never written over:
 * other content gets a name of its own, the same content is not kept twice.
 */
export async function backUp(api: KubeApi, namespace: string, found: SecretObject, signal: AbortSignal): Promise<void> {
  if (await createBackup(api, namespace, backupName, found, signal)) return;
  const digest = digestData(found.data);
  const existing = await api.get<SecretObject>(secretPath(namespace, backupName), signal);
  if (digestData(existing.data) === digest) return;
  // The name says the content: when there is one already, it is the same.
  await createBackup(api, namespace, `${backupName}-${digest.slice(0, 16)}`, found, signal);
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
