/** Writes one element of DER (X.690 §8.1). The corpus writes by itself: what is tested must not have a hand in it. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return element(0x30, ...parts);
}

/** @param dotted an object identifier whose first two arcs fit into one byte */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return element(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

/** A number from 0 to 2^48 - 1. */
export function integer(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return element(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
}

export const booleanTrue = element(0x01, Buffer.of(0xff));

export function octets(bytes: Uint8Array): Buffer {
  return element(0x04, bytes);
}

export function bits(bytes: Uint8Array, unused = 0): Buffer {
  return element(0x03, Buffer.of(unused), bytes);
}

/** Whole seconds; UTCTime until 2049 (RFC 5280 §4.1.2.5). */
export function time(atMs: number): Buffer {
  const digits = new Date(atMs)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/\D/g, '');
  const isShort = digits < '2050';
  return element(isShort ? 0x17 : 0x18, Buffer.from(`${isShort ? digits.slice(2) : digits}Z`));
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const bytes = integerBytes(length);
  return Buffer.from([0x80 + bytes.length, ...bytes]);
}

function integerBytes(value: number): number[] {
  return value < 256 ? [value] : [...integerBytes(Math.floor(value / 256)), value % 256];
}

function base128(arc: number): number[] {
  const low = arc % 128;
  return arc < 128 ? [low] : [...base128(Math.floor(arc / 128)).map((byte) => byte | 0x80), low];
}
