import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RecordedLog, recordLog } from '../testing/recorded-log.ts';
import { createPacer, type Lane, type Pacer, sliceMs, wordsPerSlice, wordsPerTurn } from './pacer.ts';

describe('the pacer', () => {
  let clock: FakeClock;
  let stopping: AbortController;
  let log: RecordedLog;
  let said: { readonly text: string; readonly atMs: number }[];
  let pacer: Pacer;
  beforeEach(() => {
    clock = createFakeClock(1_000_000);
    stopping = new AbortController();
    log = recordLog();
    said = [];
    pacer = createPacer({ clock, signal: stopping.signal, log });
  });
  afterEach(() => {
    stopping.abort();
  });

  const say = (
    text: string,
    { lane = 'again', group = 'demo', key = text }: Partial<Record<'group' | 'key', string>> & { lane?: Lane } = {},
  ) => pacer.say({ lane, group, key, act: () => said.push({ text, atMs: clock.now() }) });
  const sayMany = (count: number, prefix: string, options: Parameters<typeof say>[1] = {}): void => {
    for (let index = 0; index < count; index += 1) say(`${prefix}${index}`, options);
  };
  const pass = async (ms: number): Promise<void> => {
    for (let time = 0; time < ms; time += 10) {
      clock.advance(10);
      await new Promise(setImmediate);
    }
  };
  /** The most that was said in any tenth of a second, wherever it begins. */
  const most = (): number =>
    Math.max(...said.map(({ atMs }) => said.filter((each) => each.atMs >= atMs && each.atMs < atMs + sliceMs).length));

  it.each(['news', 'again'] as const)('says what a small fleet is to be told at once, and no more than that: %s', (lane) => {
    sayMany(wordsPerTurn, 'c', { lane });
    expect(said).toHaveLength(wordsPerTurn);
    sayMany(1, 'd', { lane });
    expect(said).toHaveLength(wordsPerTurn);
  });

  it.each([
    ['news', 200],
    ['again', 1_000],
  ] as const)('tells thousands in slices, all of them, in the order in which they came: %s, in %i ms', async (lane, ms) => {
    sayMany(2_000, 'c', { lane });
    await pass(ms);
    expect(said.map(({ text }) => text)).toEqual(Array.from({ length: 2_000 }, (_, index) => `c${index}`));
    expect(most()).toBe(wordsPerSlice[lane]);
  });

  it('leaves the event loop to others after some words, also where there is room for more', async () => {
    sayMany(5_000, 'c', { lane: 'news' });
    for (let turn = 1; turn < 5; turn += 1) {
      expect(said.length).toBe(turn * wordsPerTurn);
      await new Promise(setImmediate);
    }
  });

  it('says fewer words where each of them brings a large answer', async () => {
    for (let index = 0; index < 100; index += 1) {
      pacer.say({
        lane: 'news',
        group: 'demo',
        key: `c${index}`,
        act: () => said.push({ text: '', atMs: clock.now() }),
        weight: 100,
      });
    }
    await pass(1_100);
    expect(said).toHaveLength(100);
    expect(most()).toBe(10);
  });

  it('has no more in any tenth of a second, wherever that begins, however the words come', async () => {
    for (const [count, ms] of [
      [150, 50],
      [150, 30],
      [500, 10],
      [1, 90],
      [400, 200],
      [199, 60],
      [600, 400],
    ] as const) {
      sayMany(count, `${said.length}-${count}-`);
      await pass(ms);
    }
    await pass(1_000);
    expect(said).toHaveLength(2_000);
    expect(most()).toBe(wordsPerSlice.again);
  });

  it('says news before what is only said again', async () => {
    sayMany(1_000, 'old');
    sayMany(3, 'new', { lane: 'news' });
    await pass(110);
    expect(said.slice(wordsPerTurn, wordsPerTurn + 4).map(({ text }) => text)).toEqual(['new0', 'new1', 'new2', 'old200']);
  });

  it('has meshes take turns, so that a large one does not hold up a small one', async () => {
    sayMany(5_000, 'large', { group: 'large', lane: 'news' });
    sayMany(3, 'small', { group: 'small', lane: 'news' });
    await pass(100);
    expect(said.filter(({ text }) => text.startsWith('small'))).toHaveLength(3);
  });

  it('says nothing twice that has not been said yet, and makes it news when it becomes that', async () => {
    sayMany(wordsPerTurn, 'first');
    sayMany(2, 'c');
    say('c0');
    say('c1 anew', { lane: 'news', key: 'c1' });
    say('c1 again', { key: 'c1' });
    await pass(100);
    expect(said.slice(wordsPerTurn).map(({ text }) => text)).toEqual(['c1 anew', 'c0']);
  });

  it('goes on after a word that fails', async () => {
    sayMany(wordsPerTurn, 'first');
    for (const key of ['bad', 'worse']) {
      pacer.say({
        lane: 'again',
        group: 'demo',
        key,
        act: () => {
          throw new Error(key);
        },
      });
    }
    say('good');
    await pass(100);
    expect(said.at(-1)?.text).toBe('good');
    // Of a mesh whose every word fails the log says so once.
    expect(log.all({ msg: 'a cluster cannot be told' })).toMatchObject([{ mesh: 'demo', problem: 'bad' }]);
  });

  it('says nothing more once it is stopped', async () => {
    sayMany(500, 'c');
    stopping.abort();
    say('late');
    await pass(1_000);
    expect(said).toHaveLength(wordsPerTurn);
  });

  it('comes to no standstill when the clock is set back', async () => {
    sayMany(wordsPerTurn, 'c');
    clock.advance(-3_600_000);
    say('after');
    await pass(1_000);
    expect(said).toHaveLength(wordsPerTurn + 1);
  });
});
