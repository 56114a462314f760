import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { ObjectRef } from '@reroot/shared/protocol';
import { maxSecretBytes, nameOfSecret, requireSecretName, type SecretData, type SecretSource } from './secret-source.ts';

/** Leads to the version that a mounted Secret has; the kubelet turns it when the Secret changes. */
const versionLink = '..data';
/** Nobody turns it so often that one version cannot be read in peace. */
const maxTries = 10;

/**
 * Secrets as files, `DIR/NAMESPACE/NAME/KEY`: written by hand, or a Secret that is mounted there. Who else may read the files is
 * not asked: the kubelet makes them readable for everybody in the pod.
 */
export function createFolderSecrets(dir: string): SecretSource {
  return {
    read: async (secret, signal) => {
      requireSecretName(secret);
      const folder = join(dir, secret.namespace, secret.name);
      try {
        return await readVersion(folder, signal);
      } catch (error) {
        signal.throwIfAborted();
        throw failureOf(error, secret, folder);
      }
    },
    close: async () => undefined,
  };
}

/** The kubelet takes a version away as soon as the link leads to the next one: whoever was reading it begins again. */
async function readVersion(folder: string, signal: AbortSignal): Promise<SecretData> {
  for (let tries = 1; ; tries += 1) {
    const version = await linkOf(folder);
    try {
      return await readFiles(resolve(folder, version), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (tries === maxTries || version === (await linkOf(folder))) throw error;
    }
  }
}

/** Where the link leads; the folder itself, where somebody else than the kubelet keeps it. */
async function linkOf(folder: string): Promise<string> {
  try {
    return await readlink(join(folder, versionLink));
  } catch (error) {
    if (isMissing(error)) return '.';
    throw error;
  }
}

async function readFiles(folder: string, signal: AbortSignal): Promise<SecretData> {
  const data = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const key of await readdir(folder)) {
    const file = join(folder, key);
    const found = await stat(file);
    // A pipe would never end, and a folder is no value.
    if (!found.isFile()) continue;
    bytes += found.size;
    if (bytes > maxSecretBytes) throw new Error(`it has more than ${maxSecretBytes} bytes`);
    data.set(key, await readFile(file, { signal }));
  }
  return data;
}

function failureOf(error: unknown, secret: ObjectRef, place: string): RerootError {
  const name = nameOfSecret(secret);
  return isMissing(error)
    ? new RerootError('RR_SECRET_SOURCE_MISSING', `there is no ${name}`, { place, cause: error })
    : new RerootError('RR_SECRET_SOURCE_UNREADABLE', `${name} cannot be read: ${errorMessage(error)}`, { place, cause: error });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
