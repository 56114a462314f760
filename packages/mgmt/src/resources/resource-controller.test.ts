import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createResourceController, type ResourceController } from './resource-controller.ts';
import { createTestContext, type TestContext } from './testing/test-context.ts';

let clock: FakeClock;
let context: TestContext;
let controller: ResourceController;
let looks: number;
let lookTakesMs: number;
let setBackMs: number;
let stopping: AbortController;
let running: Promise<void>;
beforeEach(() => {
  clock = createFakeClock(0);
  context = createTestContext(clock);
  [looks, lookTakesMs, setBackMs] = [0, 0, 0];
  stopping = new AbortController();
  controller = createResourceController({
    ...context,
    clock: { ...clock, now: () => clock.now() - setBackMs },
    steadyClock: clock,
    look: async () => {
      looks += 1;
      clock.advance(lookTakesMs);
      return new Map();
    },
    readHistory: async () => [],
    log: silentLog,
  });
  running = controller.run(stopping.signal);
});
afterEach(async () => {
  stopping.abort();
  await running;
});

/** Lets so much time pass, in steps of a tenth of a second. */
async function pass(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += 100) {
    for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
    clock.advance(100);
  }
}

it('is looked at seldom while nobody says that anything has changed', async () => {
  await pass(60_000);
  expect(looks).toBeLessThanOrEqual(7);
});

it('is looked at soon after somebody has said so, and many changes are one look', async () => {
  await pass(5_000);
  const before = looks;
  for (let change = 0; change < 50; change += 1) controller.wake();
  await pass(300);
  expect(looks).toBe(before + 1);
  await pass(2_000);
  expect(looks).toBe(before + 1);
});

it('takes the less of the time the longer a look takes, and least while nothing changes', async () => {
  lookTakesMs = 500;
  await pass(200_000);
  expect(looks * lookTakesMs).toBeLessThanOrEqual(200_000 / 50);
  const [before, fromMs] = [looks, clock.now()];
  while (clock.now() < fromMs + 60_000) {
    controller.wake();
    await pass(100);
  }
  expect(looks - before).toBeGreaterThan(5);
  expect((looks - before) * lookTakesMs).toBeLessThanOrEqual(60_000 / 9);
});

it('is looked at within half a minute of a change, however slowly its API server answers', async () => {
  lookTakesMs = 5_000;
  controller.wake();
  await pass(1_000);
  const before = looks;
  controller.wake();
  await pass(25_000);
  expect(looks).toBeGreaterThan(before);
});

it('is looked at when what has failed may be tried again', async () => {
  await pass(500);
  context.deeds.attempt('a', '1', () => Promise.reject(new RerootError('RR_STORE_FAILED', 'full')));
  await context.deeds.idle();
  controller.wake();
  // The clusters, which were just looked at, are looked at again within this.
  await pass(700);
  const before = looks;
  await pass(600);
  expect(looks).toBe(before + 1);
});

it('is looked at soon, however far the clock of the machine is set back', async () => {
  await pass(5_000);
  setBackMs = 3_600_000;
  const before = looks;
  controller.wake();
  await pass(300);
  expect(looks).toBe(before + 1);
});
