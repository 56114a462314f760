import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '../generated-files.ts';

const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: repository }).toSorted();
const texts = new Map(
  await Promise.all(pages.map(async (page) => [page, await readFile(join(repository, page), 'utf8')] as const)),
);

/** As renderers of Markdown make it from a heading: lower case, no punctuation, hyphens for blanks. */
function anchorOf(heading: string): string {
  const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
  return words
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}

function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));
  const named = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name);
  return new Set([...headings, ...named]);
}

const anchors = new Map([...texts].map(([page, text]) => [page, anchorsOf(text)]));

function findDead(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const to = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(repository, to))) return true;
  return anchor !== undefined && anchors.get(to)?.has(anchor) === false;
}

describe('the links of the pages', () => {
  it('lead to files and headings that are there', () => {
    const dead = [...texts].flatMap(([page, text]) =>
      [...text.replaceAll(/```[\s\S]*?```/g, '').matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => findDead(page, target))
        .map((target) => `${page}: ${target}`),
    );
    expect(dead).toEqual([]);
  });
});
