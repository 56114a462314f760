import {
  createSequence,
  generateIdentity,
  keyringOf,
  openMessage,
  sealMessage,
  subjects,
  type Task,
  type TaskAnswer,
} from '@reroot/shared/protocol';
import { blindInspection, createFakeClock, type FakeClock, waitFor } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAgentSequences } from '../mesh/index.ts';
import { createTasks, type Tasks } from './tasks.ts';

const mgmt = generateIdentity();
const agents = { east: generateIdentity(), west: generateIdentity() };
type AgentName = keyof typeof agents;

const inspect = { kind: 'inspect', request: { facts: [] } } as const;
const found: TaskAnswer = { kind: 'inspect', inspection: blindInspection() };
const { signal } = new AbortController();
const within = { deadlineMs: 10_000, signal };
const soon = { timeoutMs: 5_000, what: 'a task' };

let clock: FakeClock;
let tasks: Tasks;
let asked: { readonly cluster: string; readonly task: Task; readonly sequence: number }[];
let protocols: Record<string, number>;
let nextId: number;

beforeEach(() => {
  clock = createFakeClock(1_000_000);
  asked = [];
  protocols = {};
  nextId = 0;
  const nextSequence = createSequence(clock).next;
  tasks = createTasks({
    bus: {
      publish: (subject, payload) => {
        const opened = openMessage({ subject, payload, keyring: keyringOf([mgmt.publicKeyPem]), expect: 'task' });
        asked.push({ cluster: opened.address.cluster, task: opened.message.body, sequence: opened.sequence });
      },
    },
    sealer: {
      seal: ({ mesh, cluster, subject, generation, message }) => {
        const address = { mesh, cluster, term: 1, generation };
        const numbers = { sequence: nextSequence(), sentAtMs: clock.now() };
        return { payload: sealMessage({ subject, address, message, identity: mgmt.identity, ...numbers }) };
      },
    },
    sequences: createAgentSequences(),
    keys: { keyringOf: (_, cluster) => keyringOf([agents[cluster as AgentName].publicKeyPem]) },
    protocolOf: (_, cluster) => protocols[cluster],
    clock,
    newId: () => {
      nextId += 1;
      return `task-${nextId}`;
    },
  });
});

/** What an agent says about a task. */
const agentSequence = createSequence({ now: () => 1_000_000, sleep: async () => undefined }).next;
function say(
  cluster: AgentName,
  id: string,
  answer: TaskAnswer,
  by: AgentName = cluster,
  sequence = agentSequence(),
): Uint8Array {
  const subject = subjects.result('demo', cluster);
  const address = { mesh: 'demo', cluster, term: 1, generation: 0 };
  const message = { kind: 'task-result', body: { id, answer } } as const;
  const payload = sealMessage({ subject, address, message, identity: agents[by].identity, sequence, sentAtMs: 0 });
  tasks.hear(subject, payload);
  return payload;
}

const errorOf = async (asking: Promise<unknown>): Promise<{ code: string; message: string; cause: unknown }> =>
  asking.then(
    () => {
      throw new Error('it was answered');
    },
    (error: unknown) => error as { code: string; message: string; cause: unknown },
  );

describe('a task', () => {
  it('is asked for at once, and answered by whoever was asked', async () => {
    const asking = tasks.ask('demo', 'east', inspect, within);
    expect(asked.map(({ cluster, task }) => [cluster, task])).toEqual([
      ['east', { id: 'task-1', deadlineMs: 10_000, ask: inspect }],
    ]);
    say('east', 'task-1', found);
    expect(await asking).toEqual(found);
  });

  it('is asked for again, under the same id and with what is left of the time, until it is answered, and then no more', async () => {
    const asking = tasks.ask('demo', 'east', inspect, within);
    for (const [index, ms] of [250, 500, 1_000, 2_000, 2_000].entries()) {
      await waitFor(() => asked.length === index + 1, soon);
      clock.advance(ms);
    }
    await waitFor(() => asked.length === 6, soon);
    expect(new Set(asked.map(({ task }) => task.id))).toEqual(new Set(['task-1']));
    expect(asked.map(({ task }) => task.deadlineMs)).toEqual([10_000, 9_750, 9_250, 8_250, 6_250, 4_250]);
    expect(asked.map(({ sequence }) => sequence)).toEqual(asked.map(({ sequence }) => sequence).toSorted((a, b) => a - b));
    say('east', 'task-1', found);
    await asking;
    clock.advance(60_000);
    await new Promise(setImmediate);
    expect(asked).toHaveLength(6);
  });

  it('that nobody answers ends at its deadline', async () => {
    const failed = errorOf(tasks.ask('demo', 'east', inspect, within));
    clock.advance(10_000);
    expect(await failed).toMatchObject({
      code: 'RR_TASK_UNANSWERED',
      message: 'the agent of east did not answer within 10000 ms',
    });
    const sent = asked.length;
    clock.advance(60_000);
    await new Promise(setImmediate);
    expect(asked).toHaveLength(sent);
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const asking = tasks.ask('demo', 'east', inspect, { deadlineMs: 10_000, signal: stop.signal });
    stop.abort(new Error('mgmt stops'));
    await expect(asking).rejects.toThrow('mgmt stops');
  });

  it('that an agent cannot do is refused with what the agent says', async () => {
    const failed = errorOf(tasks.ask('demo', 'east', inspect, within));
    const problem = { code: 'RR_TASK_BUSY', message: '16 tasks are under way already', remedy: 'wait' };
    say('east', 'task-1', { kind: 'refused', problem });
    const error = await failed;
    expect(error).toMatchObject({
      code: 'RR_TASK_REFUSED',
      message: 'the agent of east refused: 16 tasks are under way already (RR_TASK_BUSY)',
      cause: problem,
    });
  });

  it('is not sent to an agent that has said to know none', async () => {
    protocols = { east: 2 };
    expect(await errorOf(tasks.ask('demo', 'east', inspect, within))).toMatchObject({ code: 'RR_TASK_UNSUPPORTED' });
    expect(asked).toEqual([]);
  });

  it('is sent to an agent of a later version', async () => {
    protocols = { east: 4 };
    const asking = tasks.ask('demo', 'east', inspect, within);
    say('east', 'task-1', found);
    expect(await asking).toEqual(found);
  });

  it('is not answered by another cluster, nor by an answer to something else', async () => {
    const failed = errorOf(tasks.ask('demo', 'east', inspect, within));
    say('west', 'task-1', found);
    say('east', 'task-2', found);
    expect(() => say('east', 'task-1', found, 'west')).toThrow(
      expect.objectContaining({ code: 'RR_PROTOCOL_UNKNOWN_KEY' }) as Error,
    );
    clock.advance(10_000);
    expect(await failed).toMatchObject({ code: 'RR_TASK_UNANSWERED' });
  });

  it('is not answered by the answer to another question', async () => {
    const probe = { address: 'gateway:15443', serverName: '', group: 'g', replica: 'istiod-0', trustDomain: 'cluster.local' };
    const failed = errorOf(tasks.ask('demo', 'east', { kind: 'path-probe', probe }, within));
    say('east', 'task-1', found);
    expect(await failed).toMatchObject({ code: 'RR_PROTOCOL_MALFORMED' });
  });

  it('is answered once: what is played back is refused', () => {
    const payload = say('east', 'task-1', found);
    expect(() => tasks.hear(subjects.result('demo', 'east'), payload)).toThrow(
      expect.objectContaining({ code: 'RR_PROTOCOL_REPLAYED' }) as Error,
    );
  });
});
