import { z } from 'zod';

/** The units of a duration, largest first, in nanoseconds: the resolution of google.protobuf.Duration. */
const units: readonly (readonly [unit: string, ns: bigint])[] = [
  ['d', 86_400_000_000_000n],
  ['h', 3_600_000_000_000n],
  ['m', 60_000_000_000n],
  ['s', 1_000_000_000n],
  ['ms', 1_000_000n],
];

const nsOf = new Map(units);
const nsPerMs = 1_000_000n;

/** Twelve digits are the whole range of google.protobuf.Duration in seconds, nine its fraction. */
const form = new RegExp(`^${units.map(([unit]) => String.raw`(\d{1,12}(\.\d{1,9})?${unit})?`).join('')}$`);

/**
 * Reads a duration in the JSON form of google.protobuf.Duration ("3600s", "1.5s") or in Go's ("90s", "1h30m"), with days
 * beside its units: each unit once, the largest first.
 * @returns milliseconds, rounded up: never less than was asked for; undefined when the text is no duration
 */
export function parseDuration(text: string): number | undefined {
  if (!form.test(text) || text === '') return undefined;
  const ns = [...text.matchAll(/(\d+)(?:\.(\d+))?([a-z]+)/g)].reduce((sum, [, whole = '', fraction = '', unit = '']) => {
    return sum + (BigInt(whole + fraction.padEnd(9, '0')) * (nsOf.get(unit) ?? 0n)) / 1_000_000_000n;
  }, 0n);
  return Number((ns + nsPerMs - 1n) / nsPerMs);
}

/** Writes milliseconds as `parseDuration` reads them, in whole units; `0s` for none. */
export function formatDuration(ms: number): string {
  let restNs = BigInt(ms) * nsPerMs;
  const parts = units.map(([unit, ns]) => {
    const count = restNs / ns;
    restNs %= ns;
    return count === 0n ? '' : `${count}${unit}`;
  });
  return parts.join('') || '0s';
}

const formRule = 'must be a duration such as "0s", "90s", "10m", "1h30m" or "7d"';

/** What every duration is as a text. */
const durationText = z.string(formRule).min(1, formRule).regex(form, formRule).meta({
  id: 'Duration',
  description: 'As in Go, 90s, 10m or 1h30m, with d for days, or as in the JSON of protobuf, 5400s or 1.5s.',
});

/**
 * A field that holds a duration between two others, both included.
 * @param about what the document of the API says of it, and what counts where it is left out
 * @returns a schema that takes text and gives milliseconds
 */
export function durationBetween(
  min: string,
  max: string,
  about: { readonly description: string; readonly default?: string },
): z.ZodType<number, string> {
  const [minMs = 0, maxMs = 0] = [parseDuration(min), parseDuration(max)];
  return durationText
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms !== undefined && ms >= minMs && ms <= maxMs) return ms;
      context.addIssue({ code: 'custom', message: ms === undefined ? formRule : `must be ${min} to ${max}` });
      return z.NEVER;
    })
    .meta({ ...about, description: `${about.description} From ${min} to ${max}.`, examples: [min, max] });
}
