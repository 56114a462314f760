import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';

describe("the machine's clock", () => {
  it('sleeps at least as long as it was told', async () => {
    const startMs = performance.now();
    await systemClock.sleep(30, new AbortController().signal);
    // A timer may fire up to a millisecond early by this finer clock.
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(29);
  });

  it('is woken by its signal, with the very reason', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const sleeping = systemClock.sleep(60_000, controller.signal);
    controller.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await expect(systemClock.sleep(60_000, controller.signal)).rejects.toBe(reason);
  });
});
