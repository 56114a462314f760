import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@reroot/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMissing } from '../../tools/docs/compare-output.ts';
import { type DocCommand, readCommands } from '../../tools/docs/read-commands.ts';
import { alsoRun, pagesThatAreRun } from '../../tools/docs/run-list.ts';
import { readRepositoryFile, repository } from '../architecture/sources.ts';
import { type PlaygroundProcess, startPlayground } from '../docs/playground-process.ts';
import { exitOf, type Place, prepareFolder, runCommand } from '../docs/run-command.ts';

const commandsOf = (page: string): readonly DocCommand[] => readCommands(page, readRepositoryFile(page));
const commands = pagesThatAreRun.flatMap(commandsOf);
const others = alsoRun.flatMap(({ page, beginning, folder = '.' }) =>
  commandsOf(page)
    .filter(({ text }) => text.startsWith(beginning))
    .map((command): [string, DocCommand, string] => [`${command.page}:${command.line} ${command.text}`, command, folder]),
);
const start = './dev playground';

/** What a newcomer does, from the first command of the first page to the last one of the last, on one fleet. */
describe('whoever follows the pages', () => {
  let place: Place;
  let playground: PlaygroundProcess;
  beforeAll(async () => {
    place = { dir: await mkdtemp(join(tmpdir(), 'reroot-docs-')), port: await freePort() };
    await prepareFolder(place.dir);
    playground = await startPlayground(join(repository, 'dev'), place.port);
  });
  afterAll(async () => {
    await playground.interrupt();
    await rm(place.dir, { recursive: true });
  });

  const nameOf = (command: DocCommand): [string, DocCommand] => [`${command.page}:${command.line} ${command.text}`, command];
  it.each(commands.filter(({ text }) => text !== start).map(nameOf))('sees what is shown: %s', async (_, { text, shown }) => {
    const seen = (lines: readonly string[]): boolean => findMissing(shown, lines) === undefined;
    const { exit, lines } = await runCommand(text, place, / --watch\b/.test(text) ? { isEnough: seen } : {});
    expect(findMissing(shown, lines), lines.join('\n')).toBeUndefined();
    expect(exit, lines.join('\n')).toBe(exitOf(shown));
  });

  it.each(others)('gets on with what other pages have: %s', async (_, { text }, folder) => {
    const { exit, lines } = await runCommand(text.replace(/^curl /, 'curl -fsS '), place, { folder });
    expect(exit, lines.join('\n')).toBe(0);
  });

  it('has a fleet that says what it is', () => {
    const [first] = commands;
    const said = playground.said().replaceAll(` --server http://127.0.0.1:${place.port}`, '');
    expect(first?.text).toBe(start);
    expect(findMissing(first?.shown ?? [], said.split('\n')), said).toBeUndefined();
  });
});
