import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { draftSuffix, writeDurably } from '@reroot/shared/durable-file';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { sha256Hex } from '@reroot/shared/pki';
import { decodeRecord, emptyRecord, encodeRecord } from './link-record.ts';
import type { Basis, LinkStore } from './link-store.ts';

const fileName = 'link.json';
/** Stands for the file that is not there. */
const nothing: Basis = '';

/**
 * Keeps the record in one file of a folder that is the agent's alone; the folder is made when it is not there.
 *
 * A folder has no compare-and-swap: the file is compared right before it is replaced, which finds a second agent with
 * the same folder at the next write, if not at this one.
 */
export function createFolderLinkStore(dir: string): LinkStore {
  const file = join(dir, fileName);
  return {
    read: async (signal) => {
      signal.throwIfAborted();
      await makeFolder(dir);
      await requirePrivate(dir, '700');
      await removeDrafts(dir);
      const text = await readOwn(file);
      if (text === undefined) return { record: emptyRecord, basis: nothing };
      return { record: decodeRecord(text, file), basis: basisOf(text) };
    },
    write: async (record, basis, signal) => {
      signal.throwIfAborted();
      const found = await readOwn(file);
      if ((found === undefined ? nothing : basisOf(found)) !== basis) {
        throw new RerootError('RR_LINK_STATE_CONFLICT', 'the state of the link has changed since it was read', { place: file });
      }
      const text = encodeRecord(record);
      await replaceFile(file, text);
      return basisOf(text);
    },
  };
}

function basisOf(text: string): Basis {
  return sha256Hex(Buffer.from(text));
}

async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new RerootError('RR_FILE_UNWRITABLE', `cannot make the folder: ${errorMessage(error)}`, { place: dir, cause: error });
  }
}

/** They hold keys, and an agent that was killed while it wrote has left one behind. */
async function removeDrafts(dir: string): Promise<void> {
  const drafts = (await readdir(dir)).filter((name) => name.startsWith(`${fileName}.`) && name.endsWith(draftSuffix));
  for (const draft of drafts) await rm(join(dir, draft), { force: true });
}

/** Undefined when there is none. */
async function readOwn(file: string): Promise<string | undefined> {
  try {
    await requirePrivate(file, '600');
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof RerootError) throw error;
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new RerootError('RR_LINK_STATE_UNREADABLE', `cannot read the state of the link: ${errorMessage(error)}`, {
      place: file,
      cause: error,
    });
  }
}

async function requirePrivate(path: string, mode: '600' | '700'): Promise<void> {
  const found = (await stat(path)).mode & 0o777;
  if ((found & 0o077) === 0) return;
  throw new RerootError('RR_LINK_STATE_UNREADABLE', `others than its owner may read it (mode ${found.toString(8)})`, {
    place: path,
    remedy: `chmod ${mode} ${path}, and join anew with \`reroot cluster add NAME --again\` if others could read it`,
  });
}

async function replaceFile(file: string, text: string): Promise<void> {
  try {
    await writeDurably(file, text);
  } catch (error) {
    throw new RerootError('RR_FILE_UNWRITABLE', `cannot keep the state of the link: ${errorMessage(error)}`, {
      place: file,
      cause: error,
    });
  }
}
