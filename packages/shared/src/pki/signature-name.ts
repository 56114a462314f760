import { childrenOf, dottedOf, type Element } from './der-reader.ts';

const rsaPss = '1.2.840.113549.1.1.10';

const signatures: ReadonlyMap<string, string> = new Map([
  ['1.2.840.113549.1.1.4', 'RSA-MD5'],
  ['1.2.840.113549.1.1.5', 'RSA-SHA1'],
  ['1.2.840.113549.1.1.11', 'RSA-SHA256'],
  ['1.2.840.113549.1.1.12', 'RSA-SHA384'],
  ['1.2.840.113549.1.1.13', 'RSA-SHA512'],
  ['1.2.840.10045.4.1', 'ECDSA-SHA1'],
  ['1.2.840.10045.4.3.2', 'ECDSA-SHA256'],
  ['1.2.840.10045.4.3.3', 'ECDSA-SHA384'],
  ['1.2.840.10045.4.3.4', 'ECDSA-SHA512'],
  ['1.3.101.112', 'Ed25519'],
]);

const hashes: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'SHA256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA512'],
]);

/**
 * Names the signature that an AlgorithmIdentifier stands for: the kind of key and the hash, as `RSA-SHA256`, `RSA-PSS-SHA256`,
 * `ECDSA-SHA384` or `Ed25519`; the dotted identifier where reroot knows no name.
 */
export function signatureNameOf(algorithm: Element | undefined): string {
  const [identifier, parameters] = childrenOf(algorithm);
  const oid = identifier === undefined ? '' : dottedOf(identifier.content);
  return oid === rsaPss ? `RSA-PSS-${pssHash(parameters)}` : (signatures.get(oid) ?? oid);
}

/** RSASSA-PSS-params (RFC 4055 §3.1): the hash stands in [0], and is SHA-1 where that is left out. */
function pssHash(parameters: Element | undefined): string {
  const explicit = childrenOf(parameters).find(({ tag }) => tag === 0xa0);
  if (explicit === undefined) return 'SHA1';
  const [identifier] = childrenOf(childrenOf(explicit)[0]);
  const oid = identifier === undefined ? '' : dottedOf(identifier.content);
  return hashes.get(oid) ?? oid;
}
