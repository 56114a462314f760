import { describe, expect, it } from 'vitest';
import { compare, type Repeats, rateOf, repeat, sampleOf, scaled } from './sample.ts';

const { signal } = new AbortController();

describe('what was measured several times', () => {
  it('has a median, and says how far it spreads', () => {
    expect(sampleOf([5, 1, 9])).toEqual({ median: 5, min: 1, max: 9, repeats: 3 });
    expect(sampleOf([4, 1, 2, 3]).median).toBe(2.5);
    expect(scaled(sampleOf([5, 1, 9]), 2)).toEqual({ median: 10, min: 2, max: 18, repeats: 3 });
  });

  it('is a rate where each took a time: the slowest is the lowest', () => {
    expect(rateOf(sampleOf([500, 1_000, 250]), 10)).toEqual({ median: 20, min: 10, max: 40, repeats: 3 });
  });

  it('was warmed up before, which does not count', async () => {
    const values = [100, 1, 2, 3];
    expect(await repeat(() => values.shift() ?? 0, { repeats: 3, signal })).toEqual(sampleOf([1, 2, 3]));
  });

  it('is of two ways that took turns', async () => {
    const order: string[] = [];
    const { ours, peer } = await compare(
      { ours: () => order.push('ours'), peer: () => order.push('peer') },
      { repeats: 2, signal },
    );
    expect(order).toEqual(['peer', 'ours', 'peer', 'ours', 'peer', 'ours']);
    expect([ours.repeats, peer.repeats]).toEqual([2, 2]);
  });

  it.each([
    ['is measured no further', (work: () => number, ask: Repeats) => repeat(work, ask)],
    ['takes no further turns', (work: () => number, ask: Repeats) => compare({ ours: work, peer: work }, ask)],
  ])('%s once it is to end, though the work never waits for anything', async (_, measure) => {
    const stop = new AbortController();
    const reason = new Error('interrupted');
    let worked = 0;
    const work = (): number => {
      worked += 1;
      // As the handler of Ctrl-C, which runs when the event loop comes to it.
      if (worked === 1) setImmediate(() => stop.abort(reason));
      return worked;
    };
    await expect(measure(work, { repeats: 5, signal: stop.signal })).rejects.toBe(reason);
    expect(worked).toBe(1);
  });
});
