import { type KeyObject, verify } from 'node:crypto';
import { errorMessage, RerootError } from '../errors/index.ts';
import { pemOf } from './certificate.ts';
import {
  type Asn1,
  bitString,
  bytesOf,
  childrenOf,
  decode,
  dottedOf,
  encode,
  integer,
  isTagged,
  objectIdentifier,
  sequence,
  setOf,
  tagged,
} from './der.ts';
import { elementOf } from './der-reader.ts';
import { uriNames } from './extension.ts';
import { algorithmOf, type KeyAlgorithm, readPublicKey } from './key.ts';
import { distinguishedName, type SubjectName } from './name.ts';
import { readExtensions } from './read-extensions.ts';
import { hashBySignature, signatureAlgorithm, signatureIdentifier } from './signature-algorithm.ts';
import type { Signer } from './signer.ts';

const extensionRequest = '1.2.840.113549.1.9.14';
const maxRequestBytes = 16_384;

/** A PKCS#10 request whose signature proves that the sender has the key. */
export interface CertificateRequest {
  readonly der: Uint8Array;
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
  const info = sequence(integer(Uint8Array.of(0)), distinguishedName(name), decode(key.publicKeySpki), tagged(0, ...attributes));
  const signature = await key.sign(encode(info));
  return encode(sequence(info, signatureAlgorithm(key.algorithm), bitString(signature)));
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
    return read(typeof source === 'string' ? derOf(source) : source);
  } catch (error) {
    throw new RerootError('RR_PKI_BAD_CSR', `the certificate request cannot be used: ${errorMessage(error)}`, { cause: error });
  }
}

function derOf(pem: string): Uint8Array {
  const body = /^\s*-----BEGIN (?:NEW )?CERTIFICATE REQUEST-----([\s\S]+)-----END (?:NEW )?CERTIFICATE REQUEST-----\s*$/.exec(
    pem,
  )?.[1];
  if (body === undefined) throw new Error('it is not one PEM block of a certificate request');
  return Buffer.from(body.replace(/\s/g, ''), 'base64');
}

function read(der: Uint8Array): CertificateRequest {
  if (der.length > maxRequestBytes) throw new Error(`it has ${der.length} bytes; ${maxRequestBytes} are allowed`);
  const request = decode(der);
  const [info, signatureKind, signature] = childrenOf(request);
  const [, , spki, ...attributes] = childrenOf(info);
  if (info === undefined || spki === undefined) throw new Error('it is not PKCS#10');
  const publicKeySpki = encode(spki);
  const publicKey = readPublicKey(publicKeySpki);
  const algorithm = algorithmOf(publicKey);
  const signatureOid = dottedOf(childrenOf(signatureKind)[0]);
  const hash = hashBySignature.get(signatureOid);
  if (hash === undefined) throw new Error('its signature algorithm is not supported');
  const signatureBytes = bytesOf(signature).subarray(1);
  // One request has one encoding: what is issued for it is found again by the hash of its bytes.
  const canonical = encode(sequence(info, signatureIdentifier(algorithm.kind, signatureOid), bitString(signatureBytes)));
  if (!Buffer.from(canonical).equals(der)) throw new Error('it is not PKCS#10 in DER');
  if (!verify(hash, encode(info), publicKey, signatureBytes)) throw new Error('its signature does not verify');
  return { der, publicKey, publicKeySpki, algorithm, uris: urisOf(attributes) };
}

function urisOf(tail: readonly Asn1[]): readonly string[] {
  const attributes = childrenOf(tail.find((each) => isTagged(each, 0)));
  const requested = attributes.find((each) => dottedOf(childrenOf(each)[0]) === extensionRequest);
  const [extensions] = childrenOf(childrenOf(requested)[1]);
  return extensions === undefined ? [] : readExtensions(elementOf(encode(extensions))).uris;
}
