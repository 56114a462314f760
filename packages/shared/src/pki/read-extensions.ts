import { childrenOf, dottedOf, type Element, elementOf, tags } from './der-reader.ts';
import { oids } from './extension-oids.ts';
import { type GeneralName, type NameConstraints, readGeneralName, readNameConstraints } from './general-name.ts';

/** What a key may be used for (RFC 5280 §4.2.1.3), in the order of the bits. */
const keyUsages = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;

export type KeyUsage = (typeof keyUsages)[number];

/** What of a certificate's or a request's extensions reroot reads. */
export interface ReadExtensions {
  /** Lower-case hex. */
  readonly subjectKeyId: string | undefined;
  readonly authorityKeyId: string | undefined;
  /** What basicConstraints says, whatever keyUsage says. */
  readonly claimsCa: boolean;
  readonly pathLength: number | undefined;
  /** Undefined where the extension is missing: then every usage is allowed. */
  readonly keyUsage: readonly KeyUsage[] | undefined;
  /** Purposes by their names in RFC 5280 §4.2.1.12 where reroot knows them, else dotted; undefined where the extension is missing. */
  readonly extendedKeyUsage: readonly string[] | undefined;
  /** URIs of the SAN. */
  readonly uris: readonly string[];
  /** All names of the SAN, in order. */
  readonly alternativeNames: readonly GeneralName[];
  readonly nameConstraints: NameConstraints | undefined;
  /** Dotted identifiers of the critical extensions that reroot does not process. */
  readonly unknownCritical: readonly string[];
}

/**
 * Critical ones that hold nothing against us. Policies: any will do, as for openssl and Go by default, and the extensions
 * that could ask for one are unknown here. Distribution points: where a CRL would be, if one were asked for.
 */
const processed: ReadonlySet<string> = new Set([
  oids.subjectKeyIdentifier,
  oids.keyUsage,
  oids.subjectAltName,
  oids.basicConstraints,
  oids.nameConstraints,
  oids.crlDistributionPoints,
  oids.certificatePolicies,
  oids.authorityKeyIdentifier,
  oids.extendedKeyUsage,
]);

const purposeNames: ReadonlyMap<string, string> = new Map([
  [oids.anyExtendedKeyUsage, 'anyExtendedKeyUsage'],
  [oids.serverAuth, 'serverAuth'],
  [oids.clientAuth, 'clientAuth'],
]);

/**
 * Reads the extensions of a certificate or a request (RFC 5280 §4.2).
 * @param extensions the Extensions sequence, where there is one
 * @throws Error on an extension that stands twice (§4.2 forbids it), or one of those read here that is malformed
 */
export function readExtensions(extensions: Element | undefined): ReadExtensions {
  const { values, critical, unknownCritical } = sort(childrenOf(extensions));
  const read = <T>(oid: string, how: (value: Element) => T): T | undefined => {
    const value = values.get(oid);
    return value === undefined ? undefined : how(elementOf(value));
  };
  const alternativeNames = read(oids.subjectAltName, (value) => childrenOf(value).map(readGeneralName)) ?? [];
  return {
    subjectKeyId: read(oids.subjectKeyIdentifier, ({ content }) => hex(content)),
    authorityKeyId: read(oids.authorityKeyIdentifier, keyIdOf),
    ...(read(oids.basicConstraints, readConstraints) ?? { claimsCa: false, pathLength: undefined }),
    keyUsage: read(oids.keyUsage, readKeyUsage),
    extendedKeyUsage: read(oids.extendedKeyUsage, (value) => childrenOf(value).map(purposeOf)),
    uris: Object.freeze(alternativeNames.filter(({ kind }) => kind === 'uri').map(({ value }) => value)),
    alternativeNames: Object.freeze(alternativeNames),
    nameConstraints: read(oids.nameConstraints, (value) => ({
      criticality: critical.has(oids.nameConstraints) ? 'critical' : 'not critical',
      ...readNameConstraints(value),
    })),
    unknownCritical,
  };
}

function sort(extensions: readonly Element[]) {
  const values = new Map<string, Uint8Array>();
  const critical = new Set<string>();
  for (const extension of extensions) {
    const [identifier, ...rest] = childrenOf(extension);
    const value = rest.at(-1);
    if (identifier === undefined || value === undefined) throw new Error('an extension has no value');
    const oid = dottedOf(identifier.content);
    if (values.has(oid)) throw new Error(`extension ${oid} stands twice`);
    values.set(oid, value.content);
    if (rest[0]?.tag === tags.boolean && rest[0].content[0] !== 0) critical.add(oid);
  }
  return { values, critical, unknownCritical: [...critical].filter((oid) => !processed.has(oid)) };
}

function readConstraints(value: Element): Pick<ReadExtensions, 'claimsCa' | 'pathLength'> {
  const children = childrenOf(value);
  const limit = children.find(({ tag }) => tag === tags.integer);
  return {
    claimsCa: children[0]?.tag === tags.boolean && children[0].content[0] !== 0,
    pathLength: limit === undefined ? undefined : readPathLength(limit.content),
  };
}

function readPathLength(bytes: Uint8Array): number {
  const [first] = bytes;
  // Longer ones would be no limit either, and the sign bit would make one that is below zero.
  if (first === undefined || first >= 0x80 || bytes.length > 4) throw new Error('its path length is no small number');
  return bytes.reduce((length, byte) => length * 256 + byte, 0);
}

function readKeyUsage({ content }: Element): readonly KeyUsage[] {
  return keyUsages.filter((_, bit) => ((content[1 + (bit >> 3)] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

function purposeOf({ content }: Element): string {
  const oid = dottedOf(content);
  return purposeNames.get(oid) ?? oid;
}

function keyIdOf(value: Element): string | undefined {
  const keyId = childrenOf(value).find(({ tag }) => tag === 0x80);
  return keyId === undefined ? undefined : hex(keyId.content);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
