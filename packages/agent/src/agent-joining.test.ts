import { rm } from 'node:fs/promises';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity } from '@reroot/shared/protocol';
import { freePort, type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createMortalLinkStore, type Death } from './link/testing/mortal-link-store.ts';
import { createEnrolmentSide } from './testing/enrolment-side.ts';
import { createJoinedRig, type JoinedRig } from './testing/joined-rig.ts';

const mesh = 'demo';
let server: NatsServer;
let bus: Bus;
let clusters = 0;

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: [server.url], name: 'mgmt', log: silentLog });
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

async function createRig(): Promise<JoinedRig> {
  clusters += 1;
  const rig = await createJoinedRig({ natsUrl: server.url, bus, mesh, cluster: `cluster-${clusters}` });
  onTestFinished(() => rig.dispose());
  return rig;
}

/** Waits until the agent is linked, and gives the id of the key that it speaks by. */
async function linked(rig: JoinedRig): Promise<string> {
  const before = rig.mgmt.states.length;
  return (await rig.heard('a state of the link', (state) => rig.mgmt.states.indexOf(state) >= before)).keyId;
}

/** Ids of the keys that were shown, each once. */
function shownKeys({ enrolment }: JoinedRig): readonly string[] {
  return [...new Set(enrolment.asked.map(({ keyId }) => keyId))];
}

describe('an agent with a join file', () => {
  it('keeps its keys before anybody hears of them, enrols, and speaks by them', async () => {
    const rig = await createRig();
    let keptBefore: unknown;
    rig.enrolment.answerWith((_, usual) => {
      keptBefore = rig.store.written.map(({ held, pending }) => [held, pending?.purpose.kind]);
      return usual;
    });
    await rig.invite();
    rig.start();
    const keyId = await linked(rig);
    expect(keptBefore).toEqual([[undefined, 'enrol']]);
    expect(shownKeys(rig)).toEqual([keyId]);
    const { tokenId } = rig.enrolment.joinFile().enrolment;
    const { held, pending } = rig.store.written.at(-1) ?? {};
    expect({ held, pending }).toMatchObject({
      held: { mesh, tokenId, epoch: 0, mgmtPublicKeys: [rig.mgmt.publicKeyPem], terms: { term: 1 } },
      pending: undefined,
    });
    await rig.stop();
    expect(await rig.ended()).toBeUndefined();
  });

  it('enrols once: what is left of the file does not matter any more, nor that it is gone', async () => {
    const rig = await createRig();
    await rig.invite();
    rig.start();
    const keyId = await linked(rig);
    await rig.stop();
    await rig.invite(rig.enrolment.joinFile({ expiresAt: '2000-01-01T00:00:00Z' }));
    rig.start();
    expect(await linked(rig)).toBe(keyId);
    await rig.stop();
    await rm(rig.joinFile);
    rig.start();
    expect(await linked(rig)).toBe(keyId);
    expect(rig.enrolment.asked).toHaveLength(1);
  });

  it('asks again, with the same keys, while mgmt does not answer, and says so', async () => {
    const rig = await createRig();
    rig.enrolment.answerWith((_, usual) => (rig.enrolment.asked.length < 3 ? 'silence' : usual));
    await rig.invite();
    rig.start();
    const keyId = await linked(rig);
    expect(rig.enrolment.asked.map((each) => each.keyId)).toEqual([keyId, keyId, keyId]);
    expect(rig.lines.filter((line) => line.includes('the agent is not enrolled yet'))).toHaveLength(2);
    expect(rig.lines.join('')).toContain('RR_NATS_NO_ANSWER');
  });

  it('asks again when mgmt was only not able to answer', async () => {
    const rig = await createRig();
    const problem = { code: 'RR_INTERNAL', message: 'the disk is full', remedy: 'make room' };
    rig.enrolment.answerWith((_, usual) => (rig.enrolment.asked.length < 2 ? { kind: 'refused', problem } : usual));
    await rig.invite();
    rig.start();
    const keyId = await linked(rig);
    expect(shownKeys(rig)).toEqual([keyId]);
    expect(rig.lines.join('')).toContain('the disk is full');
  });

  it('waits for NATS, and says so', async () => {
    const port = await freePort();
    const first = await startNatsServer({ port });
    const mgmtBus = await connectBus({ servers: [first.url], name: 'mgmt', log: silentLog });
    onTestFinished(() => mgmtBus.close());
    const rig = await createJoinedRig({ natsUrl: first.url, bus: mgmtBus, mesh, cluster: 'cluster-x' });
    onTestFinished(() => rig.dispose());
    await rig.invite();
    await first.kill();
    rig.start();
    await rig.logged('RR_NATS_UNREACHABLE');
    const second = await startNatsServer({ port });
    onTestFinished(() => second.stop());
    await linked(rig);
  });

  it('says that the file has expired before it asks, makes no keys, and ends', async () => {
    const rig = await createRig();
    await rig.invite(rig.enrolment.joinFile({ expiresAt: '2020-01-01T00:00:00Z' }));
    rig.start();
    expect(await rig.ended()).toMatchObject({
      code: 'RR_ENROL_EXPIRED',
      message: 'the join file was good until 2020-01-01T00:00:00Z',
      remedy: expect.stringContaining('reroot cluster add') as string,
    });
    expect([rig.enrolment.asked, rig.store.written]).toEqual([[], []]);
  });

  it('ends with the reason and the remedy of mgmt when another agent came first', async () => {
    const rig = await createRig();
    rig.enrolment.answerWith(() => ({
      kind: 'refused',
      problem: { code: 'RR_ENROL_USED', message: 'another agent came first', remedy: 'revoke the cluster' },
    }));
    await rig.invite();
    rig.start();
    expect(await rig.ended()).toMatchObject({
      code: 'RR_ENROL_USED',
      message: 'another agent came first',
      remedy: 'revoke the cluster',
    });
  });

  it('ends when there is neither a file nor anything kept', async () => {
    const rig = await createRig();
    rig.start();
    expect(await rig.ended()).toMatchObject({ code: 'RR_CONFIG_UNREADABLE' });
  });
});

