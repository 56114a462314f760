import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { assertNever, RerootError } from '../errors/index.ts';
import { type Element, elementOf } from './der-reader.ts';
import { type KeyFacts, readKeyFacts } from './key-facts.ts';

const generate = promisify(generateKeyPair);

/** Algorithm and size of a CA's or a workload's key. */
export type KeyAlgorithm = RsaAlgorithm | EcdsaAlgorithm;

/** RSA with e = 65537. */
export interface RsaAlgorithm {
  readonly kind: 'rsa';
  readonly bits: 2048 | 3072 | 4096;
}

/** ECDSA on a NIST curve. */
export interface EcdsaAlgorithm {
  readonly kind: 'ecdsa';
  readonly curve: 'P-256' | 'P-384';
}

/** Makes a private key in the thread pool: RSA-4096 takes seconds, and the event loop must go on. */
export async function generateKey(algorithm: KeyAlgorithm): Promise<KeyObject> {
  switch (algorithm.kind) {
    case 'rsa':
      return (await generate('rsa', { modulusLength: algorithm.bits })).privateKey;
    case 'ecdsa':
      return (await generate('ec', { namedCurve: algorithm.curve })).privateKey;
    default:
      return assertNever(algorithm);
  }
}

/** PKCS#8 in PEM, unencrypted, as istiod reads `ca-key.pem`. */
export function exportPrivateKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/**
 * Reads a private key from PEM (PKCS#8, PKCS#1 or SEC 1).
 * @throws RR_PKI_BAD_KEY; the message never quotes the input
 */
export function importPrivateKey(pem: string): KeyObject {
  const key = readKey(pem);
  algorithmOf(key);
  return key;
}

function readKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    throw new RerootError('RR_PKI_BAD_KEY', 'the text holds no unencrypted private key in PEM');
  }
}

/** Reads SubjectPublicKeyInfo in DER. @throws RR_PKI_BAD_KEY */
export function readPublicKey(spki: Uint8Array): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch (error) {
    throw new RerootError('RR_PKI_BAD_KEY', 'the bytes are not a public key in DER (SubjectPublicKeyInfo)', { cause: error });
  }
}

/**
 * The algorithm of a key, public or private.
 * @throws RR_PKI_BAD_KEY when it is none of ours
 */
export function algorithmOf(key: KeyObject): KeyAlgorithm {
  return algorithmOfSpki((key.type === 'private' ? createPublicKey(key) : key).export({ type: 'spki', format: 'der' }));
}

/**
 * The same of a SubjectPublicKeyInfo in DER.
 * @throws RR_PKI_BAD_KEY when it is none, or none of ours
 */
export function algorithmOfSpki(spki: Uint8Array): KeyAlgorithm {
  return requireAlgorithm(readKeyFacts(elementOfKey(spki)));
}

function elementOfKey(spki: Uint8Array): Element {
  try {
    return elementOf(spki);
  } catch (error) {
    throw new RerootError('RR_PKI_BAD_KEY', 'the bytes are not a public key in DER (SubjectPublicKeyInfo)', { cause: error });
  }
}

/** @throws RR_PKI_BAD_KEY when the kind of key is none of ours */
export function requireAlgorithm(facts: KeyFacts): KeyAlgorithm {
  switch (facts.kind) {
    case 'rsa':
      if (facts.bits === 2048 || facts.bits === 3072 || facts.bits === 4096) return { kind: 'rsa', bits: facts.bits };
      throw notOurs(`RSA of ${facts.bits} bits`);
    case 'ec':
      if (facts.curve === 'P-256' || facts.curve === 'P-384') return { kind: 'ecdsa', curve: facts.curve };
      throw notOurs(`on the curve ${facts.curve}`);
    case 'other':
      throw notOurs(`of the kind ${facts.name}`);
    default:
      return assertNever(facts);
  }
}

function notOurs(found: string): RerootError {
  return new RerootError(
    'RR_PKI_BAD_KEY',
    `the key is ${found}; RSA of 2048, 3072 or 4096 bits and ECDSA on P-256 or P-384 are supported`,
  );
}
