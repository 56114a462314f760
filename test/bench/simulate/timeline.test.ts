import { describe, expect, it } from 'vitest';
import { createTimeline } from './timeline.ts';

describe('simulated time', () => {
  it('lets acts happen in the order of their moments, and those of one moment as they were put in', () => {
    const timeline = createTimeline();
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name}@${timeline.nowMs()}`);
    for (const [ms, name] of [
      [30, 'd'],
      [10, 'a'],
      [20, 'b'],
      [20, 'c'],
      [5, 'first'],
    ] as const)
      timeline.at(ms, note(name));
    timeline.run(100);
    expect(seen).toEqual(['first@5', 'a@10', 'b@20', 'c@20', 'd@30']);
    expect(timeline.nowMs()).toBe(100);
  });

  it('keeps the order among thousands', () => {
    const timeline = createTimeline();
    const moments: number[] = [];
    for (let index = 0; index < 5_000; index += 1) timeline.at((index * 7_919) % 4_999, () => moments.push(timeline.nowMs()));
    timeline.run(5_000);
    expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    expect(moments).toHaveLength(5_000);
  });

  it('lets happen what an act puts in, and nothing after the end', () => {
    const timeline = createTimeline();
    let count = 0;
    const again = (): void => {
      count += 1;
      timeline.after(10, again);
    };
    again();
    timeline.run(95);
    expect(count).toBe(10);
    timeline.run(1_000, () => count === 12);
    expect([count, timeline.nowMs()]).toEqual([12, 110]);
  });

  it('asks a source when it happens next, each time anew', () => {
    const timeline = createTimeline();
    let [nextMs, happened] = [50, 0];
    timeline.follow({
      nextMs: () => nextMs,
      happen: () => {
        happened = timeline.nowMs();
        nextMs = Number.POSITIVE_INFINITY;
      },
    });
    timeline.at(10, () => {
      nextMs = 20;
    });
    timeline.run(100);
    expect(happened).toBe(20);
  });
});
