import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTurns } from './take-turns.ts';

describe('acts that take turns', () => {
  const begun: number[] = [];
  const acts = Array.from({ length: 6 }, () => Promise.withResolvers<number>());

  it('are under way so many at a time, begin in the order in which they came, and make room when they end, however they end', async () => {
    const take = createTurns(2);
    const results = acts.map(({ promise }, index) =>
      take(() => {
        begun.push(index);
        return promise;
      }).catch((error: unknown) => String(error)),
    );
    await nextTurn();
    expect(begun).toEqual([0, 1]);
    acts[1]!.reject(new Error('no'));
    await nextTurn();
    expect(begun).toEqual([0, 1, 2]);
    for (const [index, { resolve }] of acts.entries()) resolve(index);
    expect(await Promise.all(results)).toEqual([0, 'Error: no', 2, 3, 4, 5]);
    expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await take(async () => 'again')).toBe('again');
  });

  it('make room when an act throws at once', async () => {
    const take = createTurns(1);
    const broken = take(() => {
      throw new Error('at once');
    });
    await expect(broken).rejects.toThrow('at once');
    expect(await take(async () => 'next')).toBe('next');
  });
});
