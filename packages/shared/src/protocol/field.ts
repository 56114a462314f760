import { RerootError } from '../errors/index.ts';
import { limits } from './limits.ts';
import { isName } from './name.ts';
import { quoteText } from './quote-text.ts';

/** The error about one field of a message. */
export function malformed(path: string, problem: string): RerootError {
  return new RerootError('RR_PROTOCOL_MALFORMED', `${path} ${problem}`, { place: path });
}

/** A part that must be there. */
export function requirePart<T>(path: string, part: T | null | undefined): T {
  if (part === null || part === undefined) throw malformed(path, 'is missing');
  return part;
}

/** A list of at most so many items, each read with its own path. */
export function readList<T, R>(
  path: string,
  list: readonly T[] | null | undefined,
  most: number,
  read: (path: string, item: T) => R,
): R[] {
  const items = list ?? [];
  if (items.length > most) throw malformed(path, `has ${items.length} items; ${most} are allowed`);
  return items.map((item, index) => read(`${path}[${index}]`, item));
}

/** Controls, line and paragraph separators, and what turns the direction of writing. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;
const unprintables = new RegExp(`${unprintable.source}+`, 'gu');

/**
 * A text of bounded length on one line. It goes into logs and to terminals, which would obey an escape sequence.
 * @param most UTF-16 code units
 */
export function readText(path: string, text: string | null | undefined, most: number = limits.textChars): string {
  const found = text ?? '';
  if (found.length > most) throw malformed(path, `has ${found.length} characters; ${most} are allowed`);
  if (unprintable.test(found)) throw malformed(path, `is ${quoteText(found)}, with a character that a terminal obeys`);
  return found;
}

/** A name, a version, an identifier; perhaps none. */
export function readShort(path: string, text: string | null | undefined): string {
  return readText(path, text, limits.nameChars);
}

/** The same where there must be one. */
export function readFilled(path: string, text: string | null | undefined): string {
  const found = readShort(path, text);
  if (found === '') throw malformed(path, 'is empty');
  return found;
}

/** The name of a mesh or a cluster: a DNS-1123 label. */
export function readName(path: string, text: string | null | undefined): string {
  const name = text ?? '';
  if (isName(name)) return name;
  throw malformed(path, `is ${quoteText(name)}, not a DNS-1123 label`);
}

/**
 * What people are told, and nothing is decided by: made fit to be shown instead of refused. It may quote what somebody else
 * wrote into a cluster, who could otherwise keep its agent from being heard.
 */
export function readProse(text: string | null | undefined): string {
  const line = (text ?? '').replaceAll(unprintables, ' ');
  return line.length <= limits.textChars ? line : `${line.slice(0, limits.textChars - 1).toWellFormed()}…`;
}

/** A code of docs/errors.md, or of a later one. */
export function readCode(path: string, text: string | null | undefined): string {
  const code = text ?? '';
  if (/^RR_[A-Z0-9_]{1,60}$/.test(code)) return code;
  throw malformed(path, `is ${quoteText(code)}, not a code of an error`);
}

/** Lower-case hex SHA-256. */
export function readFingerprint(path: string, text: string | null | undefined): string {
  if (text !== null && text !== undefined && /^[0-9a-f]{64}$/.test(text)) return text;
  throw malformed(path, `is ${quoteText(text ?? '')}, not a lower-case hex SHA-256`);
}

/** A count, a time or a number in a sequence: what JavaScript can hold exactly. */
export function readCount(path: string, value: number | null | undefined): number {
  const count = value ?? 0;
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw malformed(path, `is ${count}, not a whole number below 2^53`);
}

/** All that a decimal is sure to keep in a 32-bit float: 0.1 is to come out as 0.1. */
const floatDigits = 6;

/** A share of a whole, below 1, to six digits. */
export function readShare(path: string, value: number | null | undefined): number {
  const share = Number((value ?? 0).toPrecision(floatDigits));
  if (share >= 0 && share < 1) return share;
  throw malformed(path, `is ${share}, not a share from 0 to below 1`);
}

/**
 * Bytes that must not be empty: a copy, so that a certificate that is kept does not keep the whole message.
 * @param most bytes
 */
export function readBytes(path: string, bytes: Uint8Array | null | undefined, most: number): Uint8Array {
  if (bytes === null || bytes === undefined || bytes.length === 0) throw malformed(path, 'is empty');
  if (bytes.length > most) throw malformed(path, `has ${bytes.length} bytes; ${most} are allowed`);
  return new Uint8Array(bytes);
}

/** The same of bytes that there may be none of. */
export function readBytesOrNone(path: string, bytes: Uint8Array | null | undefined, most: number): Uint8Array {
  return (bytes ?? []).length === 0 ? new Uint8Array() : readBytes(path, bytes, most);
}

/** A certificate in DER, not looked into. */
export function readCertificate(path: string, bytes: Uint8Array | null | undefined): Uint8Array {
  return readBytes(path, bytes, limits.certificateBytes);
}

/** A signature or a code of authentication, which has its length. */
export function readExactly(path: string, bytes: Uint8Array | null | undefined, length: number): Uint8Array {
  const found = bytes ?? new Uint8Array();
  if (found.length === length) return new Uint8Array(found);
  throw malformed(path, `has ${found.length} bytes, not ${length}`);
}

/** A name by its number on the wire. */
export function readEnum<Name extends string>(
  path: string,
  numbers: Readonly<Record<Name, number>>,
  value: number | null | undefined,
): Name {
  const name = findName(numbers, value);
  if (name !== undefined) return name;
  const known = (Object.keys(numbers) as Name[]).map((each) => `${numbers[each]} (${each})`);
  throw malformed(path, `is ${value ?? 0}; known are ${known.join(', ')}`);
}

/** The same of a field that older senders do not know: what they leave unspecified, 0, is read as `unspecified`. */
export function readEnumOr<Name extends string>(
  path: string,
  numbers: Readonly<Record<Name, number>>,
  value: number | null | undefined,
  unspecified: Name,
): Name {
  return (value ?? 0) === 0 ? unspecified : readEnum(path, numbers, value);
}

/** The same of a field that people are shown and nothing is decided by: values of newer senders are read as `unknown` too. */
export function readShown<Name extends string>(
  numbers: Readonly<Record<Name, number>>,
  value: number | null | undefined,
  unknown: Name,
): Name {
  return findName(numbers, value) ?? unknown;
}

function findName<Name extends string>(
  numbers: Readonly<Record<Name, number>>,
  value: number | null | undefined,
): Name | undefined {
  return (Object.keys(numbers) as Name[]).find((each) => numbers[each] === (value ?? 0));
}
