import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isGoTrue, parseGoDuration } from './go-values.ts';

describe('a duration of Go', () => {
  it('is read as Go reads it', () => {
    expect(parseGoDuration('24h0m0s')).toBe(86_400_000);
    expect(parseGoDuration('1h15m30.918s')).toBeCloseTo(4_530_918, 6);
    expect(parseGoDuration('.5s')).toBe(500);
    expect(parseGoDuration('5.s')).toBe(5_000);
    expect(parseGoDuration('-1m')).toBe(-60_000);
    expect(parseGoDuration('+1500us')).toBe(1.5);
    expect(parseGoDuration('2µs')).toBe(0.002);
    expect(parseGoDuration('0')).toBe(0);
  });

  it('is refused where Go refuses it', () => {
    for (const text of ['', '-', '24', '1d', '3', 'h', '.', '.s', '1h 2m', '1H', ' 1h', '1h-2m', '+-1h', '1..2s', '1e3s']) {
      expect(parseGoDuration(text), text).toBeUndefined();
    }
  });

  it('comes back as it was written, whatever its parts', () => {
    const unit = fc.constantFrom(['h', 3_600_000], ['m', 60_000], ['s', 1_000], ['ms', 1] as const);
    const parts = fc.array(fc.tuple(fc.nat(10_000), unit), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(parts, fc.boolean(), (all, negative) => {
        const text = all.map(([count, [name]]) => `${count}${name}`).join('');
        const ms = all.reduce((sum, [count, [, each]]) => sum + count * each, 0);
        expect(parseGoDuration(negative ? `-${text}` : text)).toBe(negative ? -ms : ms);
      }),
    );
  });

  it('never throws', () => {
    const text = fc.string({ unit: fc.constantFrom('1', '.', 'h', 'm', 's', 'µ', '-', '0') });
    fc.assert(fc.property(text, (each) => void parseGoDuration(each)));
  });

  it('is refused at once, however long it is', () => {
    const startMs = performance.now();
    expect(parseGoDuration('1'.repeat(1_000_000))).toBeUndefined();
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });
});

describe('a switch of Go', () => {
  it('is on for what strconv.ParseBool reads as true', () => {
    expect(['1', 't', 'T', 'TRUE', 'true', 'True'].every(isGoTrue)).toBe(true);
    expect(['', '0', 'yes', 'on', 'tRUE', ' true'].some(isGoTrue)).toBe(false);
  });
});
