import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type CommandOptions, runCommand } from './run-command.ts';

/**
 * Compares what was fetched with its pin.
 * @param what how it is called in the error
 * @throws Error with both digests when it is another one
 */
export async function comparePin(what: string, path: string, sha256: string): Promise<void> {
  const digest = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  if (digest !== sha256) throw new Error(`${what} has digest ${digest}, not ${sha256}`);
}

/**
 * Unpacks a zip file into the folder that the command runs in.
 * @throws Error with the end of what was written; the signal's reason
 */
export async function unzip(path: string, options: CommandOptions): Promise<void> {
  await runCommand('python3', ['-m', 'zipfile', '-e', path, '.'], options);
}
