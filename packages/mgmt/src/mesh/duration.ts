import { z } from 'zod';

/** The units of a duration, largest first, in nanoseconds: the resolution of google.protobuf.Duration. */
const units: readonly (readonly [unit: string, ns: bigint])[] = [
  ['d', 86_400_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
];

const nsPerMs = 1_000_000n;

/** Twelve digits are the whole range of google.protobuf.Duration in seconds, nine its fraction. */
const pattern = new RegExp(`^${units.map(([unit]) => `(?:(\\d{1,12})(?:\\.(\\d{1,9}))?${unit})?`).join('')}$`);

/**
 * Reads a duration in the JSON form of google.protobuf.Duration ("3600s", "1.5s") or in Go's ("90s", "1h30m"), with days
 * beside its units: each unit once, the largest first.
 * @returns milliseconds, rounded up: never less than was asked for; undefined when the text is no duration
 */
export function parseDuration(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null || text === '') return undefined;
  const ns = units.reduce((sum, [, unitNs], index) => {
    const whole = match[2 * index + 1] ?? '0';
    const fraction = (match[2 * index + 2] ?? '').padEnd(9, '0');
    return sum + (BigInt(whole + fraction) * unitNs) / 1_000_000_000n;
  }, 0n);
  return Number((ns + nsPerMs - 1n) / nsPerMs);
}

/**
 * A field that holds a duration between two others, both included.
 * @returns a schema that takes text and gives milliseconds
 */
export function durationBetween(min: string, max: string): z.ZodType<number, string> {
  const [minMs = 0, maxMs = 0] = [parseDuration(min), parseDuration(max)];
  return z.string(formRule).transform((text, context) => {
    const ms = parseDuration(text);
    if (ms !== undefined && ms >= minMs && ms <= maxMs) return ms;
    context.addIssue({ code: 'custom', message: ms === undefined ? formRule : `must be ${min} to ${max}` });
    return z.NEVER;
  });
}

const formRule = 'must be a duration such as "0s", "90s", "10m", "1h30m" or "7d"';
