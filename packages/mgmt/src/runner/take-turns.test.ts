import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTurns, type TakeTurn } from './take-turns.ts';

describe('acts that take turns', () => {
  let stopping: AbortController;
  let take: TakeTurn;
  let begun: string[];
  let ends: Map<string, PromiseWithResolvers<undefined>>;
  beforeEach(() => {
    stopping = new AbortController();
    take = createTurns({ atOnce: 2, signal: stopping.signal });
    begun = [];
    ends = new Map();
  });
  const ask = (group: string, key: string, name = `${group}/${key}`): Promise<string> => {
    const end = Promise.withResolvers<undefined>();
    ends.set(name, end);
    const act = async (): Promise<void> => {
      begun.push(name);
      await end.promise;
    };
    return take({ group, key }, act).then(
      () => 'done',
      (error: unknown) => String(error),
    );
  };

  it('are under way so many at a time, begin in the order in which they came, and make room when they end, however they end', async () => {
    const results = ['1', '2', '3', '4', '5'].map((key) => ask('a', key));
    await nextTurn();
    expect(begun).toEqual(['a/1', 'a/2']);
    ends.get('a/2')!.reject(new Error('no'));
    await nextTurn();
    expect(begun).toEqual(['a/1', 'a/2', 'a/3']);
    for (const { resolve } of ends.values()) resolve(undefined);
    expect(await Promise.all(results)).toEqual(['done', 'Error: no', 'done', 'done', 'done']);
    expect(begun).toEqual(['a/1', 'a/2', 'a/3', 'a/4', 'a/5']);
    const throwing = take({ group: 'a', key: '6' }, () => {
      throw new Error('at once');
    });
    await expect(throwing).rejects.toThrow('at once');
    void ask('a', '7');
    void ask('a', '8');
    await nextTurn();
    expect(begun.slice(5)).toEqual(['a/7', 'a/8']);
  });

  it('wait for none of another group, though that hangs', async () => {
    for (const key of ['1', '2', '3']) void ask('hangs', key);
    void ask('b', '1');
    await nextTurn();
    expect(begun).toEqual(['hangs/1', 'hangs/2', 'b/1']);
  });

  it('are replaced by what comes for the same while they wait, in their place, and not while they are under way', async () => {
    const results = [ask('a', '1'), ask('a', '2'), ask('a', '3', 'first'), ask('a', '4'), ask('a', '3', 'second')];
    void ask('a', '1', 'once more');
    expect(await results[2]).toBe('done');
    ends.get('a/1')!.resolve(undefined);
    await nextTurn();
    expect(begun).toEqual(['a/1', 'a/2', 'second']);
    for (const { resolve } of ends.values()) resolve(undefined);
    await nextTurn();
    expect(begun).toEqual(['a/1', 'a/2', 'second', 'a/4', 'once more']);
  });

  it('are let go once all is to end', async () => {
    const results = Array.from({ length: 1_000 }, (_, index) => ask('a', String(index)));
    await nextTurn();
    stopping.abort();
    for (const name of ['a/0', 'a/1']) ends.get(name)!.resolve(undefined);
    expect(new Set(await Promise.all(results))).toEqual(new Set(['done']));
    expect(begun).toEqual(['a/0', 'a/1']);
  });
});
