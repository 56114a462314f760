import { randomBytes } from 'node:crypto';
import { RerootError } from '../errors/index.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import type { CertificateRequest } from './csr.ts';
import { bitString, type Der, integer, sequence, tagged, time } from './der.ts';
import {
  authorityKeyIdentifier,
  caConstraints,
  caKeyUsage,
  hostNames,
  keyIdOf,
  leafConstraints,
  leafExtendedKeyUsage,
  leafKeyUsage,
  serverExtendedKeyUsage,
  subjectKeyIdentifier,
  uriNames,
} from './extension.ts';
import { requireHosts } from './host-name.ts';
import {
  requireIssuer,
  requireIssuerOfCa,
  requireSerial,
  requireUris,
  requireValidity,
  trustDomainId,
} from './issuance-limits.ts';
import { algorithmOfSpki } from './key.ts';
import { distinguishedName, type SubjectName } from './name.ts';
import { signatureAlgorithm } from './signature-algorithm.ts';
import type { Signer } from './signer.ts';

/** When a certificate is valid, milliseconds since the Unix epoch; the caller back-dates. */
export interface Validity {
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** The SPIFFE trust domain that a CA vouches for; nothing is said of it where it is left out. */
interface TrustDomain {
  readonly trustDomain?: string | undefined;
}

/** A self-signed root to make. */
export interface RootOptions extends SubjectName, Validity, TrustDomain {
  readonly key: Signer;
  /** 126 random bits when it is left out. */
  readonly serial?: Uint8Array;
}

/**
 * Makes a self-signed root (RFC 5280 §4.2.1, no path length limit).
 * @throws RR_PKI_CANNOT_ISSUE when a name, the time or the serial does not fit into X.509
 */
export async function createRootCertificate(options: RootOptions): Promise<Certificate> {
  const name = distinguishedName(options);
  const { publicKeySpki } = options.key;
  return sign({
    ...options,
    issuer: name,
    subject: name,
    spki: publicKeySpki,
    extensions: [
      caConstraints(),
      caKeyUsage(),
      subjectKeyIdentifier(publicKeySpki),
      authorityKeyIdentifier(keyIdOf(publicKeySpki)),
      ...trustDomainName(options),
    ],
  });
}

/** Who issues. */
interface Issuer {
  readonly issuer: Certificate;
  readonly issuerKey: Signer;
}

/** An intermediate to issue; the subject is the issuer's to choose, not the request's. */
export interface IntermediateOptions extends Issuer, SubjectName, Validity, TrustDomain {
  readonly csr: CertificateRequest;
}

/**
 * Issues a CA that may issue leaves only (path length 0); its validity is clipped to the issuer's.
 * @throws RR_PKI_CANNOT_ISSUE when the issuer may not or the key is not its own, RR_PKI_ISSUER_EXPIRED
 */
export async function issueIntermediate(options: IntermediateOptions): Promise<Certificate> {
  const { csr, issuer, issuerKey } = options;
  requireIssuerOfCa(issuer, issuerKey);
  return sign({
    key: issuerKey,
    issuer: issuer.subjectDer,
    subject: distinguishedName(options),
    spki: csr.publicKeySpki,
    ...clip(options, issuer),
    extensions: [
      caConstraints(0),
      caKeyUsage(),
      subjectKeyIdentifier(csr.publicKeySpki),
      authorityKeyIdentifier(keyIdOfIssuer(issuer)),
      ...trustDomainName(options),
    ],
  });
}

/** The ID of a signing certificate is its trust domain, without a path (SPIFFE X.509-SVID §3.2). */
function trustDomainName({ trustDomain }: TrustDomain): Der[] {
  return trustDomain === undefined ? [] : [uriNames([trustDomainId(trustDomain)], 'plain')];
}

/** A workload's certificate to issue. */
export interface LeafOptions extends Issuer, Validity {
  readonly publicKeySpki: Uint8Array;
  readonly uris: readonly string[];
}

/**
 * Issues a workload's certificate as istiod does: empty subject, SPIFFE URI in a critical SAN, server and client.
 * @throws RR_PKI_CANNOT_ISSUE, RR_PKI_ISSUER_EXPIRED, RR_PKI_BAD_KEY when the public key is none of ours
 */
export async function issueLeaf(options: LeafOptions): Promise<Certificate> {
  requireUris(options.uris);
  return signEndEntity(options, { purpose: leafExtendedKeyUsage(), name: uriNames(options.uris, 'critical') });
}

/** The certificate of a program that is reached by a host's name or address. */
export interface HostLeafOptions extends Issuer, Validity {
  readonly publicKeySpki: Uint8Array;
  /** DNS names and IP addresses. */
  readonly hosts: readonly string[];
  /** What it can be shown as: a server's alone, or also a client's. */
  readonly purpose: 'server' | 'server-and-client';
}

/**
 * Issues a certificate for hosts: empty subject, DNS names and addresses in a critical SAN (RFC 9525 §2).
 * @throws RR_PKI_CANNOT_ISSUE, RR_PKI_ISSUER_EXPIRED, RR_PKI_BAD_KEY when the public key is none of ours
 */
export async function issueHostLeaf(options: HostLeafOptions): Promise<Certificate> {
  const names = requireHosts(options.hosts);
  const purpose = options.purpose === 'server' ? serverExtendedKeyUsage() : leafExtendedKeyUsage();
  return signEndEntity(options, { purpose, name: hostNames(names, 'critical') });
}

/** What tells one kind of end entity from another. */
interface EndEntity {
  readonly purpose: Der;
  readonly name: Der;
}

async function signEndEntity(
  options: Issuer & Validity & { readonly publicKeySpki: Uint8Array },
  { purpose, name }: EndEntity,
): Promise<Certificate> {
  const { issuer, issuerKey, publicKeySpki } = options;
  requireIssuer(issuer);
  const { kind } = algorithmOfSpki(publicKeySpki);
  return sign({
    key: issuerKey,
    issuer: issuer.subjectDer,
    subject: sequence(),
    spki: publicKeySpki,
    ...clip(options, issuer),
    extensions: [
      leafConstraints(),
      leafKeyUsage(kind),
      purpose,
      name,
      subjectKeyIdentifier(publicKeySpki),
      authorityKeyIdentifier(keyIdOfIssuer(issuer)),
    ],
  });
}

interface Unsigned extends Validity {
  readonly key: Signer;
  readonly issuer: Der;
  readonly subject: Der;
  readonly spki: Uint8Array;
  readonly extensions: readonly Der[];
  readonly serial?: Uint8Array;
}

/** Writes the TBSCertificate (RFC 5280 §4.1), has it signed, and reads the result back. */
async function sign(unsigned: Unsigned): Promise<Certificate> {
  const { notBeforeMs, notAfterMs, serial = randomSerial() } = unsigned;
  requireValidity(notBeforeMs, notAfterMs);
  requireSerial(serial);
  const algorithm = signatureAlgorithm(unsigned.key.algorithm);
  const tbs = sequence(
    tagged(0, integer(Uint8Array.of(2))),
    integer(serial),
    algorithm,
    unsigned.issuer,
    sequence(time(notBeforeMs), time(notAfterMs)),
    unsigned.subject,
    unsigned.spki,
    tagged(3, sequence(...unsigned.extensions)),
  );
  return parseCertificate(sequence(tbs, algorithm, bitString(await unsigned.key.sign(tbs))));
}

/** Positive, not zero, and of fixed length (RFC 5280 §4.1.2.2). */
function randomSerial(): Uint8Array {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  return serial;
}

/** No certificate outlives its issuer: verifiers would refuse it on a day nobody expects. */
function clip({ notBeforeMs, notAfterMs }: Validity, issuer: Certificate): Validity {
  const clipped = { notBeforeMs: Math.max(notBeforeMs, issuer.notBeforeMs), notAfterMs: Math.min(notAfterMs, issuer.notAfterMs) };
  if (clipped.notBeforeMs < clipped.notAfterMs) return clipped;
  throw new RerootError(
    'RR_PKI_ISSUER_EXPIRED',
    `nothing can be issued from ${iso(notBeforeMs)} on: the issuer ${issuer.fingerprint} is valid from ${iso(issuer.notBeforeMs)} to ${iso(issuer.notAfterMs)}`,
  );
}

/** What the issuer calls its own key: a CA that is not ours may count otherwise than by SHA-1 (RFC 5280 §4.2.1.1). */
export function keyIdOfIssuer({ subjectKeyId, publicKey }: Certificate): Uint8Array {
  return subjectKeyId === undefined
    ? keyIdOf(publicKey.export({ type: 'spki', format: 'der' }))
    : Buffer.from(subjectKeyId, 'hex');
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
