import { beforeEach, describe, expect, it } from 'vitest';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';

describe('acts that are committed together', () => {
  let committed: string[][];
  let transaction: string[];
  let add: GroupCommit;
  beforeEach(() => {
    committed = [];
    add = createGroupCommit(async (act) => {
      transaction = [];
      const result = act();
      committed.push(transaction);
      return result;
    });
  });
  const write = (text: string) => (): string => {
    transaction.push(text);
    return text;
  };
  const fail = (): never => {
    throw new Error('no room');
  };

  it('share one transaction where they come in one turn, and each has its own answer', async () => {
    expect(await Promise.all([add(write('a')), add(write('b')), add(write('c'))])).toEqual(['a', 'b', 'c']);
    await add(write('d'));
    expect(committed).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('are answered only when they are committed', async () => {
    const answered: string[] = [];
    const slow = Promise.withResolvers<undefined>();
    const late = createGroupCommit(async (act) => {
      const result = act();
      await slow.promise;
      return result;
    });
    transaction = [];
    const both = [late(write('a')), late(write('b'))].map((each) => each.then((text) => answered.push(text)));
    await new Promise(setImmediate);
    expect([transaction, answered]).toEqual([['a', 'b'], []]);
    slow.resolve(undefined);
    await Promise.all(both);
    expect(answered).toEqual(['a', 'b']);
  });

  it('are carried out each by itself where one of them fails, so that only that one does', async () => {
    const [first, second, third] = await Promise.allSettled([add(write('a')), add(fail), add(write('c'))]);
    expect([first, third]).toEqual([
      { status: 'fulfilled', value: 'a' },
      { status: 'fulfilled', value: 'c' },
    ]);
    expect(second).toMatchObject({ status: 'rejected', reason: { message: 'no room' } });
    expect(committed).toEqual([['a'], ['c']]);
  });

  it('fail with what a commit fails with, and are not tried twice when alone', async () => {
    let tries = 0;
    const broken = createGroupCommit(async (act) => {
      act();
      tries += 1;
      throw new Error('disk full');
    });
    transaction = [];
    await expect(broken(write('a'))).rejects.toThrow('disk full');
    expect(tries).toBe(1);
    const both = await Promise.allSettled([broken(write('b')), broken(write('c'))]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
