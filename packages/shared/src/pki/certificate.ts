import { type KeyObject, X509Certificate } from 'node:crypto';
import { errorMessage, RerootError } from '../errors/index.ts';
import { childrenOf, elementOf } from './der-reader.ts';
import { type KeyFacts, readKeyFacts } from './key-facts.ts';
import { knownCertificate } from './known-certificates.ts';
import { type ReadExtensions, readExtensions } from './read-extensions.ts';
import { sha256Hex } from './sha256.ts';
import { signatureNameOf } from './signature-name.ts';

/** Larger inputs are refused unread: a Secret or ConfigMap of Kubernetes holds no more. */
const maxInputBytes = 2 ** 20;

/** An X.509 certificate, read once. */
export interface Certificate extends ReadExtensions {
  /** 3 has extensions; roots of the nineties may be of version 1. */
  readonly version: number;
  /** Whether it may issue: basicConstraints says CA, and keyUsage does not forbid it. */
  readonly isCa: boolean;
  readonly der: Uint8Array;
  /** PEM with 64 columns and a final newline. */
  readonly pem: string;
  /** Lower-case hex SHA-256 of the DER. */
  readonly fingerprint: string;
  /** One attribute a line, as node:crypto prints it; empty where there is none. */
  readonly subject: string;
  readonly issuer: string;
  /** The very bytes of the names: chains are linked by these, never by how they are printed. */
  readonly subjectDer: Uint8Array;
  readonly issuerDer: Uint8Array;
  /** As `RSA-SHA256`, `RSA-PSS-SHA256`, `ECDSA-SHA384` or `Ed25519`; dotted where reroot knows no name. */
  readonly signatureAlgorithm: string;
  /** Upper-case hex. */
  readonly serial: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly publicKey: KeyObject;
  readonly keyFacts: KeyFacts;
  /** As OpenSSL has it; not the same object each time. */
  readonly x509: X509Certificate;
}

/**
 * Reads one certificate from DER, or from PEM that holds exactly one.
 * @throws RR_PKI_BAD_CERTIFICATE
 */
export function parseCertificate(source: Uint8Array | string): Certificate {
  if (typeof source !== 'string') return fromDer(source, 'the certificate');
  const [first, ...others] = parseCertificates(source);
  if (first !== undefined && others.length === 0) return first;
  throw new RerootError(
    'RR_PKI_BAD_CERTIFICATE',
    `the PEM holds ${others.length + (first === undefined ? 0 : 1)} certificates, not one`,
  );
}

/**
 * Reads every certificate of a PEM text, in order, duplicates kept; text between the blocks is passed over.
 * @param place where the text stands, for the error
 * @throws RR_PKI_BAD_CERTIFICATE names the block
 */
export function parseCertificates(pem: string, place?: string): Certificate[] {
  return certificateBlocks(pem, place).map(({ text }, index) => fromPemBlock(text, `block ${index + 1}`, place));
}

