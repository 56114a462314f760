import { systemClock } from '@reroot/shared/clock';
import { generateIdentity, type Task } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AgentRig, createAgentRig, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa } from './testing/ca.ts';

const soon = (what: string) => ({ timeoutMs: 10_000, what });

let nats: NatsServer;
let ca: Ca;
let rig: AgentRig;
beforeAll(async () => {
  nats = await startNatsServer();
  ca = await createCa('root A', systemClock.now());
});
afterAll(() => nats.stop());
beforeEach(async () => {
  rig = await createAgentRig({ natsUrl: nats.url, cas: [ca] });
  await rig.start();
});
afterEach(() => rig.dispose());

/** One of a later version: every agent has an answer to it. */
const later = (id: string): Task => ({ id, deadlineMs: 5_000, ask: { kind: 'unknown' } });
const unknownTo = (id: string): object => ({ id, answer: { kind: 'refused', problem: { code: 'RR_TASK_UNKNOWN' } } });

async function answered(id: string, times = 1): Promise<object> {
  await waitFor(() => rig.mgmt.results.filter((result) => result.id === id).length >= times, soon(`the answer to ${id}`));
  return rig.mgmt.results.findLast((result) => result.id === id) ?? {};
}

async function refusals(reason: string): Promise<number> {
  rig.mgmt.offer();
  await rig.flush();
  return rig.mgmt.states.at(-1)?.refusals.find((each) => each.reason === reason)?.count ?? 0;
}

describe('a task of mgmt', () => {
  it('is answered, and again when it is asked for again', async () => {
    rig.mgmt.ask(later('a'));
    expect(await answered('a')).toMatchObject(unknownTo('a'));
    rig.mgmt.ask(later('a'));
    expect(await answered('a', 2)).toMatchObject(unknownTo('a'));
  });

  it('is not listened to when a stranger has signed it, when it is played back, and when it is of an older mgmt', async () => {
    rig.mgmt.tell(trustOf([ca], ca), { term: 4, generation: 1 });
    await rig.applied(4, 1);
    rig.mgmt.ask(later('of-a-stranger'), { by: generateIdentity().identity });
    rig.mgmt.ask(later('of-a-former-mgmt'), { term: 3 });
    const taken = rig.mgmt.ask(later('taken'));
    expect(await answered('taken')).toMatchObject(unknownTo('taken'));
    rig.mgmt.replayTask(taken);
    rig.mgmt.ask(later('last'));
    await answered('last');
    expect(rig.mgmt.results.map(({ id }) => id)).toEqual(['taken', 'last']);
    for (const reason of ['RR_PROTOCOL_UNKNOWN_KEY', 'RR_TRUST_STALE', 'RR_PROTOCOL_REPLAYED'])
      await waitFor(async () => (await refusals(reason)) === 1, soon(reason));
  });
});
