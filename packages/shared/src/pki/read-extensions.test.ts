import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseCertificate } from './certificate.ts';
import { bits, booleanTrue, element, integer, sequence } from './testing/corpus/der-writer.ts';
import { corpusKey, type Draft, make } from './testing/corpus/draft.ts';
import {
  anyPolicy,
  ca,
  type Extension,
  extendedKeyUsage,
  keyUsage,
  oids,
  policyConstraints,
  purposes,
  unheardOf,
} from './testing/corpus/extensions.ts';
import { having, lacking, leafBelow, rootDraft } from './testing/corpus/plan.ts';

const key = corpusKey('P-256', generateKeyPairSync('ec', { namedCurve: 'P-256' }));
const root = rootDraft(key);

const constraints = (...parts: readonly Uint8Array[]): Extension => ({
  oid: oids.basicConstraints,
  critical: true,
  value: sequence(...parts),
});

describe('the extensions of a certificate', () => {
  it('say what the key is for', () => {
    expect(parseCertificate(make(root)).keyUsage).toEqual(['keyCertSign', 'cRLSign']);
    const decipherOnly = { oid: oids.keyUsage, critical: true, value: bits(Buffer.of(0x08, 0x80), 7) };
    expect(parseCertificate(make(having(decipherOnly)(root))).keyUsage).toEqual(['keyAgreement', 'decipherOnly']);
    expect(parseCertificate(make(lacking('keyUsage')(root))).keyUsage).toBeUndefined();
  });

  it('say which purposes the certificate has, by name where there is one', () => {
    expect(parseCertificate(make(leafBelow(root, key))).extendedKeyUsage).toEqual(['serverAuth', 'clientAuth']);
    const others = having(extendedKeyUsage(purposes.any, purposes.codeSigning))(root);
    expect(parseCertificate(make(others)).extendedKeyUsage).toEqual(['anyExtendedKeyUsage', purposes.codeSigning]);
    expect(parseCertificate(make(root)).extendedKeyUsage).toBeUndefined();
  });

  it('make no CA of one that may not sign, or only claims no more', () => {
    expect(parseCertificate(make(having(keyUsage(0x02))(root)))).toMatchObject({ claimsCa: true, isCa: false });
    expect(parseCertificate(make(lacking('keyUsage')(root)))).toMatchObject({ claimsCa: true, isCa: true });
    expect(parseCertificate(make(lacking('basicConstraints')(root)))).toMatchObject({ claimsCa: false, isCa: false });
    expect(parseCertificate(make({ ...root, version: 1 }))).toMatchObject({ claimsCa: false, isCa: false });
  });

  it('bound how deep a CA reaches', () => {
    expect(parseCertificate(make(root)).pathLength).toBeUndefined();
    expect(parseCertificate(make(having(ca(3))(root))).pathLength).toBe(3);
    expect(parseCertificate(make(having(constraints(integer(3)))(root)))).toMatchObject({ claimsCa: false, pathLength: 3 });
  });

  it('are known, or listed when they are critical', () => {
    const odd = having(unheardOf(true), policyConstraints(), anyPolicy())(root);
    expect(parseCertificate(make(odd)).unknownCritical).toEqual([oids.unheardOf, oids.policyConstraints]);
    expect(parseCertificate(make(having(unheardOf(false))(root))).unknownCritical).toEqual([]);
  });

  it.each<[string, (draft: Draft) => Draft]>([
    ['one stands twice', (draft) => ({ ...draft, extensions: [...draft.extensions, ca()] })],
    ['a path length is below zero', having(constraints(booleanTrue, element(0x02, Buffer.of(0xff))))],
    ['a path length is beyond all measure', having(constraints(booleanTrue, integer(2 ** 40)))],
    ['a path length is empty', having(constraints(booleanTrue, element(0x02)))],
    ['a SAN is not DER', having({ oid: oids.subjectAltName, critical: true, value: Buffer.of(0x30, 9, 1) })],
  ])('are refused with the certificate when %s', (_, change) => {
    expect(() => parseCertificate(make(change(root)))).toThrow(expect.objectContaining({ code: 'RR_PKI_BAD_CERTIFICATE' }));
  });
});

describe('the signature of a certificate', () => {
  const rsa = corpusKey('RSA', generateKeyPairSync('rsa', { modulusLength: 2048 }));

  it.each(['ECDSA-SHA1', 'ECDSA-SHA256', 'ECDSA-SHA384', 'ECDSA-SHA512'] as const)('is called %s', (signature) => {
    expect(parseCertificate(make({ ...root, signature })).signatureAlgorithm).toBe(signature);
  });

  it.each([
    ['RSA-MD5', 'RSA-MD5'],
    ['RSA-SHA1', 'RSA-SHA1'],
    ['RSA-SHA512', 'RSA-SHA512'],
    ['RSA-PSS', 'RSA-PSS-SHA256'],
  ] as const)('by RSA, %s, is called %s', (signature, name) => {
    expect(parseCertificate(make({ ...root, issuerKey: rsa, signature })).signatureAlgorithm).toBe(name);
  });
});
