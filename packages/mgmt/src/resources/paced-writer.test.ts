import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock } from '@reroot/shared/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPacedWriter, type PacedWriter } from './paced-writer.ts';

let clock: ReturnType<typeof createFakeClock>;
let writer: PacedWriter;
let written: string[];
let stopping: AbortController;
let running: Promise<void>;
beforeEach(() => {
  clock = createFakeClock(0);
  written = [];
  stopping = new AbortController();
  writer = createPacedWriter({ perSecond: 2, clock, log: silentLog, onSent: () => undefined });
});
afterEach(async () => {
  stopping.abort();
  await running;
});

const put = (key: string, { urgency = 'soon', gapMs = 0, fail = undefined as string | undefined } = {}): void =>
  writer.put(key, {
    urgency: urgency as 'soon',
    gapMs,
    send: async () => {
      written.push(key);
      if (fail !== undefined) throw new RerootError(fail as 'RR_CLUSTER_CONFLICT', 'refused');
    },
  });
const run = (): void => {
  running = writer.run(stopping.signal);
};
/** Lets so much time pass, in the steps in which the writer looks. */
async function pass(ms: number): Promise<void> {
  for (let at = 0; at <= ms; at += 100) {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    clock.advance(100);
  }
}

it('writes no faster than it was told to, what a person waits for first', async () => {
  for (const index of [1, 2, 3, 4, 5]) put(`cluster-${index}`, { urgency: 'whenever' });
  put('mesh');
  run();
  await pass(0);
  expect(written).toEqual(['mesh', 'cluster-1', 'cluster-2', 'cluster-3']);
  await pass(400);
  expect(written).toHaveLength(5);
  await pass(10_000);
  expect(written).toHaveLength(6);
});

it('leaves an object alone for a while, and writes what is the newest then', async () => {
  put('a', { gapMs: 5_000 });
  run();
  await pass(0);
  put('a', { gapMs: 5_000 });
  put('a', { gapMs: 5_000 });
  await pass(4_000);
  expect(written).toEqual(['a']);
  await pass(2_000);
  expect(written).toEqual(['a', 'a']);
});

it('does not write what was taken back', async () => {
  put('a');
  writer.drop('a');
  run();
  await pass(1_000);
  expect(written).toEqual([]);
});

it('tries what was refused again later, and what had changed at once', async () => {
  put('refused', { fail: 'RR_OBJECT_REFUSED' });
  put('changed', { fail: 'RR_CLUSTER_CONFLICT' });
  run();
  await pass(0);
  put('refused');
  put('changed');
  await pass(500);
  expect(written).toEqual(['refused', 'changed', 'changed']);
  await pass(1_000);
  expect(written).toEqual(['refused', 'changed', 'changed', 'refused']);
});

it('does not wait for one answer before it writes another object, and has one write of each under way', async () => {
  const answered = Promise.withResolvers<undefined>();
  const send = async (): Promise<void> => {
    written.push('slow');
    await answered.promise;
  };
  writer.put('slow', { urgency: 'soon', gapMs: 0, send });
  run();
  await pass(0);
  writer.put('slow', { urgency: 'soon', gapMs: 0, send });
  put('a');
  await pass(1_000);
  expect(written).toEqual(['slow', 'a']);
  answered.resolve(undefined);
  await pass(1_000);
  expect(written).toEqual(['slow', 'a', 'slow']);
});
