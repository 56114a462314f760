import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyStore } from './key-store.ts';

const passphrase = 'correct horse battery staple';
const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
const scryptCost = 2 ** 10;

describe('the key store', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-keys-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const open = (words = passphrase) => openKeyStore({ dir, passphrase: words, scryptCost });

  it('gives a key back to the next process', async () => {
    await (await open()).write('a', key);
    expect(await (await open()).read('a')).toBe(key);
  });

  it('writes nothing in the clear, for its owner only, and leaves no temporary file', async () => {
    await (await open()).write('a', key);
    expect((await readdir(dir)).toSorted()).toEqual(['a.json', 'passphrase-check.json']);
    expect(await readFile(join(dir, 'a.json'), 'utf8')).not.toContain('c2VjcmV0');
    expect((await stat(join(dir, 'a.json'))).mode & 0o777).toBe(0o600);
  });

  it('encrypts the same key differently each time', async () => {
    const store = await open();
    await store.write('a', key);
    const first = await readFile(join(dir, 'a.json'), 'utf8');
    await store.write('a', key);
    expect(await readFile(join(dir, 'a.json'), 'utf8')).not.toBe(first);
  });

  it('refuses another passphrase before any key is asked for', async () => {
    await open();
    await expect(open('another passphrase')).rejects.toMatchObject({ code: 'RR_KEYSTORE_WRONG_PASSPHRASE', place: dir });
  });

  it('removes a key for good, and no other', async () => {
    const store = await open();
    await store.write('a', key);
    await store.write('b', key);
    await store.remove('a');
    for (const each of [store, await open()]) {
      await expect(each.read('a')).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
      expect(await each.read('b')).toBe(key);
    }
    expect((await readdir(dir)).toSorted()).toEqual(['b.json', 'passphrase-check.json']);
  });

  it('has nothing to do for a key that is not there', async () => {
    const store = await open();
    await store.remove('a');
    await store.write('a', key);
    await store.remove('a');
    await store.remove('a');
    expect(await readdir(dir)).toEqual(['passphrase-check.json']);
  });

  it('never removes what tells a wrong passphrase', async () => {
    const store = await open();
    await expect(store.remove('passphrase-check')).rejects.toMatchObject({ code: 'RR_INTERNAL' });
    await expect(open('another passphrase')).rejects.toMatchObject({ code: 'RR_KEYSTORE_WRONG_PASSPHRASE' });
  });

  it('says that a key cannot be removed', async () => {
    const store = await open();
    await mkdir(join(dir, 'a.json'));
    await expect(store.remove('a')).rejects.toMatchObject({ code: 'RR_KEYSTORE_UNWRITABLE', place: join(dir, 'a.json') });
  });

  it('names a key that is not there', async () => {
    const store = await open();
    await expect(store.read('b')).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING', place: join(dir, 'b.json') });
  });

  it('refuses a key under the name of another', async () => {
    const store = await open();
    await store.write('a', key);
    await rename(join(dir, 'a.json'), join(dir, 'b.json'));
    await expect(store.read('b')).rejects.toMatchObject({ code: 'RR_KEYSTORE_CORRUPT' });
  });

  it('refuses a key file with any byte changed, and never says what is in it', async () => {
    const store = await open();
    await store.write('a', key);
    const file = join(dir, 'a.json');
    const sealed = await readFile(file);
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length - 2), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(sealed);
        changed[at] = (changed[at] ?? 0) ^ flip;
        await writeFile(file, changed);
        const read = await store.read('a').catch((error: unknown) => error);
        // A byte between the values, or a digit of base64 that carries no bits, changes nothing.
        if (typeof read === 'string') expect(read).toBe(key);
        else expect(read).toMatchObject({ code: 'RR_KEYSTORE_CORRUPT' });
      }),
      { numRuns: 60 },
    );
  });

  it.each([2 ** 30, 1_000, 3])('refuses a work factor of %i, too large or no power of two', async (cost) => {
    const store = await open();
    await store.write('a', key);
    const file = join(dir, 'a.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/"cost": \d+/, `"cost": ${cost}`));
    await expect(store.read('a')).rejects.toMatchObject({
      code: 'RR_KEYSTORE_CORRUPT',
      message: expect.stringContaining('not of the format'),
      place: file,
    });
  });

  it('refuses a damaged check file instead of making a new one', async () => {
    await open();
    await writeFile(join(dir, 'passphrase-check.json'), 'x');
    await expect(open()).rejects.toMatchObject({ code: 'RR_KEYSTORE_CORRUPT' });
  });

  it('refuses to make a new check when keys are there', async () => {
    await (await open()).write('a', key);
    await unlink(join(dir, 'passphrase-check.json'));
    await expect(open('another passphrase')).rejects.toMatchObject({ code: 'RR_KEYSTORE_CORRUPT' });
  });

  it('says that the directory cannot be used', async () => {
    await rm(dir, { recursive: true });
    await writeFile(dir, 'a file');
    await expect(open()).rejects.toMatchObject({ code: 'RR_KEYSTORE_UNWRITABLE', place: dir });
  });
});
