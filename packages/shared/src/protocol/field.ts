import { RerootError } from '../errors/index.ts';

/** No list of a message is longer; a thousand namespaces and ten thousand groups of workloads fit. */
const maxItems = 20_000;
const maxTextChars = 4_096;

/** The error about one field of a message. */
export function malformed(path: string, problem: string): RerootError {
  return new RerootError('RR_PROTOCOL_MALFORMED', `${path} ${problem}`, { place: path });
}

/** A part that must be there. */
export function requirePart<T>(path: string, part: T | null | undefined): T {
  if (part === null || part === undefined) throw malformed(path, 'is missing');
  return part;
}

/** A list of bounded length, each item read with its own path. */
export function readList<T, R>(path: string, list: readonly T[] | null | undefined, read: (path: string, item: T) => R): R[] {
  if ((list?.length ?? 0) > maxItems) throw malformed(path, `has ${list?.length} items; ${maxItems} are allowed`);
  return (list ?? []).map((item, index) => read(`${path}[${index}]`, item));
}

/** A text of bounded length. */
export function readText(path: string, text: string | null | undefined): string {
  if ((text?.length ?? 0) > maxTextChars) throw malformed(path, `has ${text?.length} characters; ${maxTextChars} are allowed`);
  return text ?? '';
}

/** Lower-case hex SHA-256. */
export function readFingerprint(path: string, text: string | null | undefined): string {
  if (text !== null && text !== undefined && /^[0-9a-f]{64}$/.test(text)) return text;
  throw malformed(path, `is ${quote(text)}, not a lower-case hex SHA-256`);
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

/** Bytes that must not be empty: a copy, so that a certificate that is kept does not keep the whole message. */
export function readBytes(path: string, bytes: Uint8Array | null | undefined): Uint8Array {
  if (bytes !== null && bytes !== undefined && bytes.length > 0) return new Uint8Array(bytes);
  throw malformed(path, 'is empty');
}

/** A name by its number on the wire. */
export function readEnum<Name extends string>(
  path: string,
  numbers: Readonly<Record<Name, number>>,
  value: number | null | undefined,
): Name {
  const names = Object.keys(numbers) as Name[];
  const name = names.find((each) => numbers[each] === (value ?? 0));
  if (name !== undefined) return name;
  throw malformed(path, `is ${value ?? 0}; known are ${names.map((each) => `${numbers[each]} (${each})`).join(', ')}`);
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

function quote(text: string | null | undefined): string {
  return JSON.stringify((text ?? '').slice(0, 80));
}
