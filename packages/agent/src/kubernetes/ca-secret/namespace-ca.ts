import { isDeepStrictEqual } from 'node:util';
import type { KubeApi } from '@reroot/kube-api';
import type { CaAnnotations } from '../../cluster/cluster.ts';
import { filesDigestKey, managedBy, readAnnotations } from './annotations.ts';
import { caSecretName, digestData, type SecretObject, secretPath, selfSignedSecretName } from './secret-object.ts';

/** What one namespace of istiod holds: a Secret, or nothing. */
export interface NamespaceCa {
  readonly namespace: string;
  readonly secret: SecretObject | undefined;
}

/** The same where there is a Secret. */
export interface HeldCa extends NamespaceCa {
  readonly secret: SecretObject;
}

/** `cacerts` of one namespace; where there is none, the CA that istiod has made itself. */
export async function readNamespaceCa(api: KubeApi, namespace: string, signal: AbortSignal): Promise<NamespaceCa> {
  const plugged = await api.find<SecretObject>(secretPath(namespace, caSecretName), signal);
  if (plugged !== undefined) return { namespace, secret: plugged };
  return { namespace, secret: await api.find<SecretObject>(secretPath(namespace, selfSignedSecretName), signal) };
}

/** Whether the namespace has a Secret. */
export function isHeld(ca: NamespaceCa): ca is HeldCa {
  return ca.secret !== undefined;
}

/** Whether the Secret is `cacerts`, and so what is written. */
export function isPlugged({ metadata }: SecretObject): boolean {
  return metadata.name === caSecretName;
}

/** What reroot remembers about the Secret; undefined when reroot has not written it. */
export function memoryOf(secret: SecretObject): CaAnnotations | undefined {
  const { labels, annotations } = secret.metadata;
  const labelled = Object.entries(managedBy).every(([name, value]) => labels?.[name] === value);
  return isPlugged(secret) && labelled ? readAnnotations(annotations) : undefined;
}

/** Whether reroot has written the Secret, and nobody has changed its data since. */
export function isAsWritten(secret: SecretObject): boolean {
  return memoryOf(secret) !== undefined && secret.metadata.annotations?.[filesDigestKey] === digestData(secret.data);
}

/**
 * The one that speaks for all: the first that has `cacerts`; where none has, the first that has anything. What istiod made
 * itself may lie around for years beside a `cacerts` that was taken away.
 */
export function findLeading(all: readonly NamespaceCa[]): HeldCa | undefined {
  const held = all.filter(isHeld);
  return held.find(({ secret }) => isPlugged(secret)) ?? held[0];
}

/** Identifies these Secrets and the state of each; those of two namespaces never look alike. */
export function versionOf(cas: readonly HeldCa[]): string {
  return cas
    .map(({ namespace, secret }) => `${namespace}/${secret.metadata.name}/${secret.metadata.resourceVersion ?? ''}`)
    .join(' ');
}

/** Whether a namespace holds the same files and the same memory of them as the leading one. */
export function isCopyOf({ secret }: NamespaceCa, leading: HeldCa): boolean {
  return (
    secret !== undefined &&
    isPlugged(secret) === isPlugged(leading.secret) &&
    digestData(secret.data) === digestData(leading.secret.data) &&
    isDeepStrictEqual(memoryOf(secret), memoryOf(leading.secret))
  );
}
