import { type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { errorMessage, RerootError } from '../errors/index.ts';
import { pemOf } from './certificate.ts';
import { bitString, integer, objectIdentifier, sequence, setOf, tagged } from './der.ts';
import { childrenOf, dottedOf, elementOf, tags } from './der-reader.ts';
import { uriNames } from './extension.ts';
import { type KeyAlgorithm, readPublicKey, requireAlgorithm } from './key.ts';
import { readKeyFacts } from './key-facts.ts';
import { distinguishedName, type SubjectName } from './name.ts';
import { extensionRequest, requestedExtensions } from './request-facts.ts';
import { hashBySignature, signatureAlgorithm, signatureIdentifier } from './signature-algorithm.ts';
import type { Signer } from './signer.ts';

const maxRequestBytes = 16_384;

/** A PKCS#10 request whose signature proves that the sender has the key. */
export interface CertificateRequest {
  readonly der: Uint8Array;
  /** The Name that the request asks for; an issuer need not heed it. */
  readonly subjectDer: Uint8Array;
  readonly publicKey: KeyObject;
  readonly publicKeySpki: Uint8Array;
  readonly algorithm: KeyAlgorithm;
  /** URIs of the requested SAN. */
  readonly uris: readonly string[];
}

/** What a request asks for. */
export interface RequestOptions extends SubjectName {
  readonly key: Signer;
  readonly uris?: readonly string[];
}

/** Makes a PKCS#10 request (RFC 2986), DER. */
export async function createCsr({ key, uris = [], ...name }: RequestOptions): Promise<Uint8Array> {
  const attributes =
    uris.length === 0 ? [] : [sequence(objectIdentifier(extensionRequest), setOf(sequence(uriNames(uris, 'plain'))))];
  const info = sequence(integer(Uint8Array.of(0)), distinguishedName(name), key.publicKeySpki, tagged(0, ...attributes));
  return sequence(info, signatureAlgorithm(key.algorithm), bitString(await key.sign(info)));
}

/** A request as PEM. */
export function csrToPem(der: Uint8Array): string {
  return pemOf('CERTIFICATE REQUEST', der);
}

/**
 * Reads a request from DER or PEM and verifies its own signature: possession of the private key.
 * @throws RR_PKI_BAD_CSR
 */
export function parseCsr(source: Uint8Array | string): CertificateRequest {
  try {
    const { request, hash, signed, signature } = read(source);
    return proven(request, verify(hash, signed, request.publicKey, signature));
  } catch (error) {
    throw unusable(error);
  }
}

/**
 * The same, with the signature verified in the thread pool: for whoever has many requests to serve.
 * @throws RR_PKI_BAD_CSR
 */
export async function verifyCsr(source: Uint8Array | string): Promise<CertificateRequest> {
  try {
    const { request, hash, signed, signature } = read(source);
    return proven(request, await verifyInPool(hash, signed, request.publicKey, signature));
  } catch (error) {
    throw unusable(error);
  }
}

const verifyInPool = promisify<string, Uint8Array, KeyObject, Uint8Array, boolean>(verify);

function proven(request: CertificateRequest, holds: boolean): CertificateRequest {
  if (holds) return request;
  throw new Error('its signature does not verify');
}

function unusable(error: unknown): RerootError {
  return new RerootError('RR_PKI_BAD_CSR', `the certificate request cannot be used: ${errorMessage(error)}`, { cause: error });
}

function derOf(pem: string): Uint8Array {
  const body = /^\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([\s\S]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/.exec(
    pem,
  )?.[1];
  if (body === undefined) throw new Error('it is not one PEM block of a certificate request');
  return Buffer.from(body.replace(/\s/g, ''), 'base64');
}

/** A request, and what is left to verify of it. */
interface Unproven {
  readonly request: CertificateRequest;
  readonly hash: string;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
}

function read(source: Uint8Array | string): Unproven {
  const der = typeof source === 'string' ? derOf(source) : source;
  if (der.length > maxRequestBytes) throw new Error(`it has ${der.length} bytes; ${maxRequestBytes} are allowed`);
  const whole = elementOf(der);
  const [info, signatureKind, signature] = childrenOf(whole);
  const [version, subject, spki, ...attributes] = childrenOf(info);
  if (info === undefined || subject === undefined || spki === undefined || signature === undefined)
    throw new Error('it is not PKCS#10');
  if (version?.tag !== tags.integer || version.content.length !== 1 || version.content[0] !== 0)
    throw new Error('its version is not 0');
  const publicKeySpki = new Uint8Array(spki.whole);
  const publicKey = readPublicKey(publicKeySpki);
  const facts = readKeyFacts(spki);
  const algorithm = requireAlgorithm(facts);
  // Go reads no larger one than 2^31, and smaller ones than the usual are the mark of a careless generator.
  if (facts.kind === 'rsa' && facts.exponent !== usualExponent) throw new Error('the public exponent of its key is not 65537');
  // Go, and with it istiod, reads no compressed point of a curve: the intermediate could not be loaded.
  if (algorithm.kind === 'ecdsa' && childrenOf(spki)[1]?.content[1] !== uncompressed) {
    throw new Error('its key is not an uncompressed point');
  }
  const signatureOid = dottedOf(childrenOf(signatureKind)[0]?.content ?? new Uint8Array());
  const hash = hashBySignature.get(signatureOid);
  if (hash === undefined) throw new Error('its signature algorithm is not supported');
  const signatureBytes = signature.content.subarray(1);
  // One request has one encoding: what is issued for it is found again by the hash of its bytes.
  const canonical = sequence(info.whole, signatureIdentifier(algorithm.kind, signatureOid), bitString(signatureBytes));
  if (!Buffer.from(canonical).equals(der) || info.tag !== tags.sequence) throw new Error('it is not PKCS#10 in DER');
  const request = {
    der,
    subjectDer: subject.whole,
    publicKey,
    publicKeySpki,
    algorithm,
    uris: requestedExtensions(attributes).uris,
  };
  return { request, hash, signed: info.whole, signature: signatureBytes };
}

const usualExponent = 65_537;
/** First byte of an uncompressed point (SEC 1 §2.3.3). */
const uncompressed = 0x04;
