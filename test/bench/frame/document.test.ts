import { describe, expect, it } from 'vitest';
import { atMost, measured } from './bench.ts';
import { rowOf } from './document.ts';
import { sampleOf } from './sample.ts';
import { renderTable } from './table.ts';

const result = { metric: '100 links', unit: 'ms', value: sampleOf([30, 10, 20]) };
const machine = {
  ...{ cpu: 'CPU', cores: 2, memoryGiB: 24, os: 'Linux', node: 'v24', openssl: '3', natsServer: 'v2.15.2', loadAtStart: 0.5 },
};
const render = (results: Parameters<typeof rowOf>[0][]): string =>
  renderTable({
    ...{ name: 'fanout', about: 'sends', startedAt: '', tookSeconds: 1, machine, params: { links: [1, 2], repeats: 3 } },
    results: results.map(rowOf),
  });

describe('a result', () => {
  it('is held against what was measured in the same run, by its ratio', () => {
    const row = rowOf({ ...result, limit: measured('bare', sampleOf([10]), { atMost: 1.5 }) });
    expect(row).toMatchObject({ value: 20, limit: 10, limitIs: 'bare', limitOrigin: 'measured', ratio: 2, met: false });
    expect(row.spread).toEqual({ min: 10, max: 30, repeats: 3 });
  });

  it('meets a goal from above or from below, as the goal says', () => {
    const rate = { ...result, unit: '/s' };
    expect(rowOf({ ...rate, limit: measured('bare', 21, { atLeast: 0.9 }) }).met).toBe(true);
    expect(rowOf({ ...rate, limit: measured('bare', 23, { atLeast: 0.9 }) }).met).toBe(false);
    expect(rowOf({ ...result, limit: atMost(20) }).met).toBe(true);
    expect(rowOf({ ...result, limit: atMost(19) }).met).toBe(false);
  });

  it('meets a goal with both bounds only between them', () => {
    const near = (value: number) => rowOf({ ...result, value, limit: measured('measured', 10, { atLeast: 0.8, atMost: 1.2 }) });
    expect([7, 9, 11, 13].map((value) => near(value).met)).toEqual([false, true, true, false]);
    expect(render([{ ...result, value: 7, limit: measured('measured', 10, { atLeast: 0.8, atMost: 1.2 }) }])).toContain(
      '≥ 0.8 ≤ 1.2 MISSED',
    );
  });

  it('that is not a number meets no goal', () => {
    expect(rowOf({ ...result, value: Number.NaN, limit: atMost(19) }).met).toBe(false);
  });

  it('that stands by itself has every field all the same', () => {
    expect(rowOf({ ...result, value: 3 })).toEqual({
      ...{ metric: '100 links', value: 3, unit: 'ms', spread: null, limit: null, limitIs: null, limitOrigin: null },
      ...{ limitSpread: null, ratio: null, goal: null, met: null },
    });
  });
});

describe('the table', () => {
  it('says what was measured with, on what, and which goals were missed', () => {
    const text = render([
      { ...result, limit: measured('bare', 10, { atMost: 1.5 }) },
      { ...result, limit: atMost(1_000_000) },
    ]);
    expect(text).toContain('links=1,2 repeats=3');
    expect(text).toContain('CPU, 2 cores, 24 GiB, node v24, nats-server v2.15.2, load 0.50 at start');
    expect(text).toMatch(/20\.0 ms +10\.0–30\.0 of 3 +10\.0 bare +2\.00× +≤ 1\.5 MISSED +100 links/);
    expect(text).toMatch(/1,000,000 +0\.000020× +≤ 1 met/);
  });
});
