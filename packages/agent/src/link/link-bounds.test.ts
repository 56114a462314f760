import { RerootError } from '@reroot/shared/errors';
import { type Log, silentLog } from '@reroot/shared/log';
import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { limitRate } from './limit-rate.ts';
import { createRefusalCounter } from './refusal-counter.ts';

describe('a bound on how often something happens', () => {
  it('lets a burst through after a quiet time, then so many a second', () => {
    const clock = createFakeClock(0);
    const take = limitRate('a.subject', { perSecond: 5, burst: 3 }, clock, createRefusalCounter(silentLog));
    const taken = (tries: number) => Array.from({ length: tries }, take).filter(Boolean).length;
    expect(taken(10)).toBe(3);
    clock.advance(199);
    expect(taken(10)).toBe(0);
    clock.advance(1);
    expect(taken(10)).toBe(1);
    clock.advance(60_000);
    expect(taken(10)).toBe(3);
  });

  it('neither opens nor closes when the clock is set back', () => {
    const clock = createFakeClock(100_000);
    const take = limitRate('a.subject', { perSecond: 1, burst: 1 }, clock, createRefusalCounter(silentLog));
    expect(take()).toBe(true);
    clock.advance(-50_000);
    expect(take()).toBe(false);
    clock.advance(1_000);
    expect(take()).toBe(true);
  });

  it('counts what it keeps out', () => {
    const refusals = createRefusalCounter(silentLog);
    const admit = limitRate('a.subject', { perSecond: 1, burst: 2 }, createFakeClock(0), refusals);
    expect(Array.from({ length: 5 }, admit)).toEqual([true, true, false, false, false]);
    expect(refusals.counts()).toEqual([{ reason: 'RR_RATE_LIMITED', count: 3 }]);
  });
});

describe('refusals', () => {
  const counted = () => {
    const warnings: object[] = [];
    const log: Log = { ...silentLog, warn: (fields) => warnings.push(fields) };
    return { warnings, refusals: createRefusalCounter(log) };
  };
  const refusal = (code: 'RR_PROTOCOL_MALFORMED' | 'RR_PROTOCOL_REPLAYED') => new RerootError(code, 'something is wrong');

  it('are counted by reason, the most frequent first, and logged once for each kind in a row', () => {
    const { warnings, refusals } = counted();
    for (const code of ['RR_PROTOCOL_MALFORMED', 'RR_PROTOCOL_REPLAYED', 'RR_PROTOCOL_REPLAYED'] as const)
      refusals.note(refusal(code));
    refusals.noteTaken();
    refusals.note(refusal('RR_PROTOCOL_REPLAYED'));
    expect(refusals.counts()).toEqual([
      { reason: 'RR_PROTOCOL_REPLAYED', count: 3 },
      { reason: 'RR_PROTOCOL_MALFORMED', count: 1 },
    ]);
    expect(warnings).toMatchObject([
      { code: 'RR_PROTOCOL_MALFORMED' },
      { code: 'RR_PROTOCOL_REPLAYED' },
      { code: 'RR_PROTOCOL_REPLAYED' },
    ]);
  });

  it('of what nobody foresaw are one reason, and what is only counted is not logged', () => {
    const { warnings, refusals } = counted();
    refusals.count(new TypeError('odd'));
    refusals.count('a text');
    expect(refusals.counts()).toEqual([{ reason: 'RR_INTERNAL', count: 2 }]);
    expect(() => refusals.counting(() => JSON.parse('{') as object)).toThrow(SyntaxError);
    expect(refusals.counting(() => 'fine')).toBe('fine');
    expect(refusals.counts()).toEqual([{ reason: 'RR_INTERNAL', count: 3 }]);
    expect(warnings).toEqual([]);
  });
});
