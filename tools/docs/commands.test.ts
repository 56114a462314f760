import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '../generated-files.ts';
import { findUnknown, parseCommandLine, wordsOf } from './check-command.ts';
import { type DocCommand, readCommands, readSpans } from './read-commands.ts';
import { alsoRun, notRun, pagesThatAreRun } from './run-list.ts';

const pages = globSync(['*.md', 'docs/**/*.md'], { cwd: repository })
  .filter((page) => page !== 'CHANGELOG.md')
  .toSorted();
const texts = new Map(
  await Promise.all(pages.map(async (page) => [page, await readFile(join(repository, page), 'utf8')] as const)),
);
const commands = [...texts].flatMap(([page, text]) => readCommands(page, text));
const spans = [...texts].flatMap(([page, text]) => readSpans(page, text));
const dev = await readFile(join(repository, 'dev'), 'utf8');

const nameOf = ({ page, line, text }: DocCommand): [string, string] => [`${page}:${line}`, text];
/** The client by itself or by the door of the repository. */
const ofClient = ({ text }: DocCommand): boolean => /^(\.\/dev )?reroot /.test(text);
const ofDev = ({ text }: DocCommand): boolean => /^\.\/dev (?!reroot )/.test(text);
const ofNode = ({ text }: DocCommand): boolean => /^node \S+\.(ts|mjs)\b/.test(text);

describe('the commands of the pages', () => {
  it('are found', () => {
    expect(commands.length).toBeGreaterThan(60);
    expect(spans.length).toBeGreaterThan(100);
  });

  it.each(commands.filter(ofClient).map(nameOf))('are understood by the client, as in %s: %s', async (_, text) => {
    await parseCommandLine(wordsOf(text.replace(/^\.\/dev /, '')).slice(1));
  });

  it.each(commands.filter(ofDev).map(nameOf))('name verbs that ./dev has, as in %s: %s', (_, text) => {
    expect(dev).toMatch(new RegExp(`^ {2}(\\w+ \\| )*${wordsOf(text)[1] ?? ''}( \\| \\w+)*\\)`, 'm'));
  });

  it.each(commands.filter(ofNode).map(nameOf))('start programs that are there, as in %s: %s', (_, text) => {
    const [, program = ''] = wordsOf(text);
    // What tools/bundle.ts makes is there once it was run.
    expect(existsSync(join(repository, program)) || program.startsWith('dist/')).toBe(true);
  });

  it('are run by a test, or stand in the list of those that are not, with the reason', () => {
    const isRun = ({ page, text }: DocCommand): boolean =>
      pagesThatAreRun.includes(page) || alsoRun.some((each) => each.page === page && text.startsWith(each.beginning));
    const others = commands.filter((command) => !isRun(command) && !ofClient(command) && !ofDev(command) && !ofNode(command));
    const shown = others.map(({ page, text }) => `${page}: ${text}`);
    const listed = notRun.flatMap(({ page, lines }) => lines.map((line) => `${page}: ${line}`));
    expect(shown.toSorted()).toEqual(listed.toSorted());
  });

  it('that are not run are tested in another way where the list says so', () => {
    const named = notRun.flatMap(({ why }) => [...why.matchAll(/(?:test|packages)\/[\w/.-]+\.ts/g)].map(([path]) => path));
    expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });

  it('name no option and no verb in a sentence that the client does not have', async () => {
    const wrong = await Promise.all(
      spans.map(async (span) => ({ ...span, unknown: await findUnknown(wordsOf(span.text).slice(1)) })),
    );
    expect(
      wrong.filter(({ unknown }) => unknown !== undefined).map(({ page, line, text }) => `${page}:${line}: ${text}`),
    ).toEqual([]);
  });
});
