import 'reflect-metadata';
import { createHash, generateKeyPairSync } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate } from './certificate.ts';
import { verifyChain } from './chain.ts';
import { createRootCertificate, issueLeaf } from './issue.ts';
import { importPrivateKey } from './key.ts';
import { type Signer, signerFromKey } from './signer.ts';
import { type Authority, dayMs, makeIntermediate, makeLeaf, makeRoot, newSigner, nowMs, p256 } from './testing/authority.ts';
import { opensslVerify } from './testing/openssl.ts';

let key: Signer;
let root: Authority;
let intermediate: Authority;

const rootFor = (fields: object) =>
  createRootCertificate({
    key,
    commonName: 'root',
    organization: 'acme',
    notBeforeMs: nowMs,
    notAfterMs: nowMs + dayMs,
    ...fields,
  });

beforeAll(async () => {
  key = await newSigner(p256);
  root = await makeRoot('root', key);
  intermediate = await makeIntermediate(root, key);
});

/** A root whose key identifier is not the SHA-1 of its key, as several CAs make them (RFC 7093). */
async function makeForeignRoot(): Promise<Authority> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const keyId = createHash('sha256').update(spki).digest('hex').slice(0, 40);
  const made = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=foreign',
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(nowMs + 20 * dayMs),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    keys: pair,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new SubjectKeyIdentifierExtension(keyId),
      new AuthorityKeyIdentifierExtension(keyId),
    ],
  });
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
  const pem = `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
  return { certificate: parseCertificate(made.toString('pem')), key: signerFromKey(importPrivateKey(pem)) };
}

describe('issuance', () => {
  it('names its issuer by the key identifier that the issuer has, not by one that it computes', async () => {
    const foreign = await makeForeignRoot();
    const made = await makeIntermediate(foreign, key);
    const leaf = await makeLeaf(made, key);
    expect(made.certificate.authorityKeyId).toBe(foreign.certificate.subjectKeyId);
    const chain = [leaf, made.certificate];
    expect(verifyChain(chain, [foreign.certificate], nowMs).ok).toBe(true);
    // Not strict: that root lacks the keyUsage that `-x509_strict` asks of a CA.
    expect(await opensslVerify(chain, [foreign.certificate], nowMs, 'lenient')).toMatchObject({ ok: true });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a key that is not the issuer’s', async () => makeIntermediate({ ...root, key: await newSigner(p256) }, key)],
    ['an issuer that is no CA', async () => makeLeaf({ certificate: await makeLeaf(root, key), key }, key)],
    ['a CA below a CA that allows none', async () => makeIntermediate(intermediate, key)],
    ['a name without characters', async () => rootFor({ commonName: '' })],
    ['a name with a control character', async () => rootFor({ organization: 'a\0b' })],
    ['a time that ends before it begins', async () => rootFor({ notAfterMs: nowMs })],
    ['a time after the year 9999', async () => rootFor({ notAfterMs: Date.UTC(10_000, 0, 1) })],
    ['a time before 1950, which two digits would make 2049', async () => rootFor({ notBeforeMs: Date.UTC(1949, 0, 1) })],
    ['a serial of more than 20 bytes', async () => rootFor({ serial: new Uint8Array(21).fill(1) })],
    ['the serial zero', async () => rootFor({ serial: new Uint8Array(4) })],
    ['a leaf without a URI', async () => leafFor([])],
    ['a leaf with a URI that is not ASCII', async () => leafFor(['spiffe://cluster.local/ns/ü'])],
  ])('is refused for %s', async (_, issue) => {
    await expect(issue()).rejects.toMatchObject({ code: 'RR_PKI_CANNOT_ISSUE' });
  });

  it('refuses a public key of a kind that reroot does not use', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const publicKeySpki = publicKey.export({ type: 'spki', format: 'der' });
    await expect(leafFor(['spiffe://a/b'], publicKeySpki)).rejects.toMatchObject({ code: 'RR_PKI_BAD_KEY' });
    await expect(leafFor(['spiffe://a/b'], Buffer.of(1, 2))).rejects.toMatchObject({ code: 'RR_PKI_BAD_KEY' });
  });

  it('writes serials as positive numbers, whatever their first bit and leading zeroes', async () => {
    const serials = [Uint8Array.of(0xff, 1), Uint8Array.of(0, 0, 5), Uint8Array.of(0, 0x80)];
    const made = await Promise.all(serials.map((serial) => rootFor({ serial })));
    expect(made.map((each) => each.serial)).toEqual(['FF01', '05', '80']);
  });

  it('cuts names to the 64 characters of RFC 5280, and they stay different', async () => {
    const long = 'n'.repeat(63);
    const [one, two] = [await rootFor({ commonName: `${long} root 1` }), await rootFor({ commonName: `${long} root 2` })];
    const names = [one, two].map(({ subject }) => subject.split('CN=')[1] ?? '');
    expect(names.map((name) => name.length)).toEqual([64, 64]);
    expect(names[0]).not.toBe(names[1]);
    expect((await rootFor({ commonName: '🔑'.repeat(64) })).subject).toContain('🔑'.repeat(64));
  });
});

function leafFor(uris: readonly string[], publicKeySpki = key.publicKeySpki) {
  const { certificate, key: issuerKey } = intermediate;
  return issueLeaf({ publicKeySpki, issuer: certificate, issuerKey, uris, notBeforeMs: nowMs, notAfterMs: nowMs + dayMs });
}
