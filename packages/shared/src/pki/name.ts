import { type Asn1, objectIdentifier, sequence, setOf, utf8String } from './der.ts';

/** The parts of a distinguished name that reroot sets. */
export interface SubjectName {
  readonly commonName: string;
  readonly organization?: string;
}

/** O, then CN, each in UTF-8 (RFC 5280 §4.1.2.4). */
export function distinguishedName({ commonName, organization }: SubjectName): Asn1 {
  const organizations = organization === undefined ? [] : [attribute('2.5.4.10', organization)];
  return sequence(...organizations, attribute('2.5.4.3', commonName));
}

function attribute(oid: string, value: string): Asn1 {
  return setOf(sequence(objectIdentifier(oid), utf8String(value)));
}
