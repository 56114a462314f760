import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The top folder of the repository. */
export const repository = join(import.meta.dirname, '../..');

/** An import of a source: the specifier as written, and whether anything of it is left when the program runs. */
export interface Import {
  readonly specifier: string;
  readonly kind: 'value' | 'type';
}

/** A TypeScript source of ours, with its path from the top of the repository. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** Text of a file, by its path from the top of the repository. */
export function readRepositoryFile(path: string): string {
  return readFileSync(join(repository, path), 'utf8');
}

/** Paths that match, from the top of the repository, without what is installed or generated. */
export function findFiles(...patterns: readonly string[]): string[] {
  const foreign = /(^|\/)(node_modules|generated|\.git|\.cache|coverage)(\/|$)/;
  return globSync(patterns, { cwd: repository, exclude: (path) => foreign.test(path) }).toSorted();
}

/** Every source of the packages. */
export function readSources(pattern = 'packages/*/src/**/*.{ts,tsx}'): Source[] {
  return findFiles(pattern).map((path) => {
    const text = readRepositoryFile(path);
    return { path, text, imports: importsOf(text) };
  });
}

/** Whether the source exists for tests only. */
export function isForTests({ path }: Source): boolean {
  return /\.test\.ts$|\/testing\//.test(path);
}

/** The path that a relative import leads to; undefined for an import of a package. */
export function resolveImport(from: Source, { specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? relative(repository, join(repository, dirname(from.path), specifier)) : undefined;
}

function importsOf(text: string): Import[] {
  const statement =
    /^(?:import|export)\s(?<clause>[\w\s{},*$]*?)\sfrom '(?<named>[^']+)'|^import '(?<bare>[^']+)'|\bimport\('(?<dynamic>[^']+)'\)/gm;
  return [...text.matchAll(statement)].map(({ groups = {} }) => ({
    specifier: groups['named'] ?? groups['bare'] ?? groups['dynamic'] ?? '',
    kind: isTypeOnly(groups['clause'] ?? '') ? 'type' : 'value',
  }));
}

function isTypeOnly(clause: string): boolean {
  if (clause.trim().startsWith('type ')) return true;
  const names = /^\s*\{(?<names>[^}]*)\}\s*$/.exec(clause)?.groups?.['names'];
  return names?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type ')) ?? false;
}
