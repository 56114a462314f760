import { createPrivateKey, sign } from 'node:crypto';
import type { KeyPair } from '@nats-io/nkeys';
import { bytesOfNkey } from './nkey-text.ts';

/** Of a PKCS#8 document with an Ed25519 key (RFC 8410 §7); the 32 bytes of the key follow. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * The same pair, quicker: the library derives both halves anew, in JavaScript, each time that it is asked for one or signs, some
 * milliseconds each. mgmt signs a user for each cluster that joins.
 */
export function signingPairOf(pair: KeyPair): KeyPair {
  const [publicKey, privateKey, seed] = [pair.getPublicKey(), pair.getPrivateKey(), pair.getSeed()];
  const bytes = bytesOfNkey(Buffer.from(privateKey).toString('latin1'));
  const key = createPrivateKey({
    key: Buffer.concat([pkcs8Head, bytes?.subarray(1, 33) ?? new Uint8Array()]),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    getPublicKey: () => publicKey,
    getPrivateKey: () => privateKey,
    getSeed: () => seed,
    sign: (input) => new Uint8Array(sign(null, input, key)),
    verify: (input, signature) => pair.verify(input, signature),
    clear: () => pair.clear(),
    seal: (input, recipient, nonce) => pair.seal(input, recipient, nonce),
    open: (input, sender) => pair.open(input, sender),
  };
}
