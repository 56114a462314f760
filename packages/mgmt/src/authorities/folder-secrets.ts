import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { ObjectRef } from '@reroot/shared/protocol';
import { maxSecretBytes, type SecretData, type SecretSource } from './secret-source.ts';

/** Names of Kubernetes objects (RFC 1123): none of them leads out of the folder. */
const objectName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
/** Where the kubelet keeps the files of a mounted Secret; it swaps this link when the Secret changes. */
const versionLink = '..data';

/**
 * Secrets as files, `DIR/NAMESPACE/NAME/KEY`: written by hand, or a Secret that is mounted there. Of a mounted one all values
 * are of one version, also while the kubelet brings the next.
 */
export function createFolderSecrets(dir: string): SecretSource {
  return {
    read: async ({ namespace, name }, signal) => {
      const folder = join(dir, namespace, name);
      if (!objectName.test(namespace) || !objectName.test(name)) {
        throw new RerootError('RR_SECRET_SOURCE_MISSING', `${namespace}/${name} is no name of a Secret`);
      }
      try {
        return await readFolder(await versionOf(folder), signal);
      } catch (error) {
        signal.throwIfAborted();
        throw failureOf(error, { namespace, name }, folder);
      }
    },
    close: async () => undefined,
  };
}

/** The folder behind the link: it stays as it is when the link is turned to the next version. */
async function versionOf(folder: string): Promise<string> {
  const names = await readdir(folder);
  return names.includes(versionLink) ? realpath(join(folder, versionLink)) : folder;
}

async function readFolder(folder: string, signal: AbortSignal): Promise<SecretData> {
  const data = new Map<string, Uint8Array>();
  let bytes = 0;
  for (const key of (await readdir(folder)).toSorted()) {
    const file = join(folder, key);
    // The kubelet's own names begin so, and no key of a Secret does.
    const { size, isFile } = key.startsWith('..') ? { size: 0, isFile: false } : await look(file);
    if (!isFile) continue;
    bytes += size;
    if (bytes > maxSecretBytes) throw new Error(`it has more than ${maxSecretBytes} bytes`);
    data.set(key, await readFile(file, { signal }));
  }
  return data;
}

async function look(file: string): Promise<{ readonly size: number; readonly isFile: boolean }> {
  const found = await stat(file);
  return { size: found.size, isFile: found.isFile() };
}

function failureOf(error: unknown, { namespace, name }: ObjectRef, place: string): RerootError {
  const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return missing
    ? new RerootError('RR_SECRET_SOURCE_MISSING', `there is no Secret ${namespace}/${name}`, { place })
    : new RerootError('RR_SECRET_SOURCE_UNREADABLE', `Secret ${namespace}/${name} cannot be read: ${errorMessage(error)}`, {
        place,
      });
}
