import type { Element } from './der-reader.ts';

const utcTag = 0x17;
const generalizedTag = 0x18;

/**
 * Reads a time in the one form that RFC 5280 §4.1.2.5 allows: to the second and in GMT, UTCTime until 2049 and GeneralizedTime
 * from 2050 on.
 * @returns milliseconds since the Unix epoch
 * @throws Error on another form, and on a day that no calendar has
 */
export function readTime({ tag, content }: Element): number {
  const text = Buffer.from(content).toString('latin1');
  const digits = digitsOf(tag, text);
  if (digits === undefined) throw new Error('a time is neither UTCTime nor GeneralizedTime of RFC 5280');
  const [year = '', month, day, hour, minute, second] = digits.match(/^\d{4}|\d\d/g) ?? [];
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const ms = Date.parse(iso);
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== iso) throw new Error(`the time ${text} does not exist`);
  if (tag === generalizedTag && Number(year) < 2050) throw new Error(`the time ${text} belongs into a UTCTime`);
  return ms;
}

/** YYYYMMDDHHMMSS; two digits of a year are those of 1950 to 2049. */
function digitsOf(tag: number, text: string): string | undefined {
  if (tag === generalizedTag && /^\d{14}Z$/.test(text)) return text.slice(0, 14);
  if (tag !== utcTag || !/^\d{12}Z$/.test(text)) return undefined;
  return (Number(text.slice(0, 2)) < 50 ? '20' : '19') + text.slice(0, 12);
}
