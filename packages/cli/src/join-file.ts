import { open, rm } from 'node:fs/promises';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { JoinFile } from '@reroot/shared/join-file';
import { stringify } from 'yaml';

/** A join file as it is written: YAML, with keys as blocks that a person can compare. */
export function joinFileText(joinFile: JoinFile): string {
  return stringify(joinFile, { lineWidth: 0, blockQuote: 'literal' });
}

/**
 * Makes the file, then asks for what goes into it: a join file that could not be written would be lost, and void the one
 * before it.
 * @throws RR_FILE_EXISTS, RR_FILE_UNWRITABLE, and what `make` throws; no file is left then
 */
export async function writeJoinFile(file: string, make: () => Promise<JoinFile>): Promise<JoinFile> {
  const handle = await openNew(file);
  try {
    const joinFile = await make();
    await handle.writeFile(joinFileText(joinFile));
    await handle.sync();
    await handle.close();
    return joinFile;
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
  }
}

async function openNew(file: string): ReturnType<typeof open> {
  try {
    return await open(file, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new RerootError('RR_FILE_EXISTS', `${file} is there already`, {
        place: file,
        remedy: 'name another file with --out, or move this one away; a join file that was replaced or used is worth nothing',
      });
    }
    throw new RerootError('RR_FILE_UNWRITABLE', `cannot write the join file: ${errorMessage(error)}`, {
      place: file,
      cause: error,
    });
  }
}
