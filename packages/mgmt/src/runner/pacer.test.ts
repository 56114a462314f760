import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { type RecordedLog, recordLog } from '../testing/recorded-log.ts';
import { createPacer, type Lane, type Pacer, sliceMs, wordsPerSlice } from './pacer.ts';

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

  it('says what a small fleet is to be told at once', () => {
    sayMany(wordsPerSlice, 'c');
    expect(said).toHaveLength(wordsPerSlice);
  });

  it('tells thousands in slices, all of them, in the order in which they came', async () => {
    sayMany(5_000, 'c');
    expect(said).toHaveLength(wordsPerSlice);
    await pass(2_500);
    expect(said.map(({ text }) => text)).toEqual(Array.from({ length: 5_000 }, (_, index) => `c${index}`));
    expect(most()).toBe(wordsPerSlice);
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
    expect(most()).toBe(wordsPerSlice);
  });

  it('says news before what is only said again', async () => {
    sayMany(1_000, 'old');
    sayMany(3, 'new', { lane: 'news' });
    await pass(100);
    expect(said.slice(wordsPerSlice, wordsPerSlice + 4).map(({ text }) => text)).toEqual(['new0', 'new1', 'new2', 'old200']);
  });

  it('has meshes take turns, so that a large one does not hold up a small one', async () => {
    sayMany(5_000, 'large', { group: 'large', lane: 'news' });
    sayMany(3, 'small', { group: 'small', lane: 'news' });
    await pass(100);
    expect(said.filter(({ text }) => text.startsWith('small'))).toHaveLength(3);
  });

  it('says nothing twice that has not been said yet, and makes it news when it becomes that', async () => {
    sayMany(wordsPerSlice, 'first');
    sayMany(2, 'c');
    say('c0');
    say('c1 anew', { lane: 'news', key: 'c1' });
    say('c1 again', { key: 'c1' });
    await pass(100);
    expect(said.slice(wordsPerSlice).map(({ text }) => text)).toEqual(['c1 anew', 'c0']);
  });

  it('goes on after a word that fails', async () => {
    sayMany(wordsPerSlice, 'first');
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
    expect(said).toHaveLength(wordsPerSlice);
  });

  it('comes to no standstill when the clock is set back', async () => {
    sayMany(500, 'c');
    clock.advance(-3_600_000);
    say('after');
    clock.advance(3_600_000);
    await pass(1_000);
    expect(said).toHaveLength(501);
  });
});
