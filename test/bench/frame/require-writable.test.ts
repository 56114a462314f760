import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireWritable } from './require-writable.ts';
import { WrongCall } from './wrong-call.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-writable-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const problemOf = (name: string) => requireWritable('--json', join(dir, name)).catch((error: unknown) => error);

describe('a file that an option names', () => {
  it('may be there or not, and is not made', async () => {
    await writeFile(join(dir, 'old.json'), 'former');
    expect(await problemOf('old.json')).toBeUndefined();
    expect(await problemOf('new.json')).toBeUndefined();
    expect(await readdir(dir)).toEqual(['old.json']);
  });

  it.each([
    ['a folder that is not there', 'gone/f.json', 'ENOENT'],
    ['a folder that is a file', 'file/f.json', 'ENOTDIR'],
    ['the name of a folder', '.', 'it is a folder'],
  ])('is refused with %s, by its place and with a remedy', async (_what, name, why) => {
    await writeFile(join(dir, 'file'), '');
    const problem = await problemOf(name);
    expect(problem).toBeInstanceOf(WrongCall);
    expect(problem).toMatchObject({ message: expect.stringContaining(`--json ${join(dir, name)} cannot be written: `) });
    expect(problem).toMatchObject({
      message: expect.stringContaining(why),
      remedy: expect.stringContaining('a folder that is there'),
    });
  });
});
