import { beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, parseCertificate, parseCertificates } from './certificate.ts';
import { knownCertificate } from './known-certificates.ts';
import { type Authority, makeLeaf, makeRoot, newSigner, p256 } from './testing/authority.ts';

let root: Authority;
let ca: Certificate;
let leaf: Certificate;

beforeAll(async () => {
  root = await makeRoot('A', await newSigner(p256));
  ca = root.certificate;
  leaf = await makeLeaf(root, await newSigner(p256));
});

/** How often a certificate is read when it is asked for by these sources, one after the other. */
function countReads(certificate: Certificate, sources: readonly string[]): number {
  let reads = 0;
  for (const source of sources) {
    knownCertificate(source, () => {
      reads += 1;
      return certificate;
    });
  }
  return reads;
}

describe('the certificate of a CA', () => {
  it('is read once from the same text, and once from the same bytes', () => {
    expect(parseCertificate(ca.pem)).toBe(parseCertificate(ca.pem));
    expect(parseCertificate(ca.der)).toBe(parseCertificate(Uint8Array.from(ca.der)));
    const [first, second] = parseCertificates(ca.pem + ca.pem);
    expect(first).toBe(second);
  });

  it('is never taken for another, though one byte alone differs', () => {
    const changed = Uint8Array.from(ca.der);
    // The last byte of its signature.
    changed[changed.length - 1]! ^= 1;
    parseCertificate(ca.der);
    const other = parseCertificate(changed);
    expect(other.fingerprint).not.toBe(ca.fingerprint);
    expect(other.x509.verify(ca.publicKey)).toBe(false);
  });

  it('is what its bytes were when it was read, whatever becomes of them', () => {
    const bytes = Uint8Array.from(ca.der);
    parseCertificate(bytes);
    bytes.fill(0);
    expect(parseCertificate(ca.der).fingerprint).toBe(ca.fingerprint);
    expect(() => parseCertificate(bytes)).toThrow(/not an X.509 certificate/);
  });

  it('is forgotten once 512 others were asked for since', () => {
    const others = (count: number): string[] => Array.from({ length: count }, (_, index) => `other ${index}`);
    expect(countReads(ca, ['first', ...others(511), 'first'])).toBe(512);
    countReads(ca, ['first', ...others(512)]);
    expect(countReads(ca, ['first'])).toBe(1);
  });

  it('is read each time where it is large', () => {
    const large = 'x'.repeat(8_193);
    expect(countReads(ca, [large, large])).toBe(2);
    expect(countReads(ca, [large.slice(1), large.slice(1)])).toBe(1);
  });
});

it('is read each time where it is that of a leaf: each is seen once, and there are many', () => {
  expect(leaf.isCa).toBe(false);
  expect(countReads(leaf, ['leaf', 'leaf'])).toBe(2);
  expect(parseCertificate(leaf.pem)).not.toBe(parseCertificate(leaf.pem));
});
