import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { errorMessage } from '../errors/index.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { type CertificateRequest, parseCsr } from './csr.ts';
import { pemBlocks, type WholePemBlock } from './pem-blocks.ts';
import { type RequestFacts, readRequestFacts } from './request-facts.ts';

/** What a PEM block holds, and where it stands. */
export type PemItem = PemContent & {
  readonly label: string;
  /** Which block of the text it is, from 1. */
  readonly position: number;
  /** Line of its BEGIN, from 1. */
  readonly line: number;
};

/**
 * What a PEM block holds. Of a private key only its public half: whoever prints an item cannot print a secret.
 *
 * `unreadable`: a whole block that does not hold what its label says. `damaged`: not a whole block, so Go's `encoding/pem`,
 * by which istiod reads, passes over it without a word. `refused-request`: a request, and `parseCsr` does not take it. `other`: a
 * kind that is not read here.
 */
export type PemContent =
  | { readonly kind: 'certificate'; readonly certificate: Certificate }
  | { readonly kind: 'request'; readonly request: CertificateRequest; readonly facts: RequestFacts }
  | { readonly kind: 'refused-request'; readonly facts: RequestFacts; readonly problem: string }
  | { readonly kind: 'crl'; readonly der: Uint8Array }
  | { readonly kind: 'private-key'; readonly publicKey: KeyObject }
  | { readonly kind: 'encrypted-key' }
  | { readonly kind: 'public-key'; readonly publicKey: KeyObject }
  | { readonly kind: 'other'; readonly der: Uint8Array }
  | { readonly kind: 'unreadable'; readonly problem: string }
  | { readonly kind: 'damaged'; readonly problem: string };

/** Reads the blocks of a PEM text of any kind, in order. Never throws: what cannot be read is an item too. */
export function readPem(text: string): readonly PemItem[] {
  return pemBlocks(text).map((block, index) => ({
    ...(block.kind === 'damaged' ? { kind: 'damaged', problem: block.problem } : contentOf(block)),
    label: block.label,
    position: index + 1,
    line: block.line,
  }));
}

/** The certificates among the items, in order, duplicates kept. */
export function certificatesOf(items: readonly PemItem[]): readonly Certificate[] {
  return items.flatMap((item) => (item.kind === 'certificate' ? [item.certificate] : []));
}

function contentOf(block: WholePemBlock): PemContent {
  try {
    return read(block);
  } catch (error) {
    return { kind: 'unreadable', problem: problemOf(error) };
  }
}

function read({ label, der, text, headers }: WholePemBlock): PemContent {
  switch (label) {
    case 'CERTIFICATE':
      // Go's certificate pools pass over one with headers.
      return headers === 'some' ? { kind: 'other', der } : { kind: 'certificate', certificate: parseCertificate(der) };
    case 'CERTIFICATE REQUEST':
    case 'NEW CERTIFICATE REQUEST':
      return readRequest(der);
    case 'X509 CRL':
      return { kind: 'crl', der };
    case 'PRIVATE KEY':
    case 'RSA PRIVATE KEY':
    case 'EC PRIVATE KEY':
      return headers === 'some' ? { kind: 'encrypted-key' } : { kind: 'private-key', publicKey: publicHalfOf(text) };
    case 'ENCRYPTED PRIVATE KEY':
      return { kind: 'encrypted-key' };
    case 'PUBLIC KEY':
      return { kind: 'public-key', publicKey: createPublicKey(text) };
    default:
      return { kind: 'other', der };
  }
}

function readRequest(der: Uint8Array): PemContent {
  const facts = readRequestFacts(der);
  try {
    return { kind: 'request', request: parseCsr(der), facts };
  } catch (error) {
    return { kind: 'refused-request', facts, problem: problemOf(error instanceof Error ? (error.cause ?? error) : error) };
  }
}

/** OpenSSL speaks of the PEM that node:crypto tried after DER, which leads people astray. */
function problemOf(error: unknown): string {
  const message = errorMessage(error);
  return /error:[0-9A-F]{8}:/.test(message) ? 'its bytes are not what its label says' : message;
}

/** The message of the library is left out: nobody promises that it never quotes its input. */
function publicHalfOf(text: string): KeyObject {
  try {
    return createPublicKey(createPrivateKey(text));
  } catch {
    throw new Error('it is not a private key of its kind');
  }
}
