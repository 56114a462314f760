import { protocolVersion } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import type { LinkAccess, LinkAnswer } from './link.ts';
import { linkAlarms } from './link-alarms.ts';
import { answerOf } from './testing/sample-link.ts';

const backdateMs = 300_000;

function alarmsOf(answer: LinkAnswer | undefined, access: LinkAccess = { kind: 'granted' }) {
  return linkAlarms('east', { links: new Map([['east', { access, answer }]]) }, backdateMs);
}

function clockAlarm(clockOffsetMs: number, roundTripMs = 0) {
  return alarmsOf(answerOf(1_000, { timing: { clockOffsetMs, roundTripMs } }));
}

describe('the alarm of a clock', () => {
  it('comes beyond a minute, whichever way the clock is off', () => {
    expect([60_000, -60_000].flatMap((offset) => clockAlarm(offset))).toEqual([]);
    expect([60_001, -60_001].map((offset) => clockAlarm(offset))).toEqual([
      [{ severity: 'warning', reason: 'ClockOff', message: 'the clock of east is 60 s ahead of that of mgmt', cluster: 'east' }],
      [{ severity: 'warning', reason: 'ClockOff', message: 'the clock of east is 60 s behind that of mgmt', cluster: 'east' }],
    ]);
  });

  it('is critical beyond what certificates reach back, and says what it harms', () => {
    expect(clockAlarm(-300_000)[0]?.severity).toBe('warning');
    expect(clockAlarm(-300_001)).toMatchObject([
      { severity: 'critical', message: expect.stringContaining('300 s behind that of mgmt: new certificates are not valid') },
    ]);
    expect(clockAlarm(400_000)).toMatchObject([{ severity: 'critical', message: expect.stringContaining('expire early') }]);
  });

  it('does not come of a slow way: half the round trip is in doubt', () => {
    expect(clockAlarm(90_000, 60_000)).toEqual([]);
    expect(clockAlarm(90_001, 60_000)).toHaveLength(1);
    expect(clockAlarm(330_000, 60_000)[0]?.severity).toBe('warning');
  });
});

describe('the alarm of a version', () => {
  it.each([
    [protocolVersion - 1, []],
    [protocolVersion, []],
    [protocolVersion + 1, []],
    [protocolVersion + 2, ['VersionSkew']],
    [protocolVersion - 2, ['VersionSkew']],
  ])('comes beyond one version apart: %i', (protocol, reasons) => {
    expect(alarmsOf(answerOf(1_000, { state: { protocol } })).map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('alarms of a link', () => {
  it('do not come of a cluster that has not answered, or that was revoked', () => {
    const bad = answerOf(1_000, { timing: { clockOffsetMs: 900_000 } });
    expect(alarmsOf(bad)).toHaveLength(1);
    expect(alarmsOf(bad, { kind: 'revoked', by: 'ann', why: 'w' })).toEqual([]);
    expect(alarmsOf(undefined)).toEqual([]);
    expect(linkAlarms('west', { links: new Map() }, backdateMs)).toEqual([]);
  });
});
