import { assertNever } from '../errors/index.ts';
import { type Der, nullValue, objectIdentifier, sequence } from './der.ts';
import type { KeyAlgorithm } from './key.ts';

/** Object identifiers of the signatures we make (RFC 4055 §5, RFC 5758 §3.2). */
const oids = {
  rsaSha256: '1.2.840.113549.1.1.11',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  ecdsaSha384: '1.2.840.10045.4.3.3',
} as const;

/** The hashes of the signatures that are accepted on a request, by object identifier. */
export const hashBySignature: ReadonlyMap<string, string> = new Map([
  [oids.rsaSha256, 'sha256'],
  ['1.2.840.113549.1.1.12', 'sha384'],
  ['1.2.840.113549.1.1.13', 'sha512'],
  [oids.ecdsaSha256, 'sha256'],
  [oids.ecdsaSha384, 'sha384'],
]);

/** AlgorithmIdentifier of the signature that such a key makes. */
export function signatureAlgorithm(algorithm: KeyAlgorithm): Der {
  switch (algorithm.kind) {
    case 'rsa':
      return signatureIdentifier('rsa', oids.rsaSha256);
    case 'ecdsa':
      return signatureIdentifier('ecdsa', algorithm.curve === 'P-384' ? oids.ecdsaSha384 : oids.ecdsaSha256);
    default:
      return assertNever(algorithm);
  }
}

/** AlgorithmIdentifier of a signature by a kind of key: RSA has NULL parameters, ECDSA none. */
export function signatureIdentifier(kind: KeyAlgorithm['kind'], oid: string): Der {
  return sequence(objectIdentifier(oid), ...(kind === 'rsa' ? [nullValue()] : []));
}
