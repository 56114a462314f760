import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { errorMessage, RerootError } from '../errors/index.ts';
import { sha256Hex } from '../pki/index.ts';
import { othersMayRead } from '../private-file/index.ts';

/** An Ed25519 key pair that signs what a program sends. The private half never leaves this object. */
export interface Identity {
  /** Lower-case hex SHA-256 of the public key's SPKI in DER. */
  readonly keyId: string;
  readonly publicKeyPem: string;
  /** SPKI. */
  readonly publicKeyDer: Uint8Array;
  /** Ed25519 (RFC 8032). */
  sign(bytes: Uint8Array): Uint8Array;
}

/** The public keys whose messages are accepted. */
export interface Keyring {
  /** The key of an id, or undefined when it is not accepted. */
  find(keyId: string): KeyObject | undefined;
}

/** Makes a fresh identity. */
export function generateIdentity(): { identity: Identity; privateKeyPem: string; publicKeyPem: string } {
  const { privateKey } = generateKeyPairSync('ed25519');
  const identity = identityOf(privateKey);
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { identity, privateKeyPem, publicKeyPem: identity.publicKeyPem };
}

/**
 * An identity from its private key, PKCS#8 in PEM.
 * @throws RR_IDENTITY_INVALID; the message never quotes the key
 */
export function identityFromPem(privateKeyPem: string): Identity {
  const key = readKey(() => createPrivateKey(privateKeyPem), 'private');
  return identityOf(key);
}

/**
 * An identity from a file that only its owner can read.
 * @throws RR_IDENTITY_UNREADABLE, RR_IDENTITY_INVALID
 */
export async function loadIdentity(file: string): Promise<Identity> {
  const pem = await readOwnFile(file);
  try {
    return identityFromPem(pem);
  } catch (error) {
    throw new RerootError('RR_IDENTITY_INVALID', errorMessage(error), { place: file, cause: error });
  }
}

/**
 * The keys of a list of public keys, SPKI in PEM.
 * @throws RR_IDENTITY_INVALID
 */
export function keyringOf(publicKeyPems: readonly string[]): Keyring {
  const keys = new Map(
    publicKeyPems.map((pem) => {
      const key = readKey(() => createPublicKey(requirePublicHalf(pem)), 'public');
      return [keyIdOf(key), key];
    }),
  );
  return { find: (keyId) => keys.get(keyId) };
}

/**
 * The same of public keys in DER.
 * @throws RR_IDENTITY_INVALID
 */
export function keyringOfDer(publicKeys: readonly Uint8Array[]): Keyring {
  const keys = new Map(publicKeys.map((der) => [sha256Hex(der), keyFromDer(der)]));
  return { find: (keyId) => keys.get(keyId) };
}

/**
 * A public key, SPKI in DER.
 * @throws RR_IDENTITY_INVALID for any other than Ed25519, and for one in another encoding than its only one
 */
export function keyFromDer(der: Uint8Array): KeyObject {
  const key = readKey(() => createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' }), 'public');
  if (key.export({ type: 'spki', format: 'der' }).equals(der)) return key;
  throw new RerootError('RR_IDENTITY_INVALID', 'the public key has bytes that do not belong to it');
}

/**
 * A public key as configuration and join files show it.
 * @throws RR_IDENTITY_INVALID
 */
export function publicKeyPemOf(der: Uint8Array): string {
  return keyFromDer(der).export({ type: 'spki', format: 'pem' }).toString();
}

/**
 * The other way round.
 * @throws RR_IDENTITY_INVALID
 */
export function publicKeyDerOf(pem: string): Uint8Array {
  return readKey(() => createPublicKey(requirePublicHalf(pem)), 'public').export({ type: 'spki', format: 'der' });
}

async function readOwnFile(file: string): Promise<string> {
  try {
    const found = await stat(file);
    if (othersMayRead(found)) {
      const mode = (found.mode & 0o777).toString(8);
      throw new RerootError('RR_IDENTITY_UNREADABLE', `others than its owner may read the private key (mode ${mode})`, {
        place: file,
        remedy: `chmod 600 ${file}`,
      });
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof RerootError) throw error;
    throw new RerootError('RR_IDENTITY_UNREADABLE', `the private key cannot be read: ${errorMessage(error)}`, {
      place: file,
      cause: error,
    });
  }
}

function readKey(read: () => KeyObject, half: 'private' | 'public'): KeyObject {
  let key: KeyObject | undefined;
  try {
    key = read();
  } catch (error) {
    if (error instanceof RerootError) throw error;
  }
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new RerootError('RR_IDENTITY_INVALID', `this is not an Ed25519 ${half} key`);
}

/** Node would take the public half out of a private key, and the private half would stay where it does not belong. */
function requirePublicHalf(pem: string): string {
  if (!pem.includes('PRIVATE KEY')) return pem;
  throw new RerootError('RR_IDENTITY_INVALID', 'the text is a private key, where the public half belongs', {
    remedy: 'put the public key there, and make a new pair if others could read the private one',
  });
}

function identityOf(privateKey: KeyObject): Identity {
  const publicKey = createPublicKey(privateKey);
  return {
    keyId: keyIdOf(publicKey),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    publicKeyDer: publicKey.export({ type: 'spki', format: 'der' }),
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

function keyIdOf(publicKey: KeyObject): string {
  return sha256Hex(publicKey.export({ type: 'spki', format: 'der' }));
}
