import { RerootError } from '@reroot/shared/errors';
import type { Inspection, Task } from '@reroot/shared/protocol';
import { blindInspection, createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createTaskDesk, maxTasks, type TaskDesk } from './task-desk.ts';

const inspection: Inspection = blindInspection();
const task = (id: string, ask: Task['ask'] = { kind: 'inspect', request: { facts: [] } }): Task => ({
  id,
  deadlineMs: 5_000,
  ask,
});

let clock: FakeClock;
let stopping: AbortController;
let begun: AbortSignal[];
let finish: ((found: Inspection | Error) => void)[];
let desk: TaskDesk;

beforeEach(() => {
  clock = createFakeClock(1_000_000);
  stopping = new AbortController();
  begun = [];
  finish = [];
  const inspect = (_: unknown, signal: AbortSignal): Promise<Inspection> => {
    begun.push(signal);
    return new Promise((resolve, reject) => finish.push((found) => (found instanceof Error ? reject(found) : resolve(found))));
  };
  desk = createTaskDesk({ works: { inspect }, clock, signal: stopping.signal });
});

const refusal = (code: string): unknown => ({ answer: { kind: 'refused', problem: { code } } });

describe('a task', () => {
  it('is done once however often it is asked for, and then answered the same each time', async () => {
    const first = desk.take(task('a'));
    expect(await desk.take(task('a'))).toBeUndefined();
    finish[0]?.(inspection);
    const result = { id: 'a', answer: { kind: 'inspect', inspection } };
    expect(await first).toEqual(result);
    expect(await desk.take(task('a'))).toEqual(result);
    expect(begun).toHaveLength(1);
  });

  it('that fails is answered with the problem', async () => {
    const taken = desk.take(task('a'));
    finish[0]?.(new RerootError('RR_CLUSTER_UNREACHABLE', 'the cluster is away'));
    expect(await taken).toMatchObject({ answer: { kind: 'refused', problem: { code: 'RR_CLUSTER_UNREACHABLE' } } });
    const odd = desk.take(task('b'));
    finish[1]?.(new TypeError('odd'));
    expect(await odd).toMatchObject(refusal('RR_INTERNAL') as object);
  });

  it('that the agent does not know is answered as such', async () => {
    expect(await desk.take(task('a', { kind: 'unknown' }))).toMatchObject(refusal('RR_TASK_UNKNOWN') as object);
    const probe = { address: 'a:1', serverName: '', group: 'g', replica: 'r', trustDomain: 't' };
    expect(await desk.take(task('b', { kind: 'path-probe', probe }))).toMatchObject(refusal('RR_TASK_UNKNOWN') as object);
  });

  it('is given up at its deadline, and never later than after two minutes', async () => {
    const taken = desk.take(task('a'));
    const patient = desk.take({ ...task('b'), deadlineMs: 10 ** 9 });
    clock.advance(5_000);
    expect(await taken).toMatchObject(refusal('RR_TASK_EXPIRED') as object);
    expect(begun.map(({ aborted }) => aborted)).toEqual([true, false]);
    clock.advance(115_000);
    expect(await patient).toMatchObject(refusal('RR_TASK_EXPIRED') as object);
  });

  it('ends with the agent', async () => {
    const taken = desk.take(task('a'));
    stopping.abort(new RerootError('RR_NATS_NO_ANSWER', 'the link is closed'));
    expect(await taken).toMatchObject(refusal('RR_NATS_NO_ANSWER') as object);
    expect(begun[0]?.aborted).toBe(true);
  });

  it('has to come again while many are under way', async () => {
    const ids = Array.from({ length: maxTasks }, (_, index) => `t-${index}`);
    const taken = ids.map((id) => desk.take(task(id)));
    expect(await desk.take(task('late'))).toMatchObject(refusal('RR_TASK_BUSY') as object);
    finish[0]?.(inspection);
    await taken[0];
    const again = desk.take(task('late'));
    finish[maxTasks]?.(inspection);
    expect(await again).toMatchObject({ answer: { kind: 'inspect' } });
  });

  it('is forgotten after many others, and done anew then', async () => {
    const work = async (id: string) => {
      const taken = desk.take(task(id));
      finish.at(-1)?.(inspection);
      await taken;
    };
    for (let count = 0; count <= 64; count += 1) await work(`t-${count}`);
    expect(begun).toHaveLength(65);
    await work('t-64');
    expect(begun).toHaveLength(65);
    await work('t-0');
    expect(begun).toHaveLength(66);
  });
});
