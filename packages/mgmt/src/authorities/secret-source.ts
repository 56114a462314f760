import { RerootError } from '@reroot/shared/errors';
import { isObjectName, type ObjectRef } from '@reroot/shared/protocol';

/** Where the Secrets are that meshes and the configuration name. */
export interface SecretSource {
  /**
   * The whole Secret as it is now, by key; all values are of one version of it.
   * @throws RR_SECRET_SOURCE_MISSING, RR_SECRET_SOURCE_UNREADABLE, neither with anything that stands in it;
   *   RR_SECRET_SOURCE_NONE when none is configured
   */
  read(secret: ObjectRef, signal: AbortSignal): Promise<SecretData>;
  close(): Promise<void>;
}

/** The values of a Secret, by key. */
export type SecretData = ReadonlyMap<string, Uint8Array>;

/** A Secret of Kubernetes holds no more. */
export const maxSecretBytes = 1_048_576;

/** For an mgmt whose configuration says nothing of Secrets. */
export const noSecretSource: SecretSource = {
  read: async (secret) => {
    throw new RerootError('RR_SECRET_SOURCE_NONE', `there is nowhere to read ${nameOfSecret(secret)} from`);
  },
  close: async () => undefined,
};

/** How messages call a Secret. */
export function nameOfSecret({ namespace, name }: ObjectRef): string {
  return `Secret ${namespace}/${name}`;
}

/** Refuses names that would lead elsewhere, such as `..`. @throws RR_SECRET_SOURCE_MISSING */
export function requireSecretName({ namespace, name }: ObjectRef): void {
  if (isObjectName(namespace) && isObjectName(name)) return;
  throw new RerootError('RR_SECRET_SOURCE_MISSING', `${JSON.stringify(`${namespace}/${name}`)} is no name of a Secret`);
}

/**
 * One value of a Secret as text, without white space around it.
 * @throws as `read`, and RR_SECRET_SOURCE_MISSING when the Secret has no such key or nothing stands there
 */
export async function readSecretText(source: SecretSource, secret: ObjectRef, key: string, signal: AbortSignal): Promise<string> {
  const value = (await source.read(secret, signal)).get(key);
  const text = value === undefined ? '' : Buffer.from(value).toString('utf8').trim();
  if (text !== '') return text;
  throw new RerootError('RR_SECRET_SOURCE_MISSING', `${nameOfSecret(secret)} has nothing under ${key}`);
}
