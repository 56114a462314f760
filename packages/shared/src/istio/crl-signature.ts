import { verify } from 'node:crypto';
import { childrenOf, elementOf } from '../pki/der-reader.ts';
import type { Certificate } from '../pki/index.ts';
import { signatureNameOf } from '../pki/signature-name.ts';

/** A certificate revocation list (RFC 5280 §5.1), as far as istiod looks at it: who signed it. */
export interface SignedCrl {
  readonly isSignedBy: (issuer: Certificate) => boolean;
}

/** Reads a CRL. @returns undefined for what is none */
export function readSignedCrl(der: Uint8Array): SignedCrl | undefined {
  try {
    const [tbs, algorithm, signature] = childrenOf(elementOf(der));
    if (tbs === undefined || signature === undefined) return undefined;
    const hash = /SHA\d+$/.exec(signatureNameOf(algorithm))?.[0];
    const bytes = signature.content.subarray(1);
    return {
      // By the signature alone, like Go's CheckSignatureFrom: the name of the issuer is not compared.
      isSignedBy: ({ claimsCa, keyUsage, publicKey }) =>
        claimsCa && keyUsage?.includes('cRLSign') !== false && isVerified(hash, tbs.whole, publicKey, bytes),
    };
  } catch {
    return undefined;
  }
}

function isVerified(
  hash: string | undefined,
  ...[data, key, signature]: [Uint8Array, Certificate['publicKey'], Uint8Array]
): boolean {
  try {
    return verify(hash, data, key, signature);
  } catch {
    // A key of another kind than the signature.
    return false;
  }
}
