import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { X509Certificate as Peculiar, X509ChainBuilder } from '@peculiar/x509';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCsr, csrToPem, parseCsr, verifyCsr } from './csr.ts';
import { elementOf } from './der-reader.ts';
import { createRootCertificate, issueIntermediate } from './issue.ts';
import { exportPrivateKey, generateKey, importPrivateKey, type KeyAlgorithm } from './key.ts';
import { type Signer, signerFromKey } from './signer.ts';
import {
  type Authority,
  dayMs,
  makeIntermediate,
  makeLeaf,
  makeRoot,
  newSigner,
  nowMs,
  p256,
  p384,
  rsa2048,
} from './testing/authority.ts';
import { opensslPrint, opensslVerify } from './testing/openssl.ts';

let key: Signer;
let root: Authority;

beforeAll(async () => {
  key = await newSigner(p256);
  root = await makeRoot('root', key);
});

describe('certificates', () => {
  it.each<[string, KeyAlgorithm]>([
    ['RSA', rsa2048],
    ['P-256', p256],
    ['P-384', p384],
  ])('of a %s root are verified by a second X.509 library', async (_, algorithm) => {
    const authority = await makeRoot('root', await newSigner(algorithm));
    const intermediate = await makeIntermediate(authority, await newSigner(p256));
    const leaf = await makeLeaf(intermediate, await newSigner(rsa2048));
    const others = [intermediate.certificate, authority.certificate].map(({ pem }) => new Peculiar(pem));
    const chain = await new X509ChainBuilder({ certificates: others }).build(new Peculiar(leaf.pem));
    expect(chain).toHaveLength(3);
    for (const [index, each] of chain.entries()) {
      const { publicKey } = chain[index + 1] ?? each;
      expect(await each.verify({ publicKey, date: new Date(nowMs) })).toBe(true);
    }
  });

  it('have the extensions that Istio and RFC 5280 ask for', async () => {
    const intermediate = await makeIntermediate(root, await newSigner(p256));
    const leaf = await makeLeaf(intermediate, await newSigner(rsa2048));
    const [ofRoot, ofIntermediate, ofLeaf] = await Promise.all(
      [root.certificate, intermediate.certificate, leaf].map(async ({ pem }) => (await opensslPrint('x509', pem)).output),
    );
    expect(ofRoot).toMatch(/Basic Constraints: critical\s+CA:TRUE\n/);
    expect(ofRoot).toMatch(/Key Usage: critical\s+Certificate Sign, CRL Sign/);
    expect(ofIntermediate).toMatch(/CA:TRUE, pathlen:0/);
    expect(ofLeaf).toMatch(/Subject Alternative Name: critical\s+URI:spiffe:\/\/cluster\.local\/ns\/default\/sa\/web/);
    expect(ofLeaf).toMatch(/TLS Web Server Authentication, TLS Web Client Authentication/);
    expect(intermediate.certificate.authorityKeyId).toBe(root.certificate.subjectKeyId);
  });

  it('keep names of any script, quotes and commas', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }), async (commonName) => {
        fc.pre(!/[\n\0]/.test(commonName) && commonName.isWellFormed() && [...commonName].length <= 64);
        const made = await createRootCertificate({
          key,
          commonName,
          organization: 'a, "b"',
          notBeforeMs: nowMs,
          notAfterMs: nowMs + dayMs,
        });
        expect(made.x509.checkIssued(made.x509)).toBe(true);
        const name = new Peculiar(made.der).subjectName.getField('CN')[0];
        expect(name).toBe(commonName);
      }),
      { numRuns: 50 },
    );
  });

  it.each([Date.UTC(2049, 11, 31, 23, 59, 59), Date.UTC(2050, 0, 1), Date.UTC(2105, 5, 1)])(
    'end to the second at %i',
    async (notAfterMs) => {
      const made = await createRootCertificate({ key, commonName: 'long', organization: 'acme', notBeforeMs: nowMs, notAfterMs });
      expect(made.notAfterMs).toBe(notAfterMs);
      expect(made.notBeforeMs).toBe(nowMs);
    },
  );

  it('never outlive their issuer', async () => {
    const made = await makeIntermediate(root, await newSigner(p256), { notBeforeMs: 0, notAfterMs: nowMs + 1_000 * dayMs });
    expect(made.certificate).toMatchObject({
      notBeforeMs: root.certificate.notBeforeMs,
      notAfterMs: root.certificate.notAfterMs,
    });
  });

  it('of CAs say the trust domain that they vouch for, where they are told it', async () => {
    const trustDomain = 'mesh.example';
    const said = await makeRoot('said', key, { trustDomain });
    const below = await makeIntermediate(said, await newSigner(p256), { trustDomain });
    for (const { certificate } of [said, below]) {
      expect(certificate.uris).toEqual(['spiffe://mesh.example']);
      expect((await opensslPrint('x509', certificate.pem)).output).toContain('URI:spiffe://mesh.example');
    }
    expect(await opensslVerify([below.certificate], [said.certificate], nowMs)).toMatchObject({ ok: true });
    expect(root.certificate.uris).toEqual([]);
  });

  it.each(['', 'Mesh', 'a/b', 'a b'])('of CAs do not say %j, which is no trust domain', async (trustDomain) => {
    await expect(makeRoot('odd', key, { trustDomain })).rejects.toMatchObject({ code: 'RR_PKI_CANNOT_ISSUE' });
  });

  it('are not issued for a time in which the issuer is not valid', async () => {
    const late = makeIntermediate(root, key, { notBeforeMs: nowMs + 100 * dayMs, notAfterMs: nowMs + 200 * dayMs });
    await expect(late).rejects.toMatchObject({ code: 'RR_PKI_ISSUER_EXPIRED' });
  });
});

