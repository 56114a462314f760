import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeDurably, writeDurably } from '@reroot/shared/durable-file';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { SealedKeys } from './sealed-keys.ts';

const suffix = '.json';
/** The second: what is to be the folder is a file, which making it will tell. */
const missingCodes: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR']);

/**
 * Sealed texts as files of one folder, which is made when something is first kept. Only for a process that has it for itself: the lock
 * of the database beside it sees to that.
 */
export function createFolderKeys(dir: string): SealedKeys {
  const placeOf = (name: string): string => join(dir, `${name}${suffix}`);
  const read = (name: string): Promise<string | undefined> =>
    guardDisk(placeOf(name), () => orWhereMissing(undefined, readFile(placeOf(name), 'utf8')));
  return {
    place: dir,
    placeOf,
    read,
    add: async (name, text) => {
      if ((await read(name)) !== undefined) return 'there-already';
      await guardDisk(dir, () => mkdir(dir, { recursive: true, mode: 0o700 }));
      await guardDisk(placeOf(name), () => writeDurably(placeOf(name), text));
      return 'added';
    },
    remove: (name) => guardDisk(placeOf(name), () => orWhereMissing(undefined, removeDurably(placeOf(name)))),
    list: async () => {
      const files = await guardDisk(dir, () => orWhereMissing<readonly string[]>([], readdir(dir)));
      return files
        .filter((file) => file.endsWith(suffix))
        .map((file) => file.slice(0, -suffix.length))
        .toSorted();
    },
  };
}

async function guardDisk<T>(place: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new RerootError('RR_KEYSTORE_UNWRITABLE', `the disk refuses: ${errorMessage(cause)}`, { place, cause });
  }
}

async function orWhereMissing<T>(otherwise: T, found: Promise<T>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && missingCodes.has(error.code)) return otherwise;
    throw error;
  }
}
