import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** The top folder of the repository. */
export const repository = join(import.meta.dirname, '..');

/** A file that a tool makes: where it belongs and what it must hold. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Ends a generator. Writes the files, or with `--check` among the arguments only compares them
 * and sets exit code 1 with a remedy on stderr when one differs.
 */
export async function settleGenerated(files: readonly GeneratedFile[], args = process.argv.slice(2)): Promise<void> {
  const stale: string[] = [];
  for (const { path, content } of files) {
    if ((await readFile(path, 'utf8').catch(() => undefined)) !== content) stale.push(path);
  }
  const names = stale.map((path) => relative(repository, path)).join(', ');
  if (stale.length === 0) return;
  if (args.includes('--check')) {
    process.stderr.write(`error: out of date: ${names}\nremedy: run ./dev generate and commit what changes\n`);
    process.exitCode = 1;
    return;
  }
  for (const { path, content } of files) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  process.stderr.write(`wrote ${names}\n`);
}
