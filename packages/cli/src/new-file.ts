import { type FileHandle, open, rm } from 'node:fs/promises';
import { errorMessage, RerootError } from '@reroot/shared/errors';

/** What a file is called in an error, and what helps where it is there already and the remedy of every file does not. */
export interface NewFileWords {
  readonly what: string;
  readonly whenThere?: string;
}

/**
 * Makes a file that only its owner may read, and then what goes into it: nothing is asked of anybody for a file that cannot be
 * written.
 * @throws RR_FILE_EXISTS, RR_FILE_UNWRITABLE, and what `fill` throws; no file is left then
 */
export async function writeNewFile<Filled>(
  file: string,
  words: NewFileWords,
  fill: (write: (data: string | Uint8Array) => Promise<void>) => Promise<Filled>,
): Promise<Filled> {
  const handle = await openNew(file, words);
  const guard = guardOf(file, words);
  try {
    const filled = await fill((data) => guard(handle.appendFile(data)));
    await guard(handle.sync());
    return filled;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

async function openNew(file: string, words: NewFileWords): Promise<FileHandle> {
  return guardOf(file, words)(open(file, 'wx', 0o600));
}

/** Says of what goes wrong with a file which file it is. */
function guardOf(file: string, { what, whenThere }: NewFileWords): <Done>(work: Promise<Done>) => Promise<Done> {
  return async (work) => {
    try {
      return await work;
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') {
        const remedy = whenThere === undefined ? {} : { remedy: whenThere };
        throw new RerootError('RR_FILE_EXISTS', `${file} is there already`, { place: file, ...remedy });
      }
      throw new RerootError('RR_FILE_UNWRITABLE', `cannot write ${what}: ${errorMessage(cause)}`, { place: file, cause });
    }
  };
}
