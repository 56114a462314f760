import { errorCatalogue } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import { findFiles, readRepositoryFile, readSources } from './sources.ts';

const catalogue = 'packages/shared/src/errors/catalogue.ts';
const written = readSources().filter(({ path }) => !path.endsWith('.test.ts') && path !== catalogue);
const codes = Object.keys(errorCatalogue);

const codesIn = (text: string): string[] => text.match(/\bRR_[A-Z0-9_]*[A-Z0-9]\b/g) ?? [];

describe('the error catalogue', () => {
  it('holds every code that a source or a document names', () => {
    const places = [...written, ...findFiles('*.md', 'docs/**/*.md').map((path) => ({ path, text: readRepositoryFile(path) }))];
    const unknown = places.flatMap(({ path, text }) =>
      codesIn(text)
        .filter((code) => !codes.includes(code))
        .map((code) => `${path}: ${code}`),
    );
    expect(unknown).toEqual([]);
  });

  it('holds no code that nothing reports', () => {
    const used = new Set(written.flatMap(({ text }) => codesIn(text)));
    expect(codes.filter((code) => !used.has(code))).toEqual([]);
  });

  it('is written out in docs/errors.md', () => {
    const documented = [...readRepositoryFile('docs/errors.md').matchAll(/^## (RR_\w+)$/gm)].map(([, code]) => code);
    expect(documented).toEqual(codes);
  });

  it('says what each code means and what to do, as sentences without a full stop', () => {
    const worded = /^\S.{10,}[^.\s]$/s;
    const entries = Object.entries(errorCatalogue);
    expect(entries.filter(([, { means, remedy }]) => !worded.test(means) || !worded.test(remedy))).toEqual([]);
  });
});
