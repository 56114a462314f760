import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSecretFile } from './secret-file.ts';

const options = { what: 'passphrase', minLength: 12, code: 'RR_KEYSTORE_PASSPHRASE_INVALID' } as const;

describe('a secret file', () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-secret-'));
    file = join(dir, 'secret');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const write = async (content: string, mode = 0o600): Promise<void> => {
    await writeFile(file, content);
    await chmod(file, mode);
  };

  it.each(['\n', '\r\n', ''])('is read without the line end %j', async (end) => {
    await write(`twelve chars${end}`);
    expect(await readSecretFile(file, options)).toBe('twelve chars');
  });

  it.each([0o640, 0o604, 0o660])('is refused when others can reach it: mode 0%o', async (mode) => {
    await write('twelve chars\n', mode);
    await expect(readSecretFile(file, options)).rejects.toMatchObject({ code: options.code, place: file });
  });

  it.each([
    ['short', 'it has fewer than 12 characters'],
    ['twelve chars\nmore', 'more than one line'],
  ])('is refused with content %j, which the error does not repeat', async (content, why) => {
    await write(content);
    const error: unknown = await readSecretFile(file, options).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: options.code, message: expect.stringContaining(why) });
    expect(String(error)).not.toContain(content);
  });

  it('is refused when it is missing', async () => {
    await expect(readSecretFile(file, options)).rejects.toMatchObject({ code: options.code, place: file });
  });
});