describe('an agent that asks a hostile bus to be enrolled', () => {
  const stranger = generateIdentity().identity;

  it.each([
    ['that was for another agent', /RR_ENROL_ANSWER_INVALID/, false],
    ['of somebody whom the join file does not name', /RR_PROTOCOL_UNKNOWN_KEY.*the join file does not name: make another/, true],
  ])('takes nothing of an answer %s, and asks again', async (_, said, isForged) => {
    const rig = await createRig();
    rig.enrolment.answerWith((_asked, usual) => {
      if (rig.enrolment.asked.length > 1 || usual.kind === 'refused') return usual;
      const forOther = { kind: 'granted' as const, credentials: { ...usual.credentials, keyId: stranger.keyId } };
      return isForged ? { response: usual, by: stranger } : forOther;
    });
    await rig.invite();
    rig.start();
    const keyId = await linked(rig);
    expect(shownKeys(rig)).toEqual([keyId]);
    expect(rig.enrolment.asked).toHaveLength(2);
    expect(rig.lines.join('')).toMatch(said);
    expect(rig.store.written.map(({ held }) => held?.mgmtPublicKeys)).toEqual([undefined, [rig.mgmt.publicKeyPem]]);
  });
});

describe('an agent that is killed while it enrols', () => {
  it.each<Death>([
    { write: 1, moment: 'before' },
    { write: 1, moment: 'after' },
    { write: 2, moment: 'before' },
    { write: 2, moment: 'after' },
  ])('$moment its write $write is enrolled by the next start, with keys that mgmt has seen if it has seen any', async (death) => {
    const rig = await createRig();
    await rig.invite();
    rig.start(createMortalLinkStore(rig.store, death));
    expect((await rig.ended())?.message).toBe('killed');
    const seen = shownKeys(rig);
    rig.start();
    const keyId = await linked(rig);
    expect([...new Set([...seen, ...shownKeys(rig)])]).toEqual([keyId]);
  });

  it('before the answer has come is enrolled by the next start, with the keys that mgmt has taken', async () => {
    const rig = await createRig();
    rig.enrolment.answerWith(() => 'silence');
    await rig.invite();
    rig.start();
    await waitFor(() => rig.enrolment.asked.length > 0, { timeoutMs: 5_000, what: 'a request to enrol' });
    await rig.stop();
    rig.enrolment.answerWith(undefined);
    rig.start();
    const keyId = await linked(rig);
    expect(shownKeys(rig)).toEqual([keyId]);
  });
});

describe('an agent that has joined, and finds another join file', () => {
  /** An agent that has joined, and a mgmt that knows another invitation alone. */
  async function createInvitedAnew() {
    const rig = await createRig();
    await rig.invite();
    rig.start();
    const before = await linked(rig);
    await rig.stop();
    rig.enrolment.stop();
    const { cluster } = rig.enrolment.joinFile();
    const second = createEnrolmentSide({ natsUrl: server.url, bus, mesh, cluster, mgmt: rig.mgmt });
    onTestFinished(() => second.stop());
    await bus.flush();
    return { rig, before, second };
  }

  it('joins anew, with other keys', async () => {
    const { rig, before, second } = await createInvitedAnew();
    await rig.invite(second.joinFile());
    rig.start();
    const after = await linked(rig);
    expect(after).not.toBe(before);
    expect(second.asked.map(({ keyId }) => keyId)).toEqual([after]);
    expect(rig.store.written.at(-1)?.held?.tokenId).toBe(second.joinFile().enrolment.tokenId);
    expect(rig.lines.join('')).toContain('there is another join file');
  });

  it('goes on as before when that one has expired', async () => {
    const { rig, before, second } = await createInvitedAnew();
    await rig.invite(second.joinFile({ expiresAt: '2020-01-01T00:00:00Z' }));
    rig.start();
    expect(await linked(rig)).toBe(before);
    expect(rig.lines.join('')).toContain('has expired: the agent goes on as before');
  });

  it('goes on as before when that one was used by another agent', async () => {
    const { rig, before, second } = await createInvitedAnew();
    second.answerWith(() => {
      rig.mgmt.acceptAgent([rig.keyOf(before)]);
      return { kind: 'refused', problem: { code: 'RR_ENROL_USED', message: 'came late', remedy: 'revoke it' } };
    });
    await rig.invite(second.joinFile());
    rig.start();
    expect(await linked(rig)).toBe(before);
    expect(rig.store.written.at(-1)).toMatchObject({ held: { tokenId: rig.enrolment.joinFile().enrolment.tokenId } });
    expect(rig.store.written.at(-1)?.pending).toBeUndefined();
    expect(rig.lines.join('')).toContain('the join file is passed over');
  });
});
