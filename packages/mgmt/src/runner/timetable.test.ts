import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIntervals, createTimetable } from './timetable.ts';

const periodMs = 10_000;
const turnMs = 200;
const names = Array.from({ length: 5_000 }, (_, index) => `trust demo/cluster-${index}`);
const same = (name: string): string => name;
const timetable = createTimetable(names, periodMs, same);

/** When each name was due, in a run of so many turns. */
function dueTimes(turns: number, startMs = 0): Map<string, number[]> {
  const next = createIntervals(startMs);
  const due = new Map<string, number[]>();
  for (let turn = 1; turn <= turns; turn += 1) {
    const nowMs = startMs + turn * turnMs;
    for (const name of timetable.due(next(nowMs))) due.set(name, [...(due.get(name) ?? []), nowMs]);
  }
  return due;
}

describe('the moments at which clusters are told again', () => {
  it('come once in each period for everybody, at the same place of it always', () => {
    const due = dueTimes((2 * periodMs) / turnMs);
    expect(due.size).toBe(names.length);
    for (const [first, second, ...more] of due.values()) {
      expect(more).toEqual([]);
      expect(second! - first!).toBe(periodMs);
    }
    expect(dueTimes(periodMs / turnMs, 7 * periodMs).get(names[0]!)).toEqual([7 * periodMs + due.get(names[0]!)![0]!]);
  });

  it('are spread over the period, for names that are as good as the same too', () => {
    const counts = Map.groupBy(dueTimes(periodMs / turnMs).values(), ([first]) => first);
    expect(counts.size).toBe(periodMs / turnMs);
    expect(Math.max(...[...counts.values()].map(({ length }) => length))).toBeLessThan(200);
  });

  it('are all made up for when the turn was late, and none comes twice because the clock was set back', () => {
    const next = createIntervals(0);
    expect(timetable.due(next(3 * periodMs))).toHaveLength(names.length);
    expect(timetable.due(next(periodMs))).toEqual([]);
    expect(timetable.due(next(2 * periodMs))).toHaveLength(names.length);
  });

  it('come in each time exactly once, however long the turns are', () => {
    const few = names.slice(0, 50);
    const table = createTimetable(few, periodMs, same);
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.array(fc.integer({ min: 1, max: 15_000 }), { minLength: 1, maxLength: 20 }),
        (startMs, turns) => {
          const next = createIntervals(startMs);
          const counts = new Map(few.map((name) => [name, 0]));
          let nowMs = startMs;
          for (const turn of turns) {
            nowMs += turn;
            // A turn that is longer than the period says everything once, not twice.
            for (const name of table.due(next(nowMs))) counts.set(name, (counts.get(name) ?? 0) + 1);
          }
          const [least, most] = [Math.min(...counts.values()), Math.max(...counts.values())];
          const longTurns = turns.filter((turn) => turn >= periodMs);
          const periods = (nowMs - startMs) / periodMs;
          expect(most).toBeLessThanOrEqual(Math.ceil(periods));
          expect(least).toBeGreaterThanOrEqual(longTurns.length === 0 ? Math.floor(periods) : longTurns.length);
        },
      ),
    );
  });
});
