import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateIdentity, identityFromPem, keyringOf, loadIdentity } from './identity.ts';

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
