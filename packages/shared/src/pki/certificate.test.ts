import { beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, parseCertificate, parseCertificates } from './certificate.ts';
import { type Authority, makeLeaf, makeRoot, newSigner, p256 } from './testing/authority.ts';

let root: Authority;
let a: Certificate;

beforeAll(async () => {
  root = await makeRoot('A', await newSigner(p256));
  a = root.certificate;
});

const bad = expect.objectContaining({ code: 'RR_PKI_BAD_CERTIFICATE' });

describe('a certificate', () => {
  it('is read alike from DER and from PEM, with any line ends', () => {
    const sources = [a.der, a.pem, a.pem.trimEnd(), a.pem.replaceAll('\n', '\r\n'), `CA of the mesh\n${a.pem}\n`];
    for (const source of sources) expect(parseCertificate(source).fingerprint).toBe(a.fingerprint);
  });

  it('is a value that nobody changes', () => {
    expect(Object.isFrozen(a)).toBe(true);
    expect(Object.isFrozen(a.uris)).toBe(true);
  });

  it('has an empty text for an empty subject', async () => {
    const leaf = await makeLeaf(root, await newSigner(p256));
    expect(leaf.subject).toBe('');
    expect(leaf.uris).toEqual(['spiffe://cluster.local/ns/default/sa/web']);
  });

  it('is refused with bytes behind it, for one certificate has one fingerprint', () => {
    expect(() => parseCertificate(Buffer.concat([a.der, Buffer.of(0)]))).toThrow(bad);
  });

  it.each(['270231000000Z', '271301000000Z', '27A201000000Z', '270201006100Z'])(
    'is refused with the date %s, for nothing would be before or after it',
    (date) => {
      const time = Buffer.of(0x17, date.length);
      const [, notAfter = 0] = [
        ...Buffer.from(a.der)
          .toString('latin1')
          .matchAll(/\x17\x0d/g),
      ].map(({ index }) => index);
      expect(Buffer.from(a.der.subarray(notAfter, notAfter + time.length))).toEqual(time);
      const changed = Buffer.from(a.der);
      changed.write(date, notAfter + time.length, 'latin1');
      // Each time: Node gives another date for it now and then.
      for (let count = 0; count < 200; count += 1) expect(() => parseCertificate(changed)).toThrow(/its notAfter is no date/);
    },
  );

  it('still verifies after 1,024 others have pushed it out of what is kept open', () => {
    const { x509: before, publicKey } = root.certificate;
    expect(root.certificate.x509).toBe(before);
    for (let count = 1; count <= 1_024; count += 1) {
      const other = Uint8Array.from(root.certificate.der);
      // The last bytes of its signature.
      other[other.length - 1]! ^= count & 0xff;
      other[other.length - 2]! ^= count >> 8;
      expect(parseCertificate(other).x509.verify(publicKey)).toBe(false);
    }
    expect(root.certificate.x509).not.toBe(before);
    expect(root.certificate.x509.verify(publicKey)).toBe(true);
  });

  it('is not one of two', () => {
    expect(() => parseCertificate(a.pem + a.pem)).toThrow(/2 certificates/);
    expect(() => parseCertificate('')).toThrow(/0 certificates/);
  });
});

describe('a PEM text', () => {
  it('is read like istiod reads it: a BEGIN inside a line starts nothing', () => {
    const text = `# -----BEGIN CERTIFICATE----- was here\n${a.pem}`;
    expect(parseCertificates(text)).toHaveLength(1);
  });

  it.each<[string, (pem: string) => string]>([
    ['two blocks are joined without a line end', (pem) => pem.trimEnd() + pem],
    ['its base64 holds another character', (pem) => pem.replace(/\n(.{8})/, '\n$1*')],
    ['its base64 is cut', (pem) => pem.replace(/.\n-----END/, '\n-----END')],
    ['it has no end', (pem) => pem.replace(/-----END.*/, '')],
    ['its end has another label', (pem) => pem.replace('END CERTIFICATE', 'END X509 CRL')],
    ['it is of a kind that istiod does not read', (pem) => pem.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')],
  ])('is refused where istiod would pass over a block in silence: %s', (_, spoil) => {
    expect(() => parseCertificates(a.pem + spoil(a.pem), 'root-cert.pem')).toThrow(
      expect.objectContaining({
        code: 'RR_PKI_BAD_CERTIFICATE',
        place: 'root-cert.pem',
        message: expect.stringMatching(/block [12]/),
      }),
    );
  });

  it('is refused unread above one mebibyte', () => {
    expect(() => parseCertificates(`${a.pem}${'#'.repeat(2 ** 20)}`)).toThrow(bad);
  });

  it('is refused soon, however it was made to take long', () => {
    const hostile = [
      `-----BEGIN CERTIFICATE-----\n${'A\n'.repeat(500_000)}`,
      `-----BEGIN CERTIFICATE-----\n${'-----END CERTIFICATE-----x\n'.repeat(38_000)}`,
      '-----BEGIN CERTIFICATE-----\n'.repeat(37_000),
    ];
    const startedMs = performance.now();
    for (const text of hostile) expect(() => parseCertificates(text)).toThrow(bad);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });

  it('never shows a private key that stands in it', () => {
    const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
    for (const text of [key, a.pem + key, key.replaceAll('PRIVATE KEY', 'CERTIFICATE')]) {
      expect(() => parseCertificates(text)).toThrow(bad);
      expect(() => parseCertificates(text)).not.toThrow(/c2VjcmV0|secret/);
    }
  });
});
