import type { ObjectRef } from '@reroot/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSecretText, type SecretSource } from '../secret-source.ts';

/** A place of Secrets under test. It begins without any. */
export interface SecretsUnderTest {
  readonly secrets: SecretSource;
  /** Makes a Secret, or replaces the whole of it, as whoever keeps it does. */
  readonly put: (secret: ObjectRef, values: Readonly<Record<string, Uint8Array>>) => Promise<void>;
  readonly remove: (secret: ObjectRef) => Promise<void>;
  readonly dispose: () => Promise<void>;
}

const one: ObjectRef = { namespace: 'default', name: 'reroot-one' };
const text = (value: string): Uint8Array => Buffer.from(value);
const { signal } = new AbortController();

/** What every place of Secrets must do. */
export function describeSecretSourceContract(name: string, make: () => Promise<SecretsUnderTest>): void {
  describe(name, () => {
    let tested: SecretsUnderTest;
    let secrets: SecretSource;
    beforeEach(async () => {
      tested = await make();
      secrets = tested.secrets;
    });
    afterEach(async () => {
      await secrets.close();
      await tested.dispose();
    });

    const read = async (secret: ObjectRef): Promise<Readonly<Record<string, Buffer>>> => {
      const data = await secrets.read(secret, signal);
      return Object.fromEntries([...data].map(([key, value]) => [key, Buffer.from(value)]));
    };
    const expectMissing = async (secret: ObjectRef): Promise<void> => {
      const named = { code: 'RR_SECRET_SOURCE_MISSING', message: expect.stringContaining(`${secret.namespace}/${secret.name}`) };
      await expect(secrets.read(secret, signal)).rejects.toMatchObject(named);
    };

    it('gives every value byte for byte', async () => {
      const values = { 'ca-key.pem': text('key\n'), empty: text(''), binary: Buffer.from([0, 255, 128, 10, 13]), _a: text('ü') };
      await tested.put(one, values);
      expect(await read(one)).toEqual(
        Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value)])),
      );
    });

    it('gives what stands there at that time: a value that is taken out is gone, and so is the Secret', async () => {
      await expectMissing(one);
      await tested.put(one, { a: text('1'), b: text('1') });
      expect(Object.keys(await read(one)).toSorted()).toEqual(['a', 'b']);
      await tested.put(one, { a: text('2') });
      expect(await read(one)).toEqual({ a: Buffer.from('2') });
      await tested.remove(one);
      await expectMissing(one);
    });

    it('tells Secrets of one name apart by their namespaces', async () => {
      await tested.put(one, { a: text('1') });
      await expectMissing({ ...one, namespace: 'kube-public' });
      await expectMissing({ ...one, name: `${one.name}-2` });
    });

    it.each([
      ['..', 'x'],
      ['default', '..'],
      ['default', '../default/reroot-one'],
      ['default', 'reroot-one/a'],
      ['', 'reroot-one'],
      ['default', ''],
      ['default', 'reroot-one?x=1'],
    ])('is not led elsewhere by the name %s/%s', async (namespace, name) => {
      await tested.put(one, { a: text('1') });
      await expectMissing({ namespace, name });
    });

    it('gives one value without the line end after it, and says which key has none', async () => {
      await tested.put(one, { token: text(' hvs.x\n'), blank: text(' \n') });
      expect(await readSecretText(secrets, one, 'token', signal)).toBe('hvs.x');
      for (const key of ['blank', 'absent']) {
        const named = { code: 'RR_SECRET_SOURCE_MISSING', message: expect.stringContaining(`has nothing under ${key}`) };
        await expect(readSecretText(secrets, one, key, signal)).rejects.toMatchObject(named);
      }
    });

    it('ends with the reason of its signal', async () => {
      await tested.put(one, { a: text('1') });
      const reason = new Error('enough');
      await expect(secrets.read(one, AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    it('gives values of one version alone, whenever it is asked', async () => {
      const write = (version: number) => tested.put(one, { a: text(`${version}`), b: text(`${version}`) });
      await write(0);
      let version = 0;
      const writing = (async () => {
        while (version < 30) await write(++version);
      })();
      for (let seen = 0; seen < 30; ) {
        const { a, b } = await read(one);
        expect(a).toEqual(b);
        seen = Number(a);
      }
      await writing;
    });
  });
}