/** One CERTIFICATE block of a PEM text and where it stands. */
export interface PemBlock {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the CERTIFICATE blocks of a PEM text. As in Go's `encoding/pem`, by which istiod reads, BEGIN and END have a line
 * of their own; but where Go passes over a damaged block in silence, this refuses it.
 * @throws RR_PKI_BAD_CERTIFICATE on a block of another kind (a private key in a bundle must not go unseen) or one without end
 */
export function certificateBlocks(pem: string, place?: string): PemBlock[] {
  const facts = place === undefined ? {} : { place };
  if (pem.length > maxInputBytes) {
    throw new RerootError('RR_PKI_BAD_CERTIFICATE', `the PEM has ${pem.length} characters; ${maxInputBytes} are allowed`, facts);
  }
  const begins = [...pem.matchAll(/^-----BEGIN ([^-\n]*)-----[ \t\r]*$/gm)];
  return begins.map((begin, index) => {
    const label = begin[1] ?? '';
    if (label !== 'CERTIFICATE') {
      throw new RerootError('RR_PKI_BAD_CERTIFICATE', `block ${index + 1} is a ${label}, not a CERTIFICATE`, facts);
    }
    const rest = pem.slice(begin.index, begins[index + 1]?.index);
    const end = /^-----END CERTIFICATE-----(?=[ \t\r]*$)/m.exec(rest);
    if (end === null) {
      throw new RerootError('RR_PKI_BAD_CERTIFICATE', `block ${index + 1} has no line -----END CERTIFICATE-----`, facts);
    }
    const text = rest.slice(0, end.index + end[0].length);
    return { text, start: begin.index, end: begin.index + text.length };
  });
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function fromPemBlock(text: string, what: string, place?: string): Certificate {
  return knownCertificate(text, () => readPemBlock(text, what, place));
}

function readPemBlock(text: string, what: string, place?: string): Certificate {
  const body = text.replace(/^-----.*$/gm, '').replace(/[ \t\r\n]/g, '');
  if (base64.test(body)) return readDer(Buffer.from(body, 'base64'), what, place);
  throw new RerootError('RR_PKI_BAD_CERTIFICATE', `${what} is not in base64`, place === undefined ? {} : { place });
}

function fromDer(der: Uint8Array, what: string): Certificate {
  return knownCertificate(Buffer.from(der.buffer, der.byteOffset, der.byteLength).toString('latin1'), () => readDer(der, what));
}

function readDer(der: Uint8Array, what: string, place?: string): Certificate {
  try {
    return read(der);
  } catch (error) {
    const facts = place === undefined ? { cause: error } : { cause: error, place };
    throw new RerootError('RR_PKI_BAD_CERTIFICATE', `${what} is not an X.509 certificate: ${errorMessage(error)}`, facts);
  }
}

/** [0] and [3] of a TBSCertificate. */
const versionTag = 0xa0;
const extensionsTag = 0xa3;

function read(source: Uint8Array): Certificate {
  if (source.length > maxInputBytes) throw new Error(`${source.length} bytes`);
  const x509 = new X509Certificate(source);
  // OpenSSL passes over what follows the certificate; then one certificate would have many fingerprints.
  if (x509.raw.length !== source.length) throw new Error('bytes follow the end of the certificate');
  // A key that cannot be read is an error of the certificate, here and not wherever it is asked for later.
  requireKey(x509);
  const der = new Uint8Array(x509.raw);
  const tbs = readTbs(der);
  const open = tbs.isCa && der.length <= maxOpenedBytes ? lend(der, x509) : hold(x509);
  return Object.freeze({
    der,
    pem: pemOf('CERTIFICATE', der),
    fingerprint: sha256Hex(der),
    // Node gives undefined for an empty name, whatever its types say.
    subject: (x509.subject as string | undefined) ?? '',
    issuer: (x509.issuer as string | undefined) ?? '',
    serial: x509.serialNumber,
    notBeforeMs: timeOf(x509.validFromDate, x509.validFrom, 'notBefore'),
    notAfterMs: timeOf(x509.validToDate, x509.validTo, 'notAfter'),
    get publicKey() {
      return open().publicKey;
    },
    get x509() {
      return open();
    },
    ...tbs,
  });
}

/** So many are as good as all of those that signatures are verified with at a time. */
const maxOpened = 1_024;
/** Memory is not for what somebody made large. */
const maxOpenedBytes = 8_192;

/** By the bytes that a CA's certificate holds, the one that was asked for last at the end. It is read from them again, so nobody may change them. */
const opened = new Map<Uint8Array, X509Certificate>();

/** @throws Error of OpenSSL */
function requireKey({ publicKey }: X509Certificate): KeyObject {
  return publicKey;
}

/** A leaf is soon forgotten with all that is of it. */
function hold(x509: X509Certificate): () => X509Certificate {
  return () => x509;
}

/**
 * The certificate of a CA as OpenSSL has it takes many times the memory of its bytes, and is needed only while signatures are verified. mgmt
 * knows ten thousand of them and more: only those are kept open that were asked for last.
 */
function lend(der: Uint8Array, x509: X509Certificate): () => X509Certificate {
  keepOpen(der, x509);
  return () => openedOf(der);
}

function openedOf(der: Uint8Array): X509Certificate {
  return keepOpen(der, opened.get(der) ?? new X509Certificate(der));
}

function keepOpen(der: Uint8Array, x509: X509Certificate): X509Certificate {
  opened.delete(der);
  opened.set(der, x509);
  if (opened.size <= maxOpened) return x509;
  const [oldest] = opened.keys();
  if (oldest !== undefined) opened.delete(oldest);
  return x509;
}

/** As OpenSSL prints a date that is none. */
const noTime = 'Bad time value';

/**
 * OpenSSL reads a certificate with a date that is none, such as a 31st of February, and nothing would ever be before or after it. Node 24 then gives
 * whatever lay in memory for a date, which may be one.
 */
function timeOf(date: Date, text: string, field: string): number {
  const ms = date.getTime();
  if (text === noTime || Number.isNaN(ms)) throw new Error(`its ${field} is no date`);
  return ms;
}

/** Reads what node:crypto does not show, or shows as text only, from the TBSCertificate (RFC 5280 §4.1). */
function readTbs(
  der: Uint8Array,
): ReadExtensions & Pick<Certificate, 'version' | 'isCa' | 'subjectDer' | 'issuerDer' | 'signatureAlgorithm' | 'keyFacts'> {
  const [tbs, algorithm] = childrenOf(elementOf(der));
  const fields = childrenOf(tbs);
  const versioned = fields[0]?.tag === versionTag;
  const [, , issuer, , subject, spki] = versioned ? fields.slice(1) : fields;
  if (issuer === undefined || subject === undefined || spki === undefined) throw new Error('it has no names or no key');
  const explicit = fields.find(({ tag }) => tag === extensionsTag);
  const extensions = readExtensions(childrenOf(explicit)[0]);
  const { claimsCa, keyUsage } = extensions;
  return {
    ...extensions,
    version: versioned ? (childrenOf(fields[0])[0]?.content.at(-1) ?? 0) + 1 : 1,
    isCa: claimsCa && (keyUsage?.includes('keyCertSign') ?? true),
    subjectDer: subject.whole,
    issuerDer: issuer.whole,
    signatureAlgorithm: signatureNameOf(algorithm),
    keyFacts: readKeyFacts(spki),
  };
}

/** PEM (RFC 7468) with 64 columns and a final newline. */
export function pemOf(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}
