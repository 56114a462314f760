import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  generateIdentity,
  identityFromPem,
  keyringOf,
  keyringOfDer,
  loadIdentity,
  publicKeyDerOf,
  publicKeyPemOf,
} from './identity.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-identity-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function keyFile(content: string, mode: number): Promise<string> {
  const file = join(dir, `key-${mode.toString(8)}.pem`);
  await writeFile(file, content);
  await chmod(file, mode);
  return file;
}

describe('an identity', () => {
  it('is named by the SHA-256 of its public key', () => {
    const { identity, publicKeyPem } = generateIdentity();
    const spki = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' });
    expect(identity.keyId).toBe(createHash('sha256').update(spki).digest('hex'));
  });

  it('is the same when it is read from its private key', () => {
    const { identity, privateKeyPem } = generateIdentity();
    const again = identityFromPem(privateKeyPem);
    expect(again.keyId).toBe(identity.keyId);
    const bytes = Buffer.from('bytes');
    expect(verify(null, bytes, createPublicKey(identity.publicKeyPem), again.sign(bytes))).toBe(true);
  });

  it('shows its private key to nobody', () => {
    const { identity, privateKeyPem } = generateIdentity();
    const secret = privateKeyPem.split('\n')[1] ?? '';
    expect(secret).toHaveLength(64);
    expect(JSON.stringify(Object.entries(identity))).not.toContain(secret);
  });

  it('is Ed25519 only, and the refusal does not quote the key', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const refused = expect.objectContaining({
      code: 'RR_IDENTITY_INVALID',
      message: expect.not.stringContaining('MI') as string,
    }) as Error;
    expect(() => identityFromPem(pem)).toThrow(refused);
    expect(() => identityFromPem('nonsense')).toThrow(refused);
  });
});

describe('the file of a private key', () => {
  it('is read when only its owner can', async () => {
    const { identity, privateKeyPem } = generateIdentity();
    expect((await loadIdentity(await keyFile(privateKeyPem, 0o600))).keyId).toBe(identity.keyId);
  });

  it.each([0o640, 0o604, 0o660])('is refused with mode %o', async (mode) => {
    const file = await keyFile(generateIdentity().privateKeyPem, mode);
    await expect(loadIdentity(file)).rejects.toMatchObject({
      code: 'RR_IDENTITY_UNREADABLE',
      place: file,
      remedy: `chmod 600 ${file}`,
    });
  });

  it('is named when it is missing or holds something else', async () => {
    const missing = join(dir, 'missing.pem');
    await expect(loadIdentity(missing)).rejects.toMatchObject({ code: 'RR_IDENTITY_UNREADABLE', place: missing });
    const file = await keyFile('nonsense', 0o400);
    await expect(loadIdentity(file)).rejects.toMatchObject({ code: 'RR_IDENTITY_INVALID', place: file });
  });
});

describe('a keyring', () => {
  it('finds its keys by their ids, and no other', () => {
    const [one, two, other] = [generateIdentity(), generateIdentity(), generateIdentity()];
    const keyring = keyringOf([one.publicKeyPem, two.publicKeyPem]);
    expect(keyring.find(two.identity.keyId)?.asymmetricKeyType).toBe('ed25519');
    expect(keyring.find(other.identity.keyId)).toBeUndefined();
  });

  it('refuses a private key, which has no business there', () => {
    expect(() => keyringOf([generateIdentity().privateKeyPem])).toThrow(/is a private key, where the public half belongs/);
  });

  it('refuses what is no Ed25519 key', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => keyringOf([publicKey.export({ type: 'spki', format: 'pem' }).toString()])).toThrow(/not an Ed25519 public key/);
    expect(() => keyringOf(['nonsense'])).toThrow(/not an Ed25519 public key/);
  });
});

describe('public keys in DER', () => {
  const { identity, privateKeyPem, publicKeyPem } = generateIdentity();
  const der = identity.publicKeyDer;
  const refused = expect.objectContaining({ code: 'RR_IDENTITY_INVALID' }) as Error;

  it('make the same keyring as in PEM', () => {
    const other = generateIdentity().identity;
    const keyring = keyringOfDer([der, other.publicKeyDer]);
    expect(keyring.find(identity.keyId)?.equals(createPublicKey(publicKeyPem))).toBe(true);
    expect(keyring.find(other.keyId)?.equals(createPublicKey(other.publicKeyPem))).toBe(true);
    expect(keyring.find(generateIdentity().identity.keyId)).toBeUndefined();
    expect(keyringOfDer([]).find(identity.keyId)).toBeUndefined();
  });

  it('become PEM and back', () => {
    expect(publicKeyPemOf(der)).toBe(publicKeyPem);
    expect(Buffer.from(publicKeyDerOf(publicKeyPem)).equals(der)).toBe(true);
  });

  it.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['nonsense', () => Buffer.from('nonsense')],
    ['a byte after the key', () => Buffer.concat([der, Buffer.alloc(1)])],
    ['a second key after the key', () => Buffer.concat([der, der])],
    ['one byte less', () => der.subarray(0, 43)],
    ['a length in more bytes than it needs', () => Buffer.concat([Buffer.from([0x30, 0x81, 0x2a]), der.subarray(2)])],
    ['parameters that Ed25519 does not have', () => Buffer.from(`302c300706032b65700500032100${rawHex(der)}`, 'hex')],
    ['unused bits', () => Buffer.from(`302a300506032b6570032101${rawHex(der)}`, 'hex')],
    ['the PEM', () => Buffer.from(publicKeyPem)],
    ['the private key', () => createPrivateKey(privateKeyPem).export({ type: 'pkcs8', format: 'der' })],
    ['an Ed448 key', () => generateKeyPairSync('ed448').publicKey.export({ type: 'spki', format: 'der' })],
    ['a P-256 key', () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'der' })],
  ])('are refused when there is %s', (_, malformed) => {
    expect(() => keyringOfDer([der, malformed()])).toThrow(refused);
    expect(() => publicKeyPemOf(malformed())).toThrow(refused);
  });

  it('have one encoding alone, so that a key has one id: whatever bit is flipped, it is refused or another key', () => {
    for (let bit = 0; bit < der.length * 8; bit += 1) {
      const flipped = Uint8Array.from(der);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const pem = (() => {
        try {
          return publicKeyPemOf(flipped);
        } catch (error) {
          expect(error).toEqual(refused);
          return undefined;
        }
      })();
      expect(pem === undefined || Buffer.from(publicKeyDerOf(pem)).equals(flipped)).toBe(true);
      expect(pem).not.toBe(publicKeyPem);
    }
  });

  it('are not made of a private key in PEM', () => {
    expect(() => publicKeyDerOf(privateKeyPem)).toThrow(/is a private key, where the public half belongs/);
    expect(() => publicKeyDerOf('nonsense')).toThrow(refused);
  });
});

/** The 32 bytes of the point itself. */
function rawHex(der: Uint8Array): string {
  return Buffer.from(der.subarray(-32)).toString('hex');
}
