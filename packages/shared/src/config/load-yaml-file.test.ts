import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadYamlFile } from './load-yaml-file.ts';

const schema = z.strictObject({ mesh: z.string() });
const mebibyte = 1024 * 1024;

let dir: string;
let file: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-config-'));
  file = join(dir, 'config.yaml');
});
afterAll(() => rm(dir, { recursive: true }));

describe('a configuration file', () => {
  it('is read, and named in its errors', async () => {
    await writeFile(file, 'mesh: demo\n');
    expect(await loadYamlFile(file, schema)).toEqual({ mesh: 'demo' });
    await writeFile(file, '\nmesh: 1\n');
    await expect(loadYamlFile(file, schema)).rejects.toMatchObject({
      code: 'RR_CONFIG_INVALID',
      place: `${file}:2:1 (mesh)`,
    });
  });

  it.each([
    ['missing', 'nowhere.yaml', /no such file/],
    ['a directory', '.', /illegal operation on a directory/],
  ])('is named when it is %s', async (_, name, message) => {
    const place = join(dir, name);
    await expect(loadYamlFile(place, schema)).rejects.toMatchObject({
      code: 'RR_CONFIG_UNREADABLE',
      place,
      message: expect.stringMatching(message) as string,
    });
  });

  it('may have 1 MiB and not a byte more', async () => {
    const head = 'mesh: demo\n#';
    await writeFile(file, head.padEnd(mebibyte, '#'));
    expect(await loadYamlFile(file, schema)).toEqual({ mesh: 'demo' });
    await writeFile(file, head.padEnd(mebibyte + 1, '#'));
    await expect(loadYamlFile(file, schema)).rejects.toMatchObject({
      code: 'RR_CONFIG_UNREADABLE',
      message: `${file} is larger than 1048576 bytes`,
    });
  });

  it('must be UTF-8', async () => {
    await writeFile(file, Uint8Array.of(0xff, 0xfe));
    await expect(loadYamlFile(file, schema)).rejects.toMatchObject({
      code: 'RR_CONFIG_UNREADABLE',
      message: `${file} is not UTF-8 text`,
    });
  });
});
