import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How a draft's name ends, which begins with that of the file: whoever was killed while it wrote leaves one behind. */
export const draftSuffix = '.new';

/**
 * Writes a file, so that after a crash or a loss of power there is either the whole new one or what was there before.
 * Resolves when both the content and the name are on disk.
 * @param mode of a new file, and of one that is replaced; without it only its owner may read it
 * @throws what the file system says
 */
export async function writeDurably(file: string, content: string, mode = 0o600): Promise<void> {
  const draft = `${file}.${randomUUID()}${draftSuffix}`;
  try {
    await withFile(await open(draft, 'wx', mode), async (handle) => {
      await handle.writeFile(content);
      await handle.sync();
    });
    await rename(draft, file);
  } catch (error) {
    // What is left of it may be a secret.
    await unlink(draft).catch(() => undefined);
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
