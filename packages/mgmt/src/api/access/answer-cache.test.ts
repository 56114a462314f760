import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { createAnswerCache } from './answer-cache.ts';
import { waitForAnswer } from './wait-for-answer.ts';

const open = (maxEntries = 10) => {
  const clock = createFakeClock(1_000);
  return { clock, cache: createAnswerCache<string>({ ttlMs: 100, maxEntries, clock }) };
};

describe('answers that are kept', () => {
  it('are found until their time is over', async () => {
    const { clock, cache } = open();
    await cache.ask('a', async () => 'yes');
    clock.advance(99);
    expect(await cache.find('a')).toBe('yes');
    clock.advance(1);
    expect(cache.find('a')).toBeUndefined();
  });

  it('are found while they are on their way, by their time of asking', async () => {
    const { clock, cache } = open();
    const { promise, resolve } = Promise.withResolvers<string>();
    const first = cache.ask('a', () => promise);
    expect(cache.find('a')).toBe(first);
    clock.advance(99);
    resolve('yes');
    expect(await first).toBe('yes');
    clock.advance(1);
    expect(cache.find('a')).toBeUndefined();
  });

  it('are not those of questions that failed, nor do these take a later answer along', async () => {
    const { clock, cache } = open();
    const { promise, reject } = Promise.withResolvers<string>();
    const failed = cache.ask('a', () => promise);
    clock.advance(100);
    await cache.ask('a', async () => 'yes');
    reject(new Error('too late'));
    await expect(failed).rejects.toThrow('too late');
    expect(await cache.find('a')).toBe('yes');
    await expect(cache.ask('b', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(cache.find('b')).toBeUndefined();
  });

  it('are no more than may be, the oldest forgotten first', async () => {
    const { cache } = open(2);
    for (const key of ['a', 'b', 'c']) await cache.ask(key, async () => key);
    expect(['a', 'b', 'c'].map((key) => cache.find(key) !== undefined)).toEqual([false, true, true]);
  });

  it('are asked for anew when the clock was set back', async () => {
    const { clock, cache } = open();
    await cache.ask('a', async () => 'yes');
    clock.advance(-1);
    expect(cache.find('a')).toBeUndefined();
  });
});

describe('whoever waits for an answer', () => {
  it('may go away without ending the question for others', async () => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const leaving = new AbortController();
    const gone = waitForAnswer(promise, leaving.signal);
    const waiting = waitForAnswer(promise, new AbortController().signal);
    leaving.abort(new Error('enough'));
    await expect(gone).rejects.toThrow('enough');
    resolve('yes');
    expect(await waiting).toBe('yes');
    await expect(waitForAnswer(promise, leaving.signal)).rejects.toThrow('enough');
  });
});
