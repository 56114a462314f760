import { Cron } from 'croner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCronProblem, type MaintenanceWindow, windowAt } from './maintenance-window.ts';

const hourMs = 3_600_000;
const at = (text: string): number => Date.parse(text);
const nightly: MaintenanceWindow = { cron: '0 22 * * *', durationMs: 4 * hourMs, timeZone: 'UTC' };
const berlin = (cron: string, hours: number): MaintenanceWindow[] => [
  { cron, durationMs: hours * hourMs, timeZone: 'Europe/Berlin' },
];

describe('the windows of a mesh', () => {
  it('are open at any time when there are none', () => {
    expect(windowAt([], at('2026-06-01T12:00:00Z'))).toEqual({ kind: 'open' });
  });

  it('are open from the first millisecond of one to the last', () => {
    expect(windowAt([nightly], at('2026-06-01T21:59:59.999Z'))).toEqual({
      kind: 'closed',
      opensAtMs: at('2026-06-01T22:00:00Z'),
    });
    expect(windowAt([nightly], at('2026-06-01T22:00:00.000Z'))).toEqual({ kind: 'open' });
    expect(windowAt([nightly], at('2026-06-02T01:59:59.999Z'))).toEqual({ kind: 'open' });
    expect(windowAt([nightly], at('2026-06-02T02:00:00.000Z'))).toEqual({
      kind: 'closed',
      opensAtMs: at('2026-06-02T22:00:00Z'),
    });
  });

  it('reach over midnight into a day on which none opens', () => {
    const fridays: MaintenanceWindow = { ...nightly, cron: '0 22 * * FRI' };
    // 5 June 2026 is a Friday.
    expect(windowAt([fridays], at('2026-06-06T01:00:00Z'))).toEqual({ kind: 'open' });
    expect(windowAt([fridays], at('2026-06-06T02:00:00Z'))).toEqual({ kind: 'closed', opensAtMs: at('2026-06-12T22:00:00Z') });
  });

  it('are open while one of several is, and open next with the first of them', () => {
    const morning: MaintenanceWindow = { cron: '0 1 * * *', durationMs: 3 * hourMs, timeZone: 'UTC' };
    for (const now of ['T23:00:00Z', 'T01:30:00Z', 'T03:59:59Z']) {
      expect(windowAt([nightly, morning], at(`2026-06-02${now}`))).toEqual({ kind: 'open' });
    }
    const opensAtMs = at('2026-06-02T22:00:00Z');
    expect(windowAt([morning, nightly], at('2026-06-02T04:00:00Z'))).toEqual({ kind: 'closed', opensAtMs });
  });

  it('that overlap themselves never close', () => {
    const hourly: MaintenanceWindow = { cron: '0 * * * *', durationMs: 2 * hourMs, timeZone: 'UTC' };
    fc.assert(fc.property(fc.nat(10 ** 12), (nowMs) => windowAt([hourly], nowMs).kind === 'open'));
  });

  it('say that none opens any more when the calendar has no such day', () => {
    const never: MaintenanceWindow = { ...nightly, cron: '0 0 31 2 *' };
    expect(windowAt([never], at('2026-06-01T12:00:00Z'))).toEqual({ kind: 'closed', opensAtMs: undefined });
  });

  it('are open exactly when one began less than its duration ago', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe');
    const cron = fc
      .tuple(fc.nat(59), fc.constantFrom('*', '*/6', '2', '3', '22', '1,13'), fc.constantFrom('*', '1-5', '0', '6'))
      .map(([minute, hour, weekday]) => `${minute} ${hour} * * ${weekday}`);
    const minutes = fc.integer({ min: 1, max: 7 * 24 * 60 });
    const nowMs = fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') });
    fc.assert(
      fc.property(zone, cron, minutes, nowMs, (timeZone, pattern, duration, now) => {
        const durationMs = duration * 60_000;
        const found = windowAt([{ cron: pattern, durationMs, timeZone }], now);
        // Looked for forwards, while the code looks backwards.
        const start = new Cron(pattern, { timezone: timeZone }).nextRun(new Date(now - durationMs))?.getTime() ?? Infinity;
        expect(found).toEqual(start <= now ? { kind: 'open' } : { kind: 'closed', opensAtMs: start });
      }),
    );
  });

  it('every day at one time in UTC are what arithmetic says', () => {
    const dayMs = 24 * hourMs;
    const minuteOfDay = fc.nat(24 * 60 - 1);
    const minutes = fc.integer({ min: 1, max: 24 * 60 - 1 });
    fc.assert(
      fc.property(minuteOfDay, minutes, fc.nat(2 * 10 ** 12), (opens, duration, now) => {
        const cron = `${opens % 60} ${Math.floor(opens / 60)} * * *`;
        const sinceMs = (now + dayMs - opens * 60_000) % dayMs;
        const expected = sinceMs < duration * 60_000 ? { kind: 'open' } : { kind: 'closed', opensAtMs: now - sinceMs + dayMs };
        expect(windowAt([{ cron, durationMs: duration * 60_000, timeZone: 'UTC' }], now)).toEqual(expected);
      }),
    );
  });
});

