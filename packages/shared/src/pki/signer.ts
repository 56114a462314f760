import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { algorithmOfSpki, type KeyAlgorithm } from './key.ts';

/** Whatever can sign as a CA: a key in this process, or one that is kept elsewhere. */
export interface Signer {
  readonly algorithm: KeyAlgorithm;
  /** SubjectPublicKeyInfo in DER (RFC 5280 §4.1.2.7). */
  readonly publicKeySpki: Uint8Array;
  /** Signs with SHA-256, or SHA-384 for P-384; ECDSA signatures are DER. */
  sign(tbs: Uint8Array): Promise<Uint8Array>;
}

/** A signer by a private key in this process; it signs in the thread pool. */
export function signerFromKey(key: KeyObject): Signer {
  const publicKeySpki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const algorithm = algorithmOfSpki(publicKeySpki);
  return {
    algorithm,
    publicKeySpki,
    sign: (tbs) =>
      new Promise((resolve, reject) => {
        sign(signatureHash(algorithm), tbs, key, (error, signature) => {
          if (error === null) resolve(signature);
          else reject(error);
        });
      }),
  };
}

/** The hash that goes with a key: as strong as the key, and what every X.509 library accepts. */
function signatureHash(algorithm: KeyAlgorithm): 'sha256' | 'sha384' {
  return algorithm.kind === 'ecdsa' && algorithm.curve === 'P-384' ? 'sha384' : 'sha256';
}
