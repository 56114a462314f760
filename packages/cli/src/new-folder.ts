import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/** A file of a folder to make. */
export interface NewFile {
  /** Relative to the folder. */
  readonly path: string;
  readonly text: string;
  readonly kind: 'secret' | 'public';
}

/**
 * Refuses a folder that holds anything, before work is done for it.
 * @throws RR_FILE_EXISTS
 */
export async function requireNewFolder(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return [];
    if (codeOf(error) === 'ENOTDIR') throw exists(folder, 'is there already, and no folder');
    throw unwritable(folder, error);
  });
  if (found.length > 0) throw exists(folder, 'holds something already');
}

/**
 * Writes a folder that only its owner may enter, all or nothing: the files come into being beside it, and it gets its
 * name when they are on the disk.
 * @throws RR_FILE_EXISTS when there is something in it, RR_FILE_UNWRITABLE; the signal's reason
 */
export async function writeNewFolder(folder: string, files: readonly NewFile[], signal: AbortSignal): Promise<void> {
  const target = resolve(folder);
  const partial = `${target}.${randomBytes(6).toString('hex')}.partial`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await mkdir(partial, { mode: 0o700 });
    for (const file of files) {
      signal.throwIfAborted();
      await writeFile(partial, file);
    }
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    signal.throwIfAborted();
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') throw exists(folder, 'holds something already');
    throw unwritable(folder, error);
  }
}

async function writeFile(folder: string, { path, text, kind }: NewFile): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'wx', kind === 'secret' ? 0o600 : 0o644);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function exists(folder: string, how: string): RerootError {
  return new RerootError('RR_FILE_EXISTS', `${folder} ${how}`, {
    place: folder,
    remedy: 'choose another folder: keys that servers and agents may rely on are never overwritten',
  });
}

function unwritable(folder: string, error: unknown): RerootError {
  return new RerootError('RR_FILE_UNWRITABLE', `cannot write the folder: ${errorMessage(error)}`, {
    place: folder,
    cause: error,
  });
}
