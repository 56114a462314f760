import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tokenPrefix } from '../api/index.ts';
import { createNkey } from '../nats-auth/index.ts';
import { RerootError } from './index.ts';
import { veilSecrets } from './veil-secrets.ts';

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const { seed, publicKey } = createNkey('user');
const token = `${tokenPrefix}${Buffer.alloc(32, 0xa7).toString('base64url')}`;

describe('a secret that shows what it is', () => {
  it.each([
    ['a private key', `stat '${pem}' failed`, "stat '[a private key]\n' failed"],
    ['a private key in JSON', JSON.stringify({ key: pem, more: 'x' }), '{"key":"[a private key]\\n","more":"x"}'],
    ['a private key that was cut', `got ${JSON.stringify(pem).slice(0, 60)}; and 2 more`, 'got "[a private key]; and 2 more'],
    ['two private keys', `${pem}${pem}`, '[a private key]\n[a private key]\n'],
    ['a token', `${token} is no name`, '[a token] is no name'],
    ['a token in a URL', `/x?access_token=${token}&y=1`, '/x?access_token=[a token]&y=1'],
    ['a token of Vault', 'got "hvs.CAESIJ-1_x4a"', 'got "[a token of Vault]"'],
    ['a seed', `got "${seed}"`, 'got "[a seed]"'],
    ['a seed that was cut', `got "${seed.slice(0, 30)}`, 'got "[a seed]'],
    ['a JWT', 'got eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln, and more', 'got [a JWT], and more'],
  ])('is taken out: %s', (_, text, veiled) => {
    expect(veilSecrets(text)).toBe(veiled);
  });

  it.each([
    publicKey,
    'SUBJECT of reroot.v1.demo.cluster-1.trust',
    '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    'the token has expired; rrt_ begins every one',
    'the text is a private key, where the public half belongs',
    '44a061bee93513562bd563ef29e7ee502054230f4e791f78b3afc9d6ef887f1b',
  ])('is not seen in %s', (text) => {
    expect(veilSecrets(text)).toBe(text);
  });

  it('is in no part of an error', () => {
    const error = new RerootError('RR_NAME_INVALID', `mesh ${token} is no name`, { place: pem, remedy: `rename ${seed}` });
    expect([error.message, error.place, error.remedy]).toEqual([
      'mesh [a token] is no name',
      '[a private key]\n',
      'rename [a seed]',
    ]);
  });
});
