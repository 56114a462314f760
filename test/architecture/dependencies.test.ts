import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles, readRepositoryFile, repository } from './sources.ts';

interface Manifest {
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Dependency {
  readonly name: string;
  readonly range: string;
  readonly folder: string;
}

const manifestPaths = findFiles('package.json', 'packages/*/package.json', 'test/package.json');
const readManifest = (path: string): Manifest => JSON.parse(readRepositoryFile(path)) as Manifest;

const dependencies: Dependency[] = manifestPaths.flatMap((path) => {
  const { dependencies: shipped = {}, devDependencies: development = {} } = readManifest(path);
  return Object.entries({ ...shipped, ...development })
    .filter(([, range]) => !range.startsWith('workspace:'))
    .map(([name, range]) => ({ name, range, folder: join(path, '..') }));
});

/** Rows of the tables of docs/dependencies.md: the first cell names the dependency, the last its licence. */
const documented = new Map(
  [...readRepositoryFile('docs/dependencies.md').matchAll(/^\| `([^`]+)` \|.*\| ([^|]+) \|$/gm)].map(([, name, licence]) => [
    name,
    licence,
  ]),
);

function installedLicence({ name, folder }: Dependency): string {
  const path = join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(join(repository, path))) throw new Error(`${name} is not installed in ${folder}`);
  return readManifest(path).license ?? 'none';
}

describe('the dependencies', () => {
  it('have a line each in docs/dependencies.md, with the licence that their package names', () => {
    const wrong = dependencies
      .map((dependency) => ({ ...dependency, documented: documented.get(dependency.name), actual: installedLicence(dependency) }))
      .filter((each) => each.documented !== each.actual);
    expect(wrong).toEqual([]);
  });

  it('are all in use when docs/dependencies.md names them', () => {
    const used = new Set(dependencies.map(({ name }) => name));
    expect([...documented.keys()].filter((name) => name !== undefined && !used.has(name))).toEqual([]);
  });

  it('are pinned to one exact version, in one place', () => {
    const exact = /^\d+\.\d+\.\d+$/;
    expect(dependencies.filter(({ range }) => range !== 'catalog:' && !exact.test(range))).toEqual([]);
    const catalog = readRepositoryFile('pnpm-workspace.yaml').split(/^catalog:$/m)[1] ?? '';
    const loose = [...catalog.matchAll(/^ {2}(\S+): (\S+)$/gm)].filter(([, , version]) => !exact.test(version ?? ''));
    expect(loose).toEqual([]);
  });
});

describe('the licence', () => {
  it('is Apache-2.0 in every package', () => {
    expect(readRepositoryFile('LICENSE')).toContain('Apache License\n                           Version 2.0, January 2004');
    expect(manifestPaths.filter((path) => readManifest(path).license !== 'Apache-2.0')).toEqual([]);
  });
});
