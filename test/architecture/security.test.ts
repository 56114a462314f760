import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRepositoryFile, repository } from './sources.ts';

/** Rows of the table of threats: the threat, and the links of its last cell. */
const rows = readRepositoryFile('docs/security.md')
  .split('## Threats')[1]
  ?.split('\n## ')[0]
  ?.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| threat'))
  .map((line) => ({
    threat: line.split('|')[1]?.trim() ?? '',
    links: [...(line.split('|').at(-2) ?? '').matchAll(/\]\(([^)#]+)\)/g)].map(([, link]) => link ?? ''),
  }));

describe('the table of threats', () => {
  it('names for each a test that there is', () => {
    expect(rows?.length).toBeGreaterThan(15);
    const untested = rows?.filter(({ links }) => !links.some((link) => link.endsWith('.test.ts')));
    expect(untested).toEqual([]);
    const missing = rows?.flatMap(({ links }) => links.filter((link) => !existsSync(join(repository, 'docs', link))));
    expect(missing).toEqual([]);
  });
});
