import { describe, expect, it } from 'vitest';
import { createFakeClock } from './fake-clock.ts';

describe('a fake clock', () => {
  it('stands still until it is advanced', () => {
    const clock = createFakeClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.advance(250);
    expect(clock.now()).toBe(1_250);
  });

  it('wakes sleepers when their time has come, the earliest first', async () => {
    const clock = createFakeClock(0);
    const woken: string[] = [];
    const late = clock.sleep(200).then(() => woken.push('late'));
    const early = clock.sleep(100).then(() => woken.push('early'));
    const never = clock.sleep(201).then(() => woken.push('never'));
    clock.advance(99);
    await Promise.resolve();
    expect(woken).toEqual([]);
    clock.advance(101);
    await Promise.all([late, early]);
    expect(woken).toEqual(['early', 'late']);
    clock.advance(1);
    await never;
  });

  it('wakes a sleeper by its signal, with the very reason', async () => {
    const clock = createFakeClock(0);
    const reason = new Error('enough');
    const controller = new AbortController();
    const sleeping = clock.sleep(100, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await expect(clock.sleep(100, controller.signal)).rejects.toBe(reason);
  });
});
