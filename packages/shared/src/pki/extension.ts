import { createHash } from 'node:crypto';
import {
  type Asn1,
  bitString,
  booleanTrue,
  bytesOf,
  childrenOf,
  decode,
  dottedOf,
  encode,
  integer,
  isTagged,
  objectIdentifier,
  octetString,
  sequence,
  taggedBytes,
} from './der.ts';

const oids = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
} as const;

/** GeneralName: uniformResourceIdentifier (RFC 5280 §4.2.1.6). */
const uriTag = 6;

/** BasicConstraints of a CA (RFC 5280 §4.2.1.9), critical; no path length means no limit. */
export function caConstraints(pathLength?: number): Asn1 {
  const limit = pathLength === undefined ? [] : [integer(Uint8Array.of(pathLength))];
  return extension(oids.basicConstraints, 'critical', sequence(booleanTrue(), ...limit));
}

/** BasicConstraints of an end entity: an empty sequence, for `cA FALSE` is the default and DER leaves it out. */
export function leafConstraints(): Asn1 {
  return extension(oids.basicConstraints, 'critical', sequence());
}

/** KeyUsage keyCertSign and cRLSign (RFC 5280 §4.2.1.3), critical. */
export function caKeyUsage(): Asn1 {
  return extension(oids.keyUsage, 'critical', bitString(Uint8Array.of(0b0000_0110), 1));
}

/** KeyUsage of a TLS end entity; keyEncipherment belongs to RSA alone. */
export function leafKeyUsage(kind: 'rsa' | 'ecdsa'): Asn1 {
  const usage = kind === 'rsa' ? bitString(Uint8Array.of(0b1010_0000), 5) : bitString(Uint8Array.of(0b1000_0000), 7);
  return extension(oids.keyUsage, 'critical', usage);
}

/** ExtendedKeyUsage serverAuth and clientAuth (RFC 5280 §4.2.1.12): a workload is both sides of mTLS. */
export function leafExtendedKeyUsage(): Asn1 {
  return extension(
    oids.extendedKeyUsage,
    'plain',
    sequence(objectIdentifier(oids.serverAuth), objectIdentifier(oids.clientAuth)),
  );
}

/** SubjectAltName of URIs; critical where the subject is empty (RFC 5280 §4.2.1.6). */
export function uriNames(uris: readonly string[], weight: Weight): Asn1 {
  return extension(oids.subjectAltName, weight, sequence(...uris.map((uri) => taggedBytes(uriTag, Buffer.from(uri, 'latin1')))));
}

/** SubjectKeyIdentifier, RFC 5280 §4.2.1.2 method (1). */
export function subjectKeyIdentifier(spki: Uint8Array): Asn1 {
  return extension(oids.subjectKeyIdentifier, 'plain', octetString(keyIdOf(spki)));
}

/** AuthorityKeyIdentifier with the key identifier alone (RFC 5280 §4.2.1.1). */
export function authorityKeyIdentifier(keyId: Uint8Array): Asn1 {
  return extension(oids.authorityKeyIdentifier, 'plain', sequence(taggedBytes(0, keyId)));
}

/** SHA-1 of the public key's bits, without tag, length and unused bits; an identifier, not a protection. */
export function keyIdOf(spki: Uint8Array): Uint8Array {
  const bits = bytesOf(childrenOf(decode(spki))[1]).subarray(1);
  return createHash('sha1').update(bits).digest();
}

/** What of a certificate's or a request's extensions reroot reads. */
export interface ReadExtensions {
  /** Lower-case hex. */
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  readonly pathLength: number | undefined;
  readonly uris: readonly string[];
}

/** Reads the children of an Extensions node; unknown ones are passed over. */
export function readExtensions(extensions: readonly Asn1[]): ReadExtensions {
  const contentOf = (oid: string): Asn1 | undefined => {
    const found = extensions.find((each) => dottedOf(childrenOf(each)[0]) === oid);
    return found === undefined ? undefined : decode(bytesOf(childrenOf(found).at(-1)));
  };
  const constraints = childrenOf(contentOf(oids.basicConstraints));
  const pathLength = constraints[1];
  const subjectKeyId = contentOf(oids.subjectKeyIdentifier);
  const authorityKeyId = childrenOf(contentOf(oids.authorityKeyIdentifier)).find((each) => isTagged(each, 0));
  return {
    subjectKeyId: subjectKeyId === undefined ? undefined : hex(subjectKeyId),
    authorityKeyId: authorityKeyId === undefined ? undefined : hex(authorityKeyId),
    pathLength: pathLength === undefined ? undefined : Buffer.from(bytesOf(pathLength)).readUIntBE(0, bytesOf(pathLength).length),
    uris: childrenOf(contentOf(oids.subjectAltName))
      .filter((each) => isTagged(each, uriTag))
      .map((each) => Buffer.from(bytesOf(each)).toString('latin1')),
  };
}

/** Whether a verifier that does not know the extension must refuse the certificate. */
type Weight = 'critical' | 'plain';

function extension(oid: string, weight: Weight, content: Asn1): Asn1 {
  const critical = weight === 'critical' ? [booleanTrue()] : [];
  return sequence(objectIdentifier(oid), ...critical, octetString(encode(content)));
}

function hex(tree: Asn1): string {
  return Buffer.from(bytesOf(tree)).toString('hex');
}
