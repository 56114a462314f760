import type { KeyObject } from 'node:crypto';
import { type Certificate, type Crl, type PemItem, sha256Hex, verifyCrl } from '@reroot/shared/pki';

/** A certificate, and where it stands. */
export interface PlacedCertificate {
  readonly item: PemItem;
  readonly certificate: Certificate;
  readonly place: string;
}

/** All certificates that are given, each once, where it stands first: a cluster has thousands of copies of a few. */
export interface KnownCertificates {
  readonly byFingerprint: ReadonlyMap<string, PlacedCertificate>;
  readonly bySubject: ReadonlyMap<string, readonly PlacedCertificate[]>;
  readonly byKey: ReadonlyMap<string, readonly PlacedCertificate[]>;
  /** What `signerOf` found, by fingerprint. */
  readonly signers: Map<string, string>;
}

/** Keeps the first of each; what they are asked for later is looked up, not searched for. */
export function knowCertificates(placed: readonly PlacedCertificate[]): KnownCertificates {
  const byFingerprint = new Map<string, PlacedCertificate>();
  for (const each of placed) {
    const { fingerprint } = each.certificate;
    if (!byFingerprint.has(fingerprint)) byFingerprint.set(fingerprint, each);
  }
  const all = [...byFingerprint.values()];
  return {
    byFingerprint,
    bySubject: Map.groupBy(all, ({ certificate }) => hex(certificate.subjectDer)),
    byKey: Map.groupBy(all, ({ certificate }) => publicKeySha256(certificate.publicKey)),
    signers: new Map(),
  };
}

/** `self`, the place of the certificate whose key verifies the signature, or `unknown`. */
export function signerOf(certificate: Certificate, known: KnownCertificates): string {
  const found = known.signers.get(certificate.fingerprint) ?? findSigner(certificate, known);
  known.signers.set(certificate.fingerprint, found);
  return found;
}

function findSigner({ issuerDer, subjectDer, publicKey, x509 }: Certificate, { bySubject }: KnownCertificates): string {
  if (Buffer.compare(issuerDer, subjectDer) === 0 && x509.verify(publicKey)) return 'self';
  const issuers = bySubject.get(hex(issuerDer)) ?? [];
  return issuers.find(({ certificate }) => x509.verify(certificate.publicKey))?.place ?? 'unknown';
}

/** The place of the CA that signed a list and may do so, or `unknown`. Whether the list is in date is not asked. */
export function crlSignerOf(crl: Crl, { bySubject }: KnownCertificates): string {
  const issuers = bySubject.get(hex(crl.issuerDer)) ?? [];
  return issuers.find(({ certificate }) => verifyCrl(crl, certificate, crl.thisUpdateMs).ok)?.place ?? 'unknown';
}

/** The places of the certificates for a key. */
export function holdersOf(key: KeyObject, { byKey }: KnownCertificates): readonly string[] {
  return (byKey.get(publicKeySha256(key)) ?? []).map(({ place }) => place);
}

/** Lower-case hex SHA-256 of the SubjectPublicKeyInfo. */
export function publicKeySha256(key: KeyObject): string {
  return sha256Hex(key.export({ type: 'spki', format: 'der' }));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
