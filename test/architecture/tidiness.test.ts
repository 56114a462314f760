import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFiles, readRepositoryFile } from './sources.ts';

const sources = findFiles('packages/*/src/**/*.{ts,tsx}', 'test/**/*.ts', 'tools/**/*.ts');
const texts = [...sources, ...findFiles('*.*', 'dev', '.ci/*', 'docs/**/*.md', 'proto/**/*.proto', 'packages/*/package.json')];

const filesWith = (pattern: RegExp, among: readonly string[]): string[] =>
  among.filter((path) => pattern.test(readRepositoryFile(path)));

describe('the sources', () => {
  it('are named for one thing each, not as drawers', () => {
    const drawer = /^(utils?|helpers?|managers?|types?|common|misc|lib)\.ts$/;
    expect(sources.filter((path) => drawer.test(basename(path)))).toEqual([]);
  });

  it('have names in kebab-case', () => {
    expect(sources.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)?\.tsx?$/.test(basename(path)))).toEqual([]);
  });

  it('name no folder of the machine they were written on', () => {
    expect(filesWith(/(?<![\w.$}*~-])\/(work|root|Users|home\/\w+)\//, texts)).toEqual([]);
  });

  it('switch off no test and prefer none', () => {
    const choosy = /\b(it|test|describe)\.(skip|skipIf|runIf|only|todo|fails)\b|\bretry: \d/;
    expect(
      filesWith(
        choosy,
        sources.filter((path) => path.endsWith('.test.ts')),
      ),
    ).toEqual([]);
  });
});