describe('a certificate request', () => {
  it.each<[string, KeyAlgorithm]>([
    ['RSA', rsa2048],
    ['P-256', p256],
    ['P-384', p384],
  ])('by a %s key is read back, and openssl agrees with its signature', async (_, algorithm) => {
    const signer = await newSigner(algorithm);
    const der = await createCsr({ key: signer, commonName: 'east', uris: ['spiffe://cluster.local/ns/istio-system/sa/istiod'] });
    const read = parseCsr(csrToPem(der));
    expect(read).toMatchObject({ algorithm, uris: ['spiffe://cluster.local/ns/istio-system/sa/istiod'] });
    expect(Buffer.from(read.publicKeySpki).equals(signer.publicKeySpki)).toBe(true);
    expect((await opensslPrint('req', csrToPem(der))).output).toMatch(/verify OK/i);
  });

  it('is refused when any of its bytes was changed', async () => {
    const der = await createCsr({ key, commonName: 'east' });
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(der);
        changed[at]! ^= flip;
        expect(() => parseCsr(changed)).toThrow(expect.objectContaining({ code: 'RR_PKI_BAD_CSR' }));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, (spki: Buffer) => Buffer]>([
    ['a compressed point', compressed],
    ['a length that has a shorter form inside its key', lengthened],
  ])('is refused with %s, which Go would not read in what is issued', async (_, change) => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const spki = change(pair.publicKey.export({ type: 'spki', format: 'der' }));
    const der = await createCsr({ key: { ...signerFromKey(pair.privateKey), publicKeySpki: spki }, commonName: 'odd' });
    expect(() => parseCsr(der)).toThrow(expect.objectContaining({ code: 'RR_PKI_BAD_CSR' }));
    await expect(verifyCsr(der)).rejects.toMatchObject({ code: 'RR_PKI_BAD_CSR' });
  });

  it('is refused with another RSA exponent than the usual one', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
    const der = await createCsr({ key: signerFromKey(privateKey), commonName: 'odd' });
    expect(() => parseCsr(der)).toThrow(/exponent/);
  });

  it('is verified in the thread pool as well', async () => {
    const der = await createCsr({ key, commonName: 'east' });
    expect(Buffer.from((await verifyCsr(der)).publicKeySpki).equals(key.publicKeySpki)).toBe(true);
    const forged = Uint8Array.from(der);
    forged[forged.length - 1]! ^= 1;
    await expect(verifyCsr(forged)).rejects.toMatchObject({ code: 'RR_PKI_BAD_CSR' });
  });

  it('cannot choose its subject: the issuer does', async () => {
    const csr = parseCsr(await createCsr({ key, commonName: 'root of all' }));
    const made = await issueIntermediate({
      csr,
      issuer: root.certificate,
      issuerKey: root.key,
      commonName: 'east intermediate',
      organization: 'acme',
      notBeforeMs: nowMs,
      notAfterMs: nowMs + dayMs,
    });
    expect(made.subject).toContain('CN=east intermediate');
  });
});

/** The point with its one coordinate and a sign, instead of both. */
function compressed(spki: Buffer): Buffer {
  const algorithm = elementOf(spki).content.subarray(0, 21);
  const [x, y] = [spki.subarray(-64, -32), spki.subarray(-32)];
  const point = Buffer.concat([Buffer.of(0, (y.at(-1) ?? 0) % 2 === 0 ? 2 : 3), x]);
  return Buffer.concat([Buffer.of(0x30, algorithm.length + 2 + point.length), algorithm, Buffer.of(0x03, point.length), point]);
}

/** OpenSSL reads such a length, DER does not allow it (X.690 §10.1). */
function lengthened(spki: Buffer): Buffer {
  const rest = spki.subarray(4);
  // 30 59 30 13 06 07 …: the length 7 of the first identifier becomes 81 07.
  return Buffer.concat([Buffer.of(0x30, 0x5a, 0x30, 0x14, 0x06, 0x81, 0x07), rest.subarray(2)]);
}

describe('a private key', () => {
  it('survives being written and read', async () => {
    const made = await generateKey(p384);
    expect(importPrivateKey(exportPrivateKey(made)).equals(made)).toBe(true);
  });

  it('is refused without being quoted', () => {
    const secret = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----';
    expect(() => importPrivateKey(secret)).toThrow(expect.objectContaining({ code: 'RR_PKI_BAD_KEY' }));
    expect(() => importPrivateKey(secret)).not.toThrow(/c2VjcmV0/);
  });
});
