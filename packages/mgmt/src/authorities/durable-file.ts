import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file that only its owner may read, so that after a crash or a loss of power there is either the whole
 * file or none. Resolves when both the content and the name are on disk.
 */
export async function writeDurably(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await withFile(await open(temporary, 'wx', 0o600), async (handle) => {
      await handle.writeFile(content);
      await handle.sync();
    });
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncDirectoryOf(file);
}

/** Removes a file, so that it is not back after a crash or a loss of power either. One that is not there is removed already. */
export async function removeDurably(file: string): Promise<void> {
  await rm(file, { force: true });
  await syncDirectoryOf(file);
}

/** A new name, or the end of one, is durable only once the directory is. */
async function syncDirectoryOf(file: string): Promise<void> {
  await withFile(await open(dirname(file), 'r'), (handle) => handle.sync());
}

async function withFile(handle: FileHandle, act: (handle: FileHandle) => Promise<void>): Promise<void> {
  try {
    await act(handle);
  } finally {
    await handle.close();
  }
}
