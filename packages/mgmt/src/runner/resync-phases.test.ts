import { describe, expect, it } from 'vitest';
import { createResyncPhases } from './resync-phases.ts';

const periodMs = 10_000;
const turnMs = 200;
const names = Array.from({ length: 5_000 }, (_, index) => `trust demo/cluster-${index}`);

/** When each name was due, in a run of so many turns. */
function dueTimes(turns: number, startMs = 0): Map<string, number[]> {
  const phases = createResyncPhases(periodMs, startMs);
  const due = new Map<string, number[]>();
  for (let turn = 1; turn <= turns; turn += 1) {
    const nowMs = startMs + turn * turnMs;
    const isDue = phases.turn(nowMs);
    for (const name of names) if (isDue(phases.phaseOf(name))) due.set(name, [...(due.get(name) ?? []), nowMs]);
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
    const phases = createResyncPhases(periodMs, 0);
    const moments = names.map((name) => phases.phaseOf(name));
    const late = phases.turn(3 * periodMs);
    expect(moments.filter(late)).toHaveLength(names.length);
    const back = phases.turn(periodMs);
    expect(moments.filter(back)).toEqual([]);
    const onward = phases.turn(2 * periodMs);
    expect(moments.filter(onward)).toHaveLength(names.length);
  });
});
