import { encodeUser, fmtCreds } from '@nats-io/jwt';
import { createAccount, createUser, fromSeed } from '@nats-io/nkeys';
import { beforeAll, describe, expect, it } from 'vitest';
import { type NatsCredentials, readCredsText, requireOwnJwt, writeCredsText } from './creds-text.ts';
import { createNatsUser } from './nkey.ts';

let credentials: NatsCredentials;

beforeAll(async () => {
  const { publicKey, seed } = createNatsUser();
  credentials = { jwt: await encodeUser('test', publicKey, createAccount()), seed };
});

describe('a .creds file', () => {
  it('gives what was written into it, also with the line ends of Windows', () => {
    expect(readCredsText(writeCredsText(credentials))).toEqual(credentials);
    expect(readCredsText(writeCredsText(credentials).replaceAll('\n', '\r\n'))).toEqual(credentials);
  });

  it('is read as the library of NATS writes it', () => {
    const text = Buffer.from(fmtCreds(credentials.jwt, fromSeed(Buffer.from(credentials.seed)))).toString();
    expect(readCredsText(text)).toEqual(credentials);
  });

  it.each<[string, (text: string) => string]>([
    ['without a JWT', (text) => text.replaceAll('NATS USER JWT', 'OTHER')],
    ['without a seed', (text) => text.replaceAll('USER NKEY SEED', 'OTHER')],
    ['with a JWT that was changed', (text) => text.replace(/\.(\w{5})/, '.AAAAA')],
    ['with a seed that was changed', (text) => text.replace(/SU(\w{5})/, 'SUAAAAA')],
    ['that is empty', () => ''],
  ])('%s is refused, and no error shows the seed', (_, change) => {
    const text = change(writeCredsText(credentials));
    expect(() => readCredsText(text)).toThrow(expect.objectContaining({ code: 'RR_NATS_CREDENTIALS_INVALID' }));
    expect(() => readCredsText(text)).not.toThrow(credentials.seed);
  });

  it("with another user's seed is refused", () => {
    const other = Buffer.from(createUser().getSeed()).toString();
    const mixed = { jwt: credentials.jwt, seed: other };
    for (const read of [() => requireOwnJwt(mixed), () => readCredsText(writeCredsText(mixed))]) {
      expect(read).toThrow(expect.objectContaining({ code: 'RR_NATS_CREDENTIALS_INVALID' }));
      expect(read).not.toThrow(other);
    }
    expect(requireOwnJwt(credentials)).toEqual(credentials);
  });
});
