import { setImmediate } from 'node:timers/promises';
import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import type { ProxyPod } from './proxy-pod.ts';
import { createReadLoop } from './read-loop.ts';
import type { NextRead } from './reading-book.ts';

const reading = { pod: {} as ProxyPod, period: 1 };

/** A loop over so many due readings, whose ends the test decides. */
function makeLoop(due: number, config: { maxConcurrentReads: number; maxReadsPerSecond: number }) {
  const clock = createFakeClock(0);
  const stop = new AbortController();
  const ends: (() => void)[] = [];
  const begunAtMs: number[] = [];
  const left = { due };
  const loop = createReadLoop({
    next: (): NextRead => {
      if (left.due === 0) return { kind: 'wait', untilMs: Number.POSITIVE_INFINITY };
      left.due -= 1;
      return { kind: 'read', reading };
    },
    read: async (_, signal) => {
      begunAtMs.push(clock.now());
      const { promise, resolve, reject } = Promise.withResolvers<undefined>();
      ends.push(() => resolve(undefined));
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      await promise;
    },
    config,
    clock,
  });
  const running = loop.run(stop.signal);
  /** Lets the loop come as far as it comes by itself. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  };
  return { clock, stop, ends, begunAtMs, left, loop, running, settle };
}

describe('the loop that reads', () => {
  it('reads no more at once than it may', async () => {
    const { ends, begunAtMs, settle, stop, running } = makeLoop(5, { maxConcurrentReads: 2, maxReadsPerSecond: 10_000 });
    await settle();
    expect(begunAtMs).toHaveLength(2);
    ends[0]!();
    await settle();
    expect(begunAtMs).toHaveLength(3);
    stop.abort();
    await running;
  });

  it('begins no more in a second than it may, but for what it may catch up', async () => {
    const { clock, begunAtMs, settle, stop, running } = makeLoop(1_000, { maxConcurrentReads: 1_000, maxReadsPerSecond: 50 });
    for (let ms = 0; ms < 2_000; ms += 5) {
      await settle();
      clock.advance(5);
    }
    expect(begunAtMs.length).toBeGreaterThan(95);
    expect(begunAtMs.length).toBeLessThanOrEqual(106);
    stop.abort();
    await running;
  });

  it('reads what is due after it was woken', async () => {
    const { left, loop, begunAtMs, settle, stop, running } = makeLoop(0, { maxConcurrentReads: 1, maxReadsPerSecond: 100 });
    await settle();
    left.due = 1;
    await settle();
    expect(begunAtMs).toHaveLength(0);
    loop.wake();
    await settle();
    expect(begunAtMs).toHaveLength(1);
    stop.abort();
    await running;
  });
});
