import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationBetween, formatDuration, parseDuration } from './duration.ts';

const unitsMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

/** Some of the units, each with a whole number. */
const parts = fc
  .record(
    Object.fromEntries(Object.keys(unitsMs).map((unit) => [unit, fc.nat(9999)])) as Record<
      keyof typeof unitsMs,
      fc.Arbitrary<number>
    >,
    { requiredKeys: [] },
  )
  .map((chosen) => Object.entries(unitsMs).flatMap(([unit, ms]) => partOf(unit, ms, chosen[unit as keyof typeof unitsMs])))
  .filter((chosen) => chosen.length > 0);

function partOf(unit: string, ms: number, count: number | undefined): { text: string; ms: number }[] {
  return count === undefined ? [] : [{ text: `${count}${unit}`, ms: count * ms }];
}

describe('a duration', () => {
  it.each([
    ['0s', 0],
    ['90s', 90_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['7d', 604_800_000],
    ['1d12h', 129_600_000],
    ['1.5s', 1500],
    ['1.5h', 5_400_000],
    ['0.070s', 70],
    ['250ms', 250],
    ['1m250ms', 60_250],
    ['3600.000000000s', 3_600_000],
    ['315576000000s', 315_576_000_000_000],
  ])('of %s is %i milliseconds', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it('is the sum of its parts', () => {
    fc.assert(
      fc.property(parts, (chosen) => {
        const sum = chosen.reduce((ms, part) => ms + part.ms, 0);
        expect(parseDuration(chosen.map(({ text }) => text).join(''))).toBe(sum);
      }),
    );
  });

  it('is written as it is read', () => {
    expect([0, 5_400_000, 604_800_000, 60_250].map(formatDuration)).toEqual(['0s', '1h30m', '7d', '1m250ms']);
    fc.assert(fc.property(fc.nat(), (ms) => parseDuration(formatDuration(ms)) === ms));
  });

  it('in the JSON form of protobuf is exact to the millisecond, and rounded up beyond it', () => {
    fc.assert(
      fc.property(fc.nat(315_576_000), fc.nat(999_999_999), fc.constantFrom(0, 3, 6, 9), (seconds, nanos, digits) => {
        const fraction = String(nanos).padStart(9, '0').slice(0, digits);
        const text = digits === 0 ? `${seconds}s` : `${seconds}.${fraction}s`;
        const fractionNs = Number(fraction.padEnd(9, '0'));
        expect(parseDuration(text)).toBe(seconds * 1000 + Math.ceil(fractionNs / 1_000_000));
      }),
    );
  });

  it.each([
    '',
    '1',
    '0',
    '-1s',
    '+1s',
    '1 s',
    ' 1s',
    '1s ',
    '1S',
    '1m1h',
    '1s1s',
    '1.s',
    '.5s',
    '1e3s',
    's',
    '1w',
    '1µs',
    'P1D',
    '1.0000000001s',
  ])('is not read from %j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('is never read from arbitrary text but as a number that is not negative', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9dhms.-]*$/), (text) => {
        const ms = parseDuration(text);
        expect(ms === undefined || (Number.isInteger(ms) && ms >= 0)).toBe(true);
      }),
    );
  });
});

describe('a field of a duration', () => {
  const field = durationBetween('1m', '7d', { description: 'How long.' });
  const problemOf = (value: unknown): string | undefined => field.safeParse(value).error?.issues[0]?.message;

  it('takes both of its limits', () => {
    expect([field.parse('60s'), field.parse('168h')]).toEqual([60_000, 604_800_000]);
  });

  it('names its limits to what lies beyond', () => {
    expect([problemOf('59s'), problemOf('7d1ms')]).toEqual(['must be 1m to 7d', 'must be 1m to 7d']);
  });

  it('shows its form to what is no duration', () => {
    for (const value of ['soon', 90, true]) expect(problemOf(value)).toContain('must be a duration such as "0s", "90s"');
  });
});
