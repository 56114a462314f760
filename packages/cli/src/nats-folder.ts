import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '@reroot/shared/durable-file';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/** A folder of one server or leaf node, within that of `reroot nats init`. */
export interface ServerFolder {
  readonly kind: 'server' | 'leaf node';
  readonly name: string;
  readonly path: string;
}

/**
 * Reads a file of the folder, without the line's end.
 * @throws RR_CONFIG_UNREADABLE
 */
export async function readNatsFile(folder: string, file: string): Promise<string> {
  const place = join(folder, file);
  try {
    return (await readFile(place, 'utf8')).trimEnd();
  } catch (error) {
    throw unreadable(place, error);
  }
}

/**
 * The same of a file that need not be there.
 * @returns undefined when it is not
 * @throws RR_CONFIG_UNREADABLE
 */
export async function readNatsFileIfAny(folder: string, file: string): Promise<string | undefined> {
  const place = join(folder, file);
  try {
    return (await readFile(place, 'utf8')).trimEnd();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(place, error);
  }
}

/**
 * The folders of all servers and leaf nodes.
 * @throws RR_CONFIG_UNREADABLE when there is none of a server
 */
export async function findServerFolders(folder: string): Promise<readonly ServerFolder[]> {
  const found = await listServerFolders(folder);
  if (found.some(({ kind }) => kind === 'server')) return found;
  throw unreadable(folder, new Error('it holds no servers/'));
}

/**
 * The same, also when there is none.
 * @throws RR_CONFIG_UNREADABLE
 */
export async function listServerFolders(folder: string): Promise<readonly ServerFolder[]> {
  const servers = await foldersIn(join(folder, 'servers'), 'server');
  return [...servers, ...(await foldersIn(join(folder, 'leaf-nodes'), 'leaf node'))];
}

async function foldersIn(path: string, kind: ServerFolder['kind']): Promise<readonly ServerFolder[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw unreadable(path, error);
  });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => ({ kind, name, path: join(path, name) }));
}

/**
 * Puts a text in the place of a file's, in one step: whoever reads meanwhile finds the one or the other, whole.
 * @throws RR_FILE_UNWRITABLE
 */
export async function replaceFile(file: string, text: string, kind: 'secret' | 'public'): Promise<void> {
  try {
    await writeDurably(file, text, kind === 'secret' ? 0o600 : 0o644);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/**
 * Puts one file in the place of another, in one step.
 * @throws RR_FILE_UNWRITABLE
 */
export async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    throw unwritable(to, error);
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unwritable(file: string, error: unknown): RerootError {
  return new RerootError('RR_FILE_UNWRITABLE', `cannot write ${file}: ${errorMessage(error)}`, { place: file, cause: error });
}

function unreadable(place: string, error: unknown): RerootError {
  return new RerootError('RR_CONFIG_UNREADABLE', `cannot read ${place}: ${errorMessage(error)}`, {
    place,
    remedy: 'give the folder that `reroot nats init` wrote, with the files that are kept offline',
    cause: error,
  });
}
