import { beforeEach, describe, expect, it } from 'vitest';
import { createMachine, createOwnMachines, createPool, type Worker } from './machine.ts';
import { createTimeline, type Timeline } from './timeline.ts';

let timeline: Timeline;
let ended: string[];
beforeEach(() => {
  timeline = createTimeline();
  ended = [];
});

function give(worker: Worker, name: string, costMs: number): void {
  worker.work(costMs, () => ended.push(`${name}@${Number(timeline.nowMs().toFixed(6))}`));
}

describe('a machine', () => {
  it('does the work of one thread piece by piece, in the order in which it came', () => {
    const thread = createMachine(timeline, { cores: 2, slowdown: 1, others: 0 }).thread();
    for (const name of ['a', 'b', 'c']) give(thread, name, 10);
    timeline.run(1_000);
    expect(ended).toEqual(['a@10', 'b@20', 'c@30']);
    expect(thread.cpuMs()).toBe(30);
    expect(thread.mostWaiting()).toBe(2);
  });

  it('shares its cores among the threads that have work, to each as much', () => {
    const machine = createMachine(timeline, { cores: 2, slowdown: 1, others: 0 });
    const threads = Array.from({ length: 4 }, () => machine.thread());
    threads.forEach((thread, index) => give(thread, String(index), index === 3 ? 30 : 10));
    timeline.run(1_000);
    // Four on two cores: each has half a core until 20, then the last one has a core of its own.
    expect(ended).toEqual(['0@20', '1@20', '2@20', '3@40']);
    expect(threads.map((thread) => thread.cpuMs())).toEqual([10, 10, 10, 30]);
  });

  it('slows down what began alone when another thread comes', () => {
    const machine = createMachine(timeline, { cores: 1, slowdown: 1, others: 0 });
    const [one, other] = [machine.thread(), machine.thread()];
    give(one, 'one', 10);
    timeline.at(5, () => give(other, 'other', 2));
    timeline.run(1_000);
    expect(ended).toEqual(['other@9', 'one@12']);
  });

  it('takes longer, and more of the processor, while every core is busy', () => {
    const machine = createMachine(timeline, { cores: 2, slowdown: 1.5, others: 0 });
    const [one, other] = [machine.thread(), machine.thread()];
    give(one, 'one', 10);
    give(other, 'other', 20);
    timeline.run(1_000);
    expect(ended).toEqual(['one@15', 'other@25']);
    expect([one.cpuMs(), other.cpuMs()]).toEqual([15, 25]);
  });

  it('leaves other programs their part', () => {
    const thread = createMachine(timeline, { cores: 2, slowdown: 1.5, others: 3 }).thread();
    give(thread, 'one', 10);
    timeline.run(1_000);
    // Four on two cores, all of them busy: half of a core that is slower by a half.
    expect(ended).toEqual(['one@30']);
    expect(thread.cpuMs()).toBe(15);
  });

  it('has a pool in which as many pieces are done at once as it has threads', () => {
    const pool = createPool(createMachine(timeline, { cores: 4, slowdown: 1, others: 0 }), 2);
    for (const name of ['a', 'b', 'c']) give(pool, name, 10);
    timeline.run(1_000);
    expect(ended).toEqual(['a@10', 'b@10', 'c@20']);
    expect(pool.cpuMs()).toBe(30);
  });

  it('forgets no work when thousands of pieces wait', () => {
    const thread = createMachine(timeline, { cores: 1, slowdown: 1, others: 0 }).thread();
    for (let index = 0; index < 10_000; index += 1) give(thread, String(index), 1);
    timeline.run(20_000);
    expect(ended).toHaveLength(10_000);
    expect(ended.at(-1)).toBe('9999@10000');
  });
});

describe('machines of their own', () => {
  it('let nothing wait', () => {
    const own = createOwnMachines(timeline);
    for (const name of ['a', 'b']) give(own, name, 10);
    timeline.run(1_000);
    expect(ended).toEqual(['a@10', 'b@10']);
    expect(own.cpuMs()).toBe(20);
  });
});
