import type { KubeApi } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { CaSecretContent } from '../../cluster/cluster.ts';
import { managedBy, renderAnnotations } from './annotations.ts';
import { type BackupReason, backUp } from './back-up.ts';
import { dataOf, readCaFiles } from './ca-files.ts';
import { isAsWritten, isPlugged, memoryOf, type NamespaceCa } from './namespace-ca.ts';
import { caSecretName, digestData, type SecretObject, secretPath } from './secret-object.ts';

/**
 * Writes `cacerts` of one namespace in one atomic request, and only over the state that was read.
 *
 * Over a Secret this is a merge patch that names its resourceVersion, and not a server-side apply: an apply leaves alone
 * what other managers own, and a `tls.crt` that stays behind would make istiod ignore all that was written. The patch
 * takes away, in the same request, every key that is not ours. Files that reroot did not write are backed up first, and so is a
 * signer that is to be kept, whoever wrote it.
 * @throws RR_CLUSTER_CONFLICT when the state has changed since; RR_SECRET_UNCHANGEABLE; RR_SIGNER_BACKUPS_FULL
 */
export async function writeNamespaceCa(
  api: KubeApi,
  found: NamespaceCa,
  content: CaSecretContent,
  signal: AbortSignal,
): Promise<void> {
  const { namespace, secret } = found;
  const data = dataOf(content);
  const annotations = renderAnnotations(content.annotations, digestData(data));
  if (secret === undefined || !isPlugged(secret)) {
    await api.create(secretPath(namespace), newSecret(namespace, data, annotations), signal);
    return;
  }
  requireChangeable(namespace, secret);
  for (const reason of reasonsToBackUp(secret, content)) await backUp(api, namespace, secret, reason, signal);
  const foreign = Object.keys(secret.data ?? {}).filter((key) => !(key in data));
  const body = {
    metadata: { resourceVersion: secret.metadata.resourceVersion, labels: managedBy, annotations },
    data: { ...data, ...Object.fromEntries(foreign.map((key) => [key, null])) },
  };
  await api.mergePatch(secretPath(namespace, caSecretName), body, signal);
}

/**
 * A signer that is to be kept is backed up while it still stands, also from a Secret that another reroot wrote: the write that replaces
 * it does not know any more that it was to be kept.
 */
function reasonsToBackUp(secret: SecretObject, content: CaSecretContent): readonly BackupReason[] {
  const standing = readCaFiles(secret);
  const isKept = content.signer === 'kept' && standing.caCert === content.caCert && standing.caKey === content.caKey;
  if (isAsWritten(secret)) return isKept ? ['kept'] : [];
  if (isKept) return ['kept', 'foreign'];
  return memoryOf(secret) === undefined ? ['foreign'] : ['edited'];
}

function newSecret(namespace: string, data: Record<string, string>, annotations: Record<string, string | null>): object {
  const present = Object.fromEntries(Object.entries(annotations).filter(([, value]) => value !== null));
  const metadata = { name: caSecretName, namespace, labels: managedBy, annotations: present };
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data };
}

/** Kubernetes lets neither the data of an immutable Secret change, nor the type of any; and its own types demand keys. */
function requireChangeable(namespace: string, secret: SecretObject): void {
  const obstacle = obstacleTo(namespace, secret);
  if (obstacle !== undefined) throw new RerootError('RR_SECRET_UNCHANGEABLE', obstacle);
}

/** Why a Secret cannot be written over; undefined where nothing stands in the way. */
export function obstacleTo(namespace: string, { type = 'Opaque', immutable }: SecretObject): string | undefined {
  const which = `the Secret ${namespace}/${caSecretName}`;
  if (immutable === true) return `${which} is immutable`;
  if (!type.startsWith('kubernetes.io/')) return undefined;
  return `${which} is of type ${type}, which demands other keys than Istio's files`;
}
