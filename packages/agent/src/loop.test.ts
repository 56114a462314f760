import { setImmediate as turn } from 'node:timers/promises';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { createLoop, type LoopOptions, type Trigger } from './loop.ts';

/** A loop on a fake clock that notes its passes; `passes` grows by one for each. */
function startLoop(pass?: LoopOptions['pass']) {
  const clock = createFakeClock(0);
  const passes: { readonly atMs: number; readonly triggers: readonly Trigger[] }[] = [];
  const loop = createLoop({
    pass: async (triggers, signal) => {
      passes.push({ atMs: clock.now(), triggers: [...triggers] });
      return (await pass?.(triggers, signal)) ?? { againAtMs: clock.now() + 1_000 };
    },
    clock,
    settleMs: 100,
    retryAfterMs: 500,
    log: silentLog,
  });
  const stop = new AbortController();
  const running = loop.run(stop.signal);
  const rest = async (): Promise<void> => {
    for (let turns = 0; turns < 5; turns += 1) await turn();
  };
  const advance = async (ms: number): Promise<void> => {
    await rest();
    for (let passed = 0; passed < ms; passed += 10) {
      clock.advance(10);
      await rest();
    }
  };
  return { loop, passes, advance, stop, running };
}

describe('the loop', () => {
  it('makes its first pass at once and the next when the last one wished', async () => {
    const { passes, advance } = startLoop();
    await advance(2_500);
    expect(passes.map(({ atMs }) => atMs)).toEqual([0, 1_000, 2_000]);
    expect(passes[1]?.triggers).toEqual(['timer']);
  });

  it('takes a burst of triggers as one, after they have settled', async () => {
    const { loop, passes, advance } = startLoop();
    await advance(300);
    for (const trigger of ['watch', 'trust', 'watch'] as const) loop.trigger(trigger);
    await advance(500);
    expect(passes.slice(1)).toEqual([{ atMs: 400, triggers: ['watch', 'trust'] }]);
  });

  it('never makes more than one pass in settleMs, however often it is called', async () => {
    const { loop, passes, advance } = startLoop();
    for (let count = 0; count < 100; count += 1) {
      loop.trigger('watch');
      await advance(10);
    }
    const gaps = passes.slice(1).map(({ atMs }, index) => atMs - passes[index]!.atMs);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
  });

  it('holds to settleMs when a pass wants to come again at once', async () => {
    const { passes, advance } = startLoop(async () => ({ againAtMs: 0 }));
    await advance(500);
    expect(passes.length).toBeLessThanOrEqual(6);
  });

  it('makes one pass at a time, and another when it was called during one', async () => {
    const gate = Promise.withResolvers<{ againAtMs: number }>();
    const { loop, passes, advance } = startLoop(() => gate.promise);
    await advance(50);
    loop.trigger('trust');
    await advance(400);
    expect(passes).toHaveLength(1);
    gate.resolve({ againAtMs: 10_000 });
    await advance(200);
    expect(passes[1]?.triggers).toEqual(['trust']);
  });

  it('goes on after a pass that failed', async () => {
    const { passes, advance } = startLoop(async () => {
      throw new Error('unforeseen');
    });
    await advance(1_200);
    expect(passes.map(({ atMs }) => atMs)).toEqual([0, 500, 1_000]);
  });

  it('ends with its signal, whether it sleeps or is at work', async () => {
    const asleep = startLoop();
    await asleep.advance(50);
    asleep.stop.abort();
    await asleep.running;
    const atWork = startLoop(
      (_, signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    await atWork.advance(50);
    atWork.stop.abort();
    await atWork.running;
  });
});
