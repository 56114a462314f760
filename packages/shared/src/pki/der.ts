import forge from 'node-forge';

const { asn1 } = forge;
// The typings know universal tags only, and the older, boolean form of fromDer's second argument.
const createNode = asn1.create as unknown as (kind: forge.asn1.Class, tag: number, constructed: boolean, value: unknown) => Asn1;
const readDer = asn1.fromDer as unknown as (der: string, options: Record<string, boolean>) => Asn1;

/** A node of an ASN.1 tree, as node-forge keeps it. */
export type Asn1 = forge.asn1.Asn1;

/** X.690 §8.9 */
export function sequence(...children: readonly Asn1[]): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [...children]);
}

/** X.690 §8.11; we only ever write sets of one, which need no sorting. */
export function setOf(child: Asn1): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, [child]);
}

export function objectIdentifier(dotted: string): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(dotted).getBytes());
}

/** A number that is not negative, from its big-endian bytes; DER wants as few as keep the sign (X.690 §8.3). */
export function integer(bigEndian: Uint8Array): Asn1 {
  const first = bigEndian.findIndex((byte) => byte !== 0);
  const magnitude = first === -1 ? Buffer.of(0) : bigEndian.subarray(first);
  const bytes = (magnitude[0] ?? 0) < 0x80 ? magnitude : Buffer.of(0, ...magnitude);
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.INTEGER, false, binary(bytes));
}

export function booleanTrue(): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BOOLEAN, false, '\xff');
}

export function nullValue(): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.NULL, false, '');
}

export function octetString(bytes: Uint8Array): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, binary(bytes));
}

/** @param unusedBits how many bits of the last byte do not count */
export function bitString(bytes: Uint8Array, unusedBits = 0): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, String.fromCharCode(unusedBits) + binary(bytes));
}

export function utf8String(text: string): Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.UTF8, false, binary(Buffer.from(text, 'utf8')));
}

/** Whole seconds; UTCTime until 2049 and GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
export function time(atMs: number): Asn1 {
  const date = new Date(Math.floor(atMs / 1000) * 1000);
  const digits = date
    .toISOString()
    .replace(/\.000Z$/, '')
    .replace(/\D/g, '');
  const utc = date.getUTCFullYear() < 2050;
  return asn1.create(
    asn1.Class.UNIVERSAL,
    utc ? asn1.Type.UTCTIME : asn1.Type.GENERALIZEDTIME,
    false,
    `${utc ? digits.slice(2) : digits}Z`,
  );
}

/** Implicitly tagged bytes, such as a GeneralName. */
export function taggedBytes(tag: number, bytes: Uint8Array): Asn1 {
  return createNode(asn1.Class.CONTEXT_SPECIFIC, tag, false, binary(bytes));
}

/** An explicitly tagged or constructed value. */
export function tagged(tag: number, ...children: readonly Asn1[]): Asn1 {
  return createNode(asn1.Class.CONTEXT_SPECIFIC, tag, true, [...children]);
}

export function encode(tree: Asn1): Uint8Array {
  return Buffer.from(asn1.toDer(tree).getBytes(), 'binary');
}

/** Reads DER; bit strings stay bytes, or forge would guess at what is in them. Throws forge's error. */
export function decode(der: Uint8Array): Asn1 {
  return readDer(binary(der), { strict: true, parseAllBytes: true, decodeBitStrings: false });
}

/** The children of a constructed node; none of a primitive one. */
export function childrenOf(tree: Asn1 | undefined): readonly Asn1[] {
  return tree !== undefined && Array.isArray(tree.value) ? tree.value : [];
}

/** The content of a primitive node; empty for a constructed one. */
export function bytesOf(tree: Asn1 | undefined): Uint8Array {
  return tree !== undefined && typeof tree.value === 'string' ? Buffer.from(tree.value, 'binary') : new Uint8Array();
}

/** The dotted form of an object identifier node; empty for any other. */
export function dottedOf(tree: Asn1 | undefined): string {
  return tree?.type === asn1.Type.OID && typeof tree.value === 'string' ? asn1.derToOid(tree.value) : '';
}

/** Whether a node is the context-specific one of this number. */
export function isTagged(tree: Asn1, tag: number): boolean {
  return tree.tagClass === asn1.Class.CONTEXT_SPECIFIC && (tree.type as number) === tag;
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('binary');
}
