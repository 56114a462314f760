import { createAccount, createOperator, createUser, fromSeed, type KeyPair } from '@nats-io/nkeys';
import { RerootError } from '../errors/index.ts';
import { bytesOfNkey } from './nkey-text.ts';
import { signingPairOf } from './signing-pair.ts';

/** What a key of NATS stands for; its first letter, after the S of a seed, says it (nkeys, "Encoding"). */
export type NkeyKind = 'operator' | 'account' | 'user';

/** An Ed25519 key pair as NATS writes it. */
export interface Nkey {
  /** Begins with U for a user, A for an account, O for an operator. */
  readonly publicKey: string;
  /** The private half: begins with SU, SA or SO. */
  readonly seed: string;
}

const kinds = {
  operator: { letter: 'O', create: createOperator },
  account: { letter: 'A', create: createAccount },
  user: { letter: 'U', create: createUser },
} as const;

/** The prefix, and a public key of Ed25519. */
const publicNkeyBytes = 33;

/** Makes a key pair of a kind. */
export function createNkey(kind: NkeyKind): Nkey {
  return nkeyOf(signingPairOf(kinds[kind].create()));
}

/** Makes a user's key pair; only the public half ever needs to leave the machine. */
export function createNatsUser(): Nkey {
  return createNkey('user');
}

/**
 * The pair of a user's seed.
 * @throws RR_NATS_CREDENTIALS_INVALID; the message never quotes the seed
 */
export function natsUserOfSeed(seed: string): Nkey {
  return nkeyOfSeed('user', seed);
}

/**
 * The same of any kind.
 * @throws RR_NATS_CREDENTIALS_INVALID; the message never quotes the seed
 */
export function nkeyOfSeed(kind: NkeyKind, seed: string): Nkey {
  return nkeyOf(keyPairOfSeed(kind, seed));
}

/**
 * The key pair that signs as the kind.
 * @throws RR_NATS_CREDENTIALS_INVALID; the message never quotes the seed
 */
export function keyPairOfSeed(kind: NkeyKind, seed: string): KeyPair {
  const { letter } = kinds[kind];
  try {
    const pair = signingPairOf(fromSeed(Buffer.from(seed.trim())));
    if (pair.getPublicKey().startsWith(letter)) return pair;
  } catch {
    // What the library says might name parts of the seed.
  }
  throw new RerootError(
    'RR_NATS_CREDENTIALS_INVALID',
    `this is not the seed of a NATS ${kind}, which begins with S${letter} and has a checksum`,
  );
}

/**
 * Gives the public key back.
 * @throws RR_NATS_CREDENTIALS_INVALID when it is none of the kind
 */
export function requirePublicNkey(kind: NkeyKind, publicKey: string): string {
  const { letter } = kinds[kind];
  // Of a seed the library would take the public half, and the message would show the seed.
  const shown = publicKey.startsWith('S') ? 'a seed' : JSON.stringify(publicKey.slice(0, 80));
  if (publicKey.startsWith(letter) && isPublicNkey(publicKey)) return publicKey;
  throw new RerootError(
    'RR_NATS_CREDENTIALS_INVALID',
    `${shown} is not the public key of a NATS ${kind}, which begins with ${letter}`,
  );
}

/** By its text: the library would have to verify a signature, and mgmt asks this of each user that was ever shut out. */
function isPublicNkey(publicKey: string): boolean {
  return bytesOfNkey(publicKey)?.length === publicNkeyBytes;
}

function nkeyOf(pair: KeyPair): Nkey {
  return { publicKey: pair.getPublicKey(), seed: Buffer.from(pair.getSeed()).toString('latin1') };
}
