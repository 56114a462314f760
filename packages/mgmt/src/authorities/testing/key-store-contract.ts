import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyStore, openKeyStore } from '../key-store.ts';
import { countKeys, type SealedKeys } from '../sealed-keys.ts';

/** Somewhere that holds nothing yet. */
export interface KeysUnderTest {
  /** Another process with the same keys gets another one of these. */
  readonly open: () => SealedKeys;
  dispose(): Promise<void>;
}

const passphrase = 'correct horse battery staple';
const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
const scryptCost = 2 ** 10;

/** Puts something else in the place of a sealed text. */
export async function replaceSealed(keys: SealedKeys, name: string, text: string): Promise<void> {
  await keys.remove(name);
  await keys.add(name, text);
}

/** What holds for the key store wherever its keys lie. */
export function describeKeyStoreContract(where: string, create: () => Promise<KeysUnderTest>): void {
  const within = (look: (keys: SealedKeys, again: () => SealedKeys) => Promise<void>) => async (): Promise<void> => {
    const subject = await create();
    try {
      await look(subject.open(), subject.open);
    } finally {
      await subject.dispose();
    }
  };
  const open = (keys: SealedKeys, words = passphrase): Promise<KeyStore> => openKeyStore({ keys, passphrase: words, scryptCost });
  const wrong = { code: 'RR_KEYSTORE_WRONG_PASSPHRASE' };
  const corrupt = { code: 'RR_KEYSTORE_CORRUPT' };

  describe(`the key store in ${where}`, () => {
    it(
      'gives a key back to the next process',
      within(async (keys, again) => {
        await (await open(keys)).write('a', key);
        expect(await (await open(again())).read('a')).toBe(key);
        expect(await keys.list()).toEqual(['a', 'passphrase-check']);
        expect(await countKeys(keys)).toBe(1);
      }),
    );

    it(
      'writes nothing in the clear, and the same key differently each time',
      within(async (keys) => {
        const store = await open(keys);
        await store.write('a', key);
        const first = await keys.read('a');
        expect(first).not.toContain('c2VjcmV0');
        await store.remove('a');
        await store.write('a', key);
        expect(await keys.read('a')).not.toBe(first);
      }),
    );

    it(
      'leaves a key alone that is there already, and puts one in the place of what does not open',
      within(async (keys) => {
        const store = await open(keys);
        await store.write('a', key);
        const first = await keys.read('a');
        await store.write('a', key);
        expect(await keys.read('a')).toBe(first);
        for (const damaged of ['x', String(await keys.read('passphrase-check'))]) {
          await replaceSealed(keys, 'a', damaged);
          await store.write('a', key);
          expect(await store.read('a')).toBe(key);
        }
      }),
    );

    it(
      'writes over nothing that another process has made',
      within(async (keys, again) => {
        expect(await keys.add('a', 'one')).toBe('added');
        expect(await again().add('a', 'two')).toBe('there-already');
        expect(await keys.read('a')).toBe('one');
      }),
    );

    it(
      'is made once by two processes that begin together, and by the one that is late with its own passphrase not at all',
      within(async (keys, again) => {
        const other = again();
        // The check of the first one comes while the second one makes its own.
        const late: SealedKeys = {
          ...other,
          add: async (name, text) => {
            await open(keys);
            return other.add(name, text);
          },
        };
        const both = await open(late);
        await both.write('a', key);
        expect(await (await open(keys)).read('a')).toBe(key);
        await removeAll(keys);
        await expect(open(late, 'another passphrase')).rejects.toMatchObject(wrong);
      }),
    );

    it(
      'refuses another passphrase before any key is asked for',
      within(async (keys) => {
        await open(keys);
        await expect(open(keys, 'another passphrase')).rejects.toMatchObject({ ...wrong, place: keys.place });
      }),
    );

    it(
      'removes a key for good, and no other',
      within(async (keys, again) => {
        const store = await open(keys);
        await store.write('a', key);
        await store.write('b', key);
        await store.remove('a');
        for (const each of [store, await open(again())]) {
          await expect(each.read('a')).rejects.toMatchObject({ code: 'RR_KEYSTORE_KEY_MISSING' });
          expect(await each.read('b')).toBe(key);
        }
        expect(await keys.list()).toEqual(['b', 'passphrase-check']);
      }),
    );

    it(
      'has nothing to do for a key that is not there',
      within(async (keys) => {
        const store = await open(keys);
        await store.remove('a');
        await store.write('a', key);
        await store.remove('a');
        await store.remove('a');
        expect(await keys.list()).toEqual(['passphrase-check']);
      }),
    );

    it(
      'never removes what tells a wrong passphrase',
      within(async (keys) => {
        const store = await open(keys);
        await expect(store.remove('passphrase-check')).rejects.toMatchObject({ code: 'RR_INTERNAL' });
        await expect(open(keys, 'another passphrase')).rejects.toMatchObject(wrong);
      }),
    );

    it(
      'names a key that is not there',
      within(async (keys) => {
        const missing = { code: 'RR_KEYSTORE_KEY_MISSING', place: keys.placeOf('b') };
        await expect((await open(keys)).read('b')).rejects.toMatchObject(missing);
      }),
    );

    it(
      'refuses a key under the name of another',
      within(async (keys) => {
        const store = await open(keys);
        await store.write('a', key);
        await keys.add('b', String(await keys.read('a')));
        await expect(store.read('b')).rejects.toMatchObject(corrupt);
      }),
    );

    it(
      'refuses a key with any byte changed, and never says what is in it',
      within(async (keys) => {
        const store = await open(keys);
        await store.write('a', key);
        const sealed = Buffer.from(String(await keys.read('a')));
        await fc.assert(
          fc.asyncProperty(fc.nat(sealed.length - 2), fc.integer({ min: 1, max: 127 }), async (at, flip) => {
            const changed = Buffer.from(sealed);
            changed[at] = (changed[at] ?? 0) ^ flip;
            await replaceSealed(keys, 'a', changed.toString('utf8'));
            const read = await store.read('a').catch((error: unknown) => error);
            // A byte between the values, or a digit of base64 that carries no bits, changes nothing.
            if (typeof read === 'string') expect(read).toBe(key);
            else expect(read).toMatchObject({ ...corrupt, place: keys.placeOf('a') });
          }),
          { numRuns: 40 },
        );
      }),
    );

    it.each([2 ** 30, 1_000, 3])('refuses a work factor of %i, too large or no power of two', async (cost) => {
      await within(async (keys) => {
        const store = await open(keys);
        await store.write('a', key);
        await replaceSealed(keys, 'a', String(await keys.read('a')).replace(/"cost": \d+/, `"cost": ${cost}`));
        const message = expect.stringContaining('not of the format') as string;
        await expect(store.read('a')).rejects.toMatchObject({ ...corrupt, message, place: keys.placeOf('a') });
      })();
    });

    it(
      'refuses a damaged check instead of making a new one',
      within(async (keys) => {
        await open(keys);
        await replaceSealed(keys, 'passphrase-check', 'x');
        await expect(open(keys)).rejects.toMatchObject(corrupt);
      }),
    );

    it(
      'refuses to make a new check when keys are there',
      within(async (keys) => {
        await (await open(keys)).write('a', key);
        await keys.remove('passphrase-check');
        await expect(open(keys, 'another passphrase')).rejects.toMatchObject(corrupt);
        expect(await keys.list()).toEqual(['a']);
      }),
    );
  });

  /** Begins anew: the two that are made together need a place without a check. */
  async function removeAll(keys: SealedKeys): Promise<void> {
    for (const name of await keys.list()) await keys.remove(name);
  }
}
