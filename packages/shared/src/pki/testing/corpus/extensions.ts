import { bits, booleanTrue, element, integer, octets, oid, sequence } from './der-writer.ts';

/** An extension of a draft. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** DER inside the octet string. */
  readonly value: Uint8Array;
}

export const oids = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  /** Of nobody: an arc for examples. */
  unheardOf: '1.3.6.1.4.1.32473.1',
} as const;

export const purposes = {
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  codeSigning: '1.3.6.1.5.5.7.3.3',
} as const;

export function ca(pathLength?: number): Extension {
  const limit = pathLength === undefined ? [] : [integer(pathLength)];
  return { oid: oids.basicConstraints, critical: true, value: sequence(booleanTrue, ...limit) };
}

export function notCa(): Extension {
  return { oid: oids.basicConstraints, critical: true, value: sequence() };
}

/** @param first the first byte of the bit string: 0x80 digitalSignature, 0x04 keyCertSign, 0x02 cRLSign */
export function keyUsage(first: number): Extension {
  const unused = 31 - Math.clz32(first & -first);
  return { oid: oids.keyUsage, critical: true, value: bits(Buffer.of(first), unused) };
}

export function extendedKeyUsage(...dotted: readonly string[]): Extension {
  return { oid: oids.extendedKeyUsage, critical: false, value: sequence(...dotted.map(oid)) };
}

export function subjectKeyId(keyId: Uint8Array): Extension {
  return { oid: oids.subjectKeyId, critical: false, value: octets(keyId) };
}

export function authorityKeyId(keyId: Uint8Array): Extension {
  return { oid: oids.authorityKeyId, critical: false, value: sequence(element(0x80, keyId)) };
}

/** An authority key identifier that names the issuer's certificate: its issuer, and its serial. */
export function authorityCertificate(issuerName: Uint8Array, serial: number): Extension {
  const names = element(0xa1, element(0xa4, issuerName));
  return { oid: oids.authorityKeyId, critical: false, value: sequence(names, element(0x82, integer(serial).subarray(2))) };
}

export function uriName(uri: string): Extension {
  return { oid: oids.subjectAltName, critical: true, value: sequence(element(0x86, Buffer.from(uri))) };
}

/** Bases of name constraints. */
export function uriBase(host: string): Buffer {
  return element(0x86, Buffer.from(host));
}

export function dnsBase(domain: string): Buffer {
  return element(0x82, Buffer.from(domain));
}

/** @param which `permitted` or `excluded`; @param base a GeneralName */
export function nameConstraint(which: 'permitted' | 'excluded', base: Uint8Array): Extension {
  const subtrees = element(which === 'permitted' ? 0xa0 : 0xa1, sequence(base));
  return { oid: oids.nameConstraints, critical: true, value: sequence(subtrees) };
}

export function unheardOf(critical: boolean): Extension {
  return { oid: oids.unheardOf, critical, value: octets(Buffer.from('?')) };
}

export function anyPolicy(): Extension {
  return { oid: oids.certificatePolicies, critical: true, value: sequence(sequence(oid('2.5.29.32.0'))) };
}

/** Asks for no policy: requireExplicitPolicy after 9 more certificates. */
export function policyConstraints(): Extension {
  return { oid: oids.policyConstraints, critical: true, value: sequence(element(0x80, Buffer.of(9))) };
}
