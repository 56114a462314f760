import { type JoinFile, joinFileText } from '@reroot/shared/join-file';
import { writeNewFile } from './new-file.ts';

const words = {
  what: 'the join file',
  whenThere: 'name another file with --out, or move this one away; a join file that was replaced or used is worth nothing',
};

/**
 * Makes the file, then asks for what goes into it: a join file that could not be written would be lost, and void the one
 * before it.
 * @throws RR_FILE_EXISTS, RR_FILE_UNWRITABLE, and what `make` throws; no file is left then
 */
export async function writeJoinFile(file: string, make: () => Promise<JoinFile>): Promise<JoinFile> {
  return writeNewFile(file, words, async (write) => {
    const joinFile = await make();
    await write(joinFileText(joinFile));
    return joinFile;
  });
}
