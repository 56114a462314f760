import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { KeyPair } from '@nats-io/nkeys';
import { bytesOfNkey, textOfNkey } from './nkey-text.ts';

/** Of a PKCS#8 document with an Ed25519 key (RFC 8410 §7); the 32 bytes of the key follow. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');
/** The same of a SubjectPublicKeyInfo (RFC 8410 §4). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/** The prefix of a private key: its text begins with P. */
const privatePrefix = 120;

/**
 * The same pair, by OpenSSL: the library derives both halves anew, in JavaScript, each time that it is asked for one or signs, some
 * milliseconds each. mgmt signs a user for each cluster that joins, and each connection to NATS signs once.
 * @param pair of a seed
 */
export function signingPairOf(pair: KeyPair): KeyPair {
  const seed = pair.getSeed();
  const [first = 0, second = 0, ...secret] = bytesOfNkey(Buffer.from(seed).toString('latin1')) ?? [];
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, Buffer.from(secret)]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(spkiHead.length);
  // A seed says in eleven bits what it is: five for the S, the others as in the public key (nkeys, "Encoding").
  const publicText = textOfNkey(((first & 7) << 5) | (second >> 3), publicKey);
  return {
    getPublicKey: () => publicText,
    getPrivateKey: () => Buffer.from(textOfNkey(privatePrefix, Buffer.concat([Buffer.from(secret), publicKey]))),
    getSeed: () => seed,
    sign: (input) => new Uint8Array(sign(null, input, key)),
    verify: (input, signature) => verify(null, input, key, signature),
    clear: () => pair.clear(),
    seal: (input, recipient, nonce) => pair.seal(input, recipient, nonce),
    open: (input, sender) => pair.open(input, sender),
  };
}

/** The public half in the text of a key; undefined where it is none. */
export function publicKeyOfNkey(text: string): KeyObject | undefined {
  const bytes = bytesOfNkey(text);
  if (bytes?.length !== 33) return undefined;
  return createPublicKey({ key: Buffer.concat([spkiHead, bytes.subarray(1)]), format: 'der', type: 'spki' });
}
