import type { ObjectCache } from '@reroot/kube-api';
import { formerRootCertKey } from '../ca-secret/annotations.ts';
import { rootsNamedBy } from '../ca-secret/ca-files.ts';
import type { SecretObject } from '../ca-secret/secret-object.ts';

/** The roots that one Secret names, a PEM block each; nothing else is kept of it, least of all a key. */
export interface NamedRoots {
  readonly namespace: string;
  readonly roots: readonly string[];
  /** Changes with the object, so that every change is noticed. */
  readonly version: string;
}

/** Reduces a Secret of a CA: its roots, and those from before its last change, which late replicas still serve under. */
export function reduceSecretRoots(object: unknown): NamedRoots {
  const secret = object as SecretObject;
  const { namespace = '', resourceVersion = '', annotations } = secret.metadata;
  const former = annotations?.[formerRootCertKey] ?? '';
  return { namespace, roots: [...rootsNamedBy(secret), former].flatMap(splitBlocks), version: resourceVersion };
}

/** The PEM blocks one by one: OpenSSL stops at the first that it cannot read, and would not see those after it. */
export function splitBlocks(pem: string): string[] {
  return pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
}

/** What a cache holds; nothing while it cannot say. Without it fewer servers are believed, never more. */
export function listOrNothing<T>(cache: ObjectCache<T>): readonly T[] {
  try {
    return cache.list();
  } catch {
    return [];
  }
}
