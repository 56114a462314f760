import { setImmediate as settle } from 'node:timers/promises';
import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { createProbeRate } from './probe-rate.ts';

const { signal } = new AbortController();

describe('the rate of probes', () => {
  it('lets each replica be asked once in an interval, and none wait for another', async () => {
    const clock = createFakeClock(0);
    const rate = createProbeRate(clock, 250);
    const gone: string[] = [];
    const go = (who: string): Promise<void> => rate.wait(who, signal).then(() => void gone.push(who));
    const all = Promise.all([go('a'), go('a'), go('b'), go('a')]);
    const seen: string[] = [];
    for (const ms of [0, 249, 1, 249, 1]) {
      clock.advance(ms);
      await settle();
      seen.push(gone.join(''));
    }
    await all;
    expect(seen).toEqual(['ab', 'ab', 'aba', 'aba', 'abaa']);
    clock.advance(1_000);
    await go('a');
    expect(gone).toHaveLength(5);
  });

  it('ends the wait with the reason of its signal', async () => {
    const rate = createProbeRate(createFakeClock(0), 250);
    const controller = new AbortController();
    const reason = new Error('enough');
    await rate.wait('a', controller.signal);
    const waiting = rate.wait('a', controller.signal);
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
