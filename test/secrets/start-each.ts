import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Canaries } from './canaries.ts';
import type { Capture } from './capture.ts';
import type { Run } from './run-program.ts';
import type { Ledger } from './secret.ts';

/** What programs are started with that must not start. */
export interface MisplacedFilesOptions {
  /** Of the fleet whose files are changed. */
  readonly dir: string;
  readonly canaries: Canaries;
  readonly ledger: Ledger;
  readonly capture: Capture;
}

/** Writes the files of a start into a folder of its own. @returns the text of the configuration, which becomes `config` */
export type WriteStart = (folder: string, config: string) => Promise<string>;

/** Starts a program once for each, two at a time: as many as the smallest machine has processors. */
export async function startEach(
  program: string,
  writeStarts: Readonly<Record<string, WriteStart>>,
  dir: string,
  start: (config: string) => Promise<Run>,
): Promise<ReadonlyMap<string, Run>> {
  const runs = new Map<string, Run>();
  const waiting = Object.entries(writeStarts);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, write] = next;
      const folder = join(dir, 'misplaced', `${program} ${name}`);
      await mkdir(folder, { recursive: true });
      const config = join(folder, 'config.yaml');
      await writeSecretFile(config, await write(folder, config));
      runs.set(`${program}, ${name}`, await start(config));
    }
  };
  await Promise.all([work(), work()]);
  return runs;
}

/** A file that its owner alone can read. @returns its path */
export async function writeSecretFile(file: string, text: string): Promise<string> {
  await writeFile(file, text, { mode: 0o600 });
  return file;
}
