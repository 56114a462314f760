import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { obtainPassphrase } from './obtain-passphrase.ts';
import { type PassphraseSource, passphraseSourceSchema } from './passphrase-source.ts';
import { noSecretSource, type SecretSource } from './secret-source.ts';

const passphraseSecret = { namespace: 'reroot', name: 'key-store', key: 'passphrase' };
const { signal } = new AbortController();

describe('the passphrase of the key store', () => {
  let dir: string;
  let environment: NodeJS.ProcessEnv;
  let value: string | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-passphrase-'));
    environment = { OTHER: 'stays' };
  });
  afterEach(() => rm(dir, { recursive: true }));

  const secrets: SecretSource = {
    read: async ({ namespace, name }) => {
      expect({ namespace, name }).toEqual({ namespace: 'reroot', name: 'key-store' });
      return new Map(value === undefined ? [] : [['passphrase', Buffer.from(value)]]);
    },
    close: async () => undefined,
  };
  const obtain = (source: PassphraseSource, from = secrets) =>
    obtainPassphrase(source, { secrets: from, environment, unwrap: async ({ key }) => `unwrapped by ${key}` }, signal);

  /** Puts a passphrase where one comes from. */
  const places: readonly (readonly [string, (text: string) => Promise<PassphraseSource>])[] = [
    [
      'a file',
      async (text) => {
        await writeFile(join(dir, 'passphrase'), text, { mode: 0o600 });
        return { passphraseFile: join(dir, 'passphrase') };
      },
    ],
    [
      'the environment',
      async (text) => {
        environment['PASSPHRASE'] = text;
        return { passphraseEnv: 'PASSPHRASE' };
      },
    ],
    [
      'a Secret',
      async (text) => {
        value = text;
        return { passphraseSecret };
      },
    ],
  ];

  it.each(places)('comes from %s, without the line end after it', async (_, put) => {
    for (const end of ['', '\n', '\r\n']) expect(await obtain(await put(`correct horse${end}`))).toBe('correct horse');
  });

  it.each(places)('is refused from %s when it is short or not one line, and never told', async (_, put) => {
    for (const text of ['canary', 'canary canary\ncanary canary', '\n\n\n\n\n\n\n\n\n\n\n\n\n\n']) {
      const error: unknown = await obtain(await put(text)).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: expect.stringMatching(/^RR_(KEYSTORE_PASSPHRASE_INVALID|SECRET_SOURCE_MISSING)$/) });
      expect(inspect(error, { depth: 9 })).not.toContain('canary');
    }
  });

  it('is in the environment no more once it was read, though it cannot be used', async () => {
    environment['PASSPHRASE'] = 'short';
    await expect(obtain({ passphraseEnv: 'PASSPHRASE' })).rejects.toThrow('it has fewer than 12 characters');
    expect(environment).toEqual({ OTHER: 'stays' });
    const unset = { code: 'RR_KEYSTORE_PASSPHRASE_INVALID', place: 'environment variable PASSPHRASE' };
    await expect(obtain({ passphraseEnv: 'PASSPHRASE' })).rejects.toMatchObject(unset);
  });

  it('is missed in a Secret that has no such key, and where there are no Secrets', async () => {
    value = undefined;
    await expect(obtain({ passphraseSecret })).rejects.toMatchObject({ code: 'RR_SECRET_SOURCE_MISSING' });
    await expect(obtain({ passphraseSecret }, noSecretSource)).rejects.toMatchObject({ code: 'RR_SECRET_SOURCE_NONE' });
  });

  it('is unwrapped by the key that is named', async () => {
    const auth = { tokenFile: '/run/vault/token' };
    const source = passphraseSourceSchema.parse({ vaultTransit: { server: 'https://vault:8200', key: 'reroot', auth } });
    expect(await obtain(source)).toBe('unwrapped by reroot');
  });
});
