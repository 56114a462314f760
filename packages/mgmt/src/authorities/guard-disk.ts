import { readFile } from 'node:fs/promises';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/** Does something to a file of the key store. @throws RR_KEYSTORE_UNWRITABLE naming the file, when the disk refuses */
export async function guardDisk<T>(place: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new RerootError('RR_KEYSTORE_UNWRITABLE', `the disk refuses: ${errorMessage(cause)}`, { place, cause });
  }
}

/** Reads a file of the key store; undefined when there is none. @throws RR_KEYSTORE_UNWRITABLE */
export async function readIfPresent(file: string): Promise<string | undefined> {
  return guardDisk(file, async () => {
    try {
      return await readFile(file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  });
}
