import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorMessage } from '@reroot/shared/errors';
import { WrongCall } from './wrong-call.ts';

/** Looks before an hour is spent on what is to be in the file; makes nothing. @throws WrongCall */
export async function requireWritable(option: string, file: string): Promise<void> {
  const path = resolve(file);
  try {
    const found = await stat(path).catch(() => undefined);
    if (found?.isDirectory() === true) throw new Error('it is a folder');
    // The slash has a folder that is a file refused.
    if (found === undefined) await access(`${dirname(path)}/`, constants.W_OK | constants.X_OK);
    else await access(path, constants.W_OK);
  } catch (error) {
    const message = `${option} ${file} cannot be written: ${errorMessage(error)}`;
    throw new WrongCall(message, 'name a file that may be written, in a folder that is there');
  }
}
