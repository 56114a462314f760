import { createHash } from 'node:crypto';
import {
  bitString,
  booleanTrue,
  type Der,
  enumerated,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  taggedBytes,
} from './der.ts';
import { childrenOf, elementOf } from './der-reader.ts';
import { dnsTag, ipTag, oids, uriTag } from './extension-oids.ts';
import type { HostName } from './host-name.ts';

/** BasicConstraints of a CA (RFC 5280 §4.2.1.9), critical; no path length means no limit. */
export function caConstraints(pathLength?: number): Der {
  const limit = pathLength === undefined ? [] : [integer(Uint8Array.of(pathLength))];
  return extension(oids.basicConstraints, 'critical', sequence(booleanTrue(), ...limit));
}

/** BasicConstraints of an end entity: an empty sequence, for `cA FALSE` is the default and DER leaves it out. */
export function leafConstraints(): Der {
  return extension(oids.basicConstraints, 'critical', sequence());
}

/** KeyUsage keyCertSign and cRLSign (RFC 5280 §4.2.1.3), critical. */
export function caKeyUsage(): Der {
  return extension(oids.keyUsage, 'critical', bitString(Uint8Array.of(0b0000_0110), 1));
}

/** KeyUsage of a TLS end entity; keyEncipherment belongs to RSA alone. */
export function leafKeyUsage(kind: 'rsa' | 'ecdsa'): Der {
  const usage = kind === 'rsa' ? bitString(Uint8Array.of(0b1010_0000), 5) : bitString(Uint8Array.of(0b1000_0000), 7);
  return extension(oids.keyUsage, 'critical', usage);
}

/** ExtendedKeyUsage serverAuth and clientAuth (RFC 5280 §4.2.1.12): a workload is both sides of mTLS. */
export function leafExtendedKeyUsage(): Der {
  return extension(
    oids.extendedKeyUsage,
    'plain',
    sequence(objectIdentifier(oids.serverAuth), objectIdentifier(oids.clientAuth)),
  );
}

/** ExtendedKeyUsage serverAuth alone: it does not pass for a client's. */
export function serverExtendedKeyUsage(): Der {
  return extension(oids.extendedKeyUsage, 'plain', sequence(objectIdentifier(oids.serverAuth)));
}

/** SubjectAltName of URIs; critical where the subject is empty (RFC 5280 §4.2.1.6). */
export function uriNames(uris: readonly string[], weight: Weight): Der {
  return extension(oids.subjectAltName, weight, sequence(...uris.map((uri) => taggedBytes(uriTag, Buffer.from(uri, 'latin1')))));
}

/** SubjectAltName of DNS names and IP addresses. */
export function hostNames(hosts: readonly HostName[], weight: Weight): Der {
  const names = hosts.map(({ kind, bytes }) => taggedBytes(kind === 'dns' ? dnsTag : ipTag, bytes));
  return extension(oids.subjectAltName, weight, sequence(...names));
}

/** SubjectKeyIdentifier, RFC 5280 §4.2.1.2 method (1). */
export function subjectKeyIdentifier(spki: Uint8Array): Der {
  return extension(oids.subjectKeyIdentifier, 'plain', octetString(keyIdOf(spki)));
}

/** AuthorityKeyIdentifier with the key identifier alone (RFC 5280 §4.2.1.1). */
export function authorityKeyIdentifier(keyId: Uint8Array): Der {
  return extension(oids.authorityKeyIdentifier, 'plain', sequence(taggedBytes(0, keyId)));
}

/** CRL number (RFC 5280 §5.2.3), from its big-endian bytes. */
export function crlNumber(bigEndian: Uint8Array): Der {
  return extension(oids.crlNumber, 'plain', integer(bigEndian));
}

/** Reason code of an entry of a CRL (RFC 5280 §5.3.1). */
export function crlReason(code: number): Der {
  return extension(oids.reasonCode, 'plain', enumerated(code));
}

/** SHA-1 of the public key's bits, without tag, length and unused bits; an identifier, not a protection. */
export function keyIdOf(spki: Uint8Array): Uint8Array {
  const bits = childrenOf(elementOf(spki))[1]?.content.subarray(1) ?? new Uint8Array();
  return createHash('sha1').update(bits).digest();
}

/** Whether a verifier that does not know the extension must refuse the certificate. */
type Weight = 'critical' | 'plain';

function extension(oid: string, weight: Weight, content: Der): Der {
  const critical = weight === 'critical' ? [booleanTrue()] : [];
  return sequence(objectIdentifier(oid), ...critical, octetString(content));
}