describe('a window in Berlin', () => {
  it('moves with summer time', () => {
    const [winter, summer] = ['2026-01-15T21:00:00Z', '2026-07-15T20:00:00Z'];
    for (const opens of [winter, summer]) {
      expect(windowAt(berlin('0 22 * * *', 1), at(opens) - 1)).toEqual({ kind: 'closed', opensAtMs: at(opens) });
      expect(windowAt(berlin('0 22 * * *', 1), at(opens))).toEqual({ kind: 'open' });
    }
  });

  // The clock goes from 02:00 to 03:00 at 01:00 UTC.
  it('opens when the clock has jumped in the night in which its hour is left out', () => {
    const windows = berlin('30 2 * * *', 1);
    expect(windowAt(windows, at('2026-03-29T00:59:59Z'))).toEqual({ kind: 'closed', opensAtMs: at('2026-03-29T01:00:00Z') });
    expect(windowAt(windows, at('2026-03-29T01:00:00Z'))).toEqual({ kind: 'open' });
    expect(windowAt(windows, at('2026-03-29T02:00:00Z'))).toEqual({ kind: 'closed', opensAtMs: at('2026-03-30T00:30:00Z') });
  });

  // The clock goes from 03:00 back to 02:00 at 01:00 UTC.
  it('opens once, at the first of the two, in the night in which its hour comes twice', () => {
    const windows = berlin('30 2 * * *', 1);
    expect(windowAt(windows, at('2026-10-25T00:29:59Z'))).toEqual({ kind: 'closed', opensAtMs: at('2026-10-25T00:30:00Z') });
    expect(windowAt(windows, at('2026-10-25T01:29:59Z'))).toEqual({ kind: 'open' });
    expect(windowAt(windows, at('2026-10-25T01:30:00Z'))).toEqual({ kind: 'closed', opensAtMs: at('2026-10-26T01:30:00Z') });
  });

  it('is as long as ever in the nights in which the clock is changed', () => {
    const windows = berlin('0 22 * * *', 8);
    for (const opens of ['2026-03-28T21:00:00Z', '2026-10-24T20:00:00Z']) {
      expect(windowAt(windows, at(opens) + 8 * hourMs - 1)).toEqual({ kind: 'open' });
      expect(windowAt(windows, at(opens) + 8 * hourMs).kind).toBe('closed');
    }
  });
});

describe('a cron pattern', () => {
  it.each(['0 22 * * 1-5', '*/15 0-6 1,15 JAN-MAR sun', '0 0 29 2 *', '0 3 L * *', '0 3 * * SAT#1'])('may be %s', (cron) => {
    expect(findCronProblem(cron)).toBeUndefined();
  });

  it.each([
    ['', 'five fields'],
    ['0 22 * *', 'five fields'],
    ['0 0 22 * * *', 'five fields'],
    ['@daily', 'five fields'],
    ['2026-01-01T00:00:00', 'five fields'],
    ['60 * * * *', 'is no cron pattern: Invalid value for minute: 60'],
    ['a b c d e', 'is no cron pattern'],
    ['0 0 31 2 *', 'never comes'],
  ])('must not be %j', (cron, problem) => {
    expect(findCronProblem(cron)).toContain(problem);
  });

  it('is refused with words, whatever it is', () => {
    const field = fc.stringMatching(/^[0-9*?,/LW#-]{1,5}$/);
    fc.assert(
      fc.property(fc.array(field, { minLength: 5, maxLength: 5 }), (fields) => {
        expect(['string', 'undefined']).toContain(typeof findCronProblem(fields.join(' ')));
      }),
    );
  });
});
