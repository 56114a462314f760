import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../testing/index.ts';
import { createSequence, createSequenceWindow } from './sequence.ts';

describe('the sequence of a sender', () => {
  it('grows strictly, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10_000, max: 10_000 }), { maxLength: 50 }), (jumpsMs) => {
        const clock = createFakeClock(1_700_000_000_000);
        const { next } = createSequence(clock);
        const drawn = jumpsMs.map((jumpMs) => {
          clock.advance(jumpMs);
          return next();
        });
        expect(drawn.every((value, index) => Number.isSafeInteger(value) && value > (drawn[index - 1] ?? 0))).toBe(true);
      }),
    );
  });

  it('goes on above the last one after a restart', () => {
    const clock = createFakeClock(1_700_000_000_000);
    const before = createSequence(clock).next;
    const last = Array.from({ length: 900 }, before).at(-1) ?? 0;
    clock.advance(1);
    expect(createSequence(clock).next()).toBeGreaterThan(last);
  });

  it('catches up when a clock that was behind at the start is set right: who has heard the sender before hears it again', () => {
    const clock = createFakeClock(1_700_000_000_000);
    const last = createSequence(clock).next();
    clock.advance(-86_400_000);
    const { next } = createSequence(clock);
    expect(next()).toBeLessThan(last);
    clock.advance(86_400_001);
    expect(next()).toBeGreaterThan(last);
  });
});

describe('a sender that was heard with higher numbers before', () => {
  it('goes on above them, one by one until its clock is there', () => {
    const clock = createFakeClock(1_700_000_000_000);
    const { next, raiseAbove } = createSequence(clock);
    const ahead = (1_700_000_000_000 + 3_600_000) * 1_000;
    expect(raiseAbove(ahead)).toBe('raised');
    expect([next(), next()]).toEqual([ahead + 1, ahead + 2]);
    clock.advance(3_600_001);
    expect(next()).toBe(ahead + 1_000);
  });

  it('goes on as before where what was heard is what it has said itself, or less', () => {
    const { next, raiseAbove } = createSequence(createFakeClock(1_700_000_000_000));
    const last = next();
    expect([raiseAbove(last), raiseAbove(0), next()]).toEqual(['unchanged', 'unchanged', last + 1]);
  });

  it('does not follow so far that it could number nothing more', () => {
    const { next, raiseAbove } = createSequence(createFakeClock(1_700_000_000_000));
    const last = next();
    expect([raiseAbove(Number.MAX_SAFE_INTEGER), raiseAbove(2 ** 52 + 1), next()]).toEqual(['unchanged', 'unchanged', last + 1]);
    expect(raiseAbove(2 ** 52)).toBe('raised');
    const drawn = Array.from({ length: 1_000 }, next);
    expect(drawn.every((value, index) => Number.isSafeInteger(value) && value > (drawn[index - 1] ?? 2 ** 52))).toBe(true);
  });
});

describe('the window of a receiver', () => {
  it('accepts only what is newer than all before, by key and kind', () => {
    const window = createSequenceWindow();
    expect(window.accept('a', 'report', 5)).toBe(true);
    expect(window.accept('a', 'report', 5)).toBe(false);
    expect(window.accept('a', 'report', 4)).toBe(false);
    expect(window.accept('a', 'report', 9)).toBe(true);
    expect(window.accept('b', 'report', 1)).toBe(true);
    expect(window.accept('a', 'desired-trust', 1)).toBe(true);
  });

  it('begins anew with each term: the clock of the next mgmt may be behind, and what one has said before stays said', () => {
    const window = createSequenceWindow();
    expect(window.accept('a', 'desired-trust', 9_000, 1)).toBe(true);
    expect(window.accept('a', 'desired-trust', 10, 2)).toBe(true);
    expect(window.accept('a', 'desired-trust', 10, 2)).toBe(false);
    expect(window.accept('a', 'desired-trust', 9_000, 1)).toBe(false);
  });

  it('accepts a rising subsequence of whatever the bus makes of the order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (sequences) => {
        const window = createSequenceWindow();
        const accepted = sequences.filter((sequence) => window.accept('a', 'report', sequence));
        expect(accepted).toEqual([...new Set(accepted)].toSorted((a, b) => a - b));
        expect(accepted.at(-1)).toBe(sequences.length === 0 ? undefined : Math.max(...sequences));
      }),
    );
  });
});
