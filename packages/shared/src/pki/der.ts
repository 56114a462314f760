/** An element of DER as it is sent: identifier, length and content (X.690 §8.1). */
export type Der = Uint8Array;

const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  enumerated: 0x0a,
  sequence: 0x30,
  set: 0x31,
  utcTime: 0x17,
  generalizedTime: 0x18,
} as const;
/** Class and form of what has a number of its own: context-specific, and that together with constructed. */
const contextSpecific = 0x80;
const contextConstructed = 0xa0;

/** X.690 §8.9 */
export function sequence(...children: readonly Der[]): Der {
  return element(tags.sequence, children);
}

/** X.690 §8.11; we only ever write sets of one, which need no sorting. */
export function setOf(child: Der): Der {
  return element(tags.set, [child]);
}

/** Certificates name the same dozen again and again. */
const identifiers = new Map<string, Der>();

/** X.690 §8.19; each arc in base 128, the first two as one. Only for identifiers that stand in the code. */
export function objectIdentifier(dotted: string): Der {
  const known = identifiers.get(dotted) ?? writeIdentifier(dotted);
  identifiers.set(dotted, known);
  return known;
}

function writeIdentifier(dotted: string): Der {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return element(tags.objectIdentifier, [Buffer.from([first * 40 + second, ...others].flatMap(arcOf))]);
}

/** A number that is not negative, from its big-endian bytes; DER wants as few as keep the sign (X.690 §8.3). */
export function integer(bigEndian: Uint8Array): Der {
  return element(tags.integer, magnitudeOf(bigEndian));
}

/** X.690 §8.4 */
export function enumerated(number: number): Der {
  return element(tags.enumerated, magnitudeOf(Buffer.of(number)));
}

export function booleanTrue(): Der {
  return element(tags.boolean, [Buffer.of(0xff)]);
}

export function nullValue(): Der {
  return element(tags.null, []);
}

export function octetString(bytes: Uint8Array): Der {
  return element(tags.octetString, [bytes]);
}

/** @param unusedBits how many bits of the last byte do not count */
export function bitString(bytes: Uint8Array, unusedBits = 0): Der {
  return element(tags.bitString, [Buffer.of(unusedBits), bytes]);
}

export function utf8String(text: string): Der {
  return element(tags.utf8String, [Buffer.from(text, 'utf8')]);
}

/** Whole seconds; UTCTime until 2049 and GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
export function time(atMs: number): Der {
  const date = new Date(atMs);
  const utc = date.getUTCFullYear() < 2050;
  // 2026-01-02T03:04:05.000Z
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '');
  const text = `${utc ? digits.slice(2) : digits}Z`;
  return element(utc ? tags.utcTime : tags.generalizedTime, [Buffer.from(text, 'latin1')]);
}

/** Implicitly tagged bytes, such as a GeneralName. */
export function taggedBytes(tag: number, bytes: Uint8Array): Der {
  return element(contextSpecific + tag, [bytes]);
}

/** An explicitly tagged or constructed value. */
export function tagged(tag: number, ...children: readonly Der[]): Der {
  return element(contextConstructed + tag, children);
}

/** The length in as few bytes as hold it (X.690 §10.1). */
function element(tag: number, parts: readonly Uint8Array[]): Der {
  let length = 0;
  for (const part of parts) length += part.length;
  const header = length < 0x80 ? [tag, length] : [tag, ...longLength(length)];
  // Not of node's pool: a certificate that is kept would keep 8 KiB alive.
  const whole = Buffer.allocUnsafeSlow(header.length + length);
  whole.set(header);
  let at = header.length;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function longLength(length: number): readonly number[] {
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 + bytes.length, ...bytes];
}

function arcOf(arc: number): readonly number[] {
  const digits = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest % 128) + 0x80);
  return digits;
}

function magnitudeOf(bigEndian: Uint8Array): readonly Uint8Array[] {
  const first = bigEndian.findIndex((byte) => byte !== 0);
  const magnitude = first === -1 ? Buffer.of(0) : bigEndian.subarray(first);
  return (magnitude[0] ?? 0) < 0x80 ? [magnitude] : [Buffer.of(0), magnitude];
}
