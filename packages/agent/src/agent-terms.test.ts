import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity, type LinkTerms, protocolVersion } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryCluster } from './cluster/memory-cluster.ts';
import { createMortalLinkStore, type Death } from './link/testing/mortal-link-store.ts';
import { createJoinedRig, type JoinedRig, type JoinedRigOptions } from './testing/joined-rig.ts';
import { createMgmtSide, type HeardState } from './testing/mgmt-side.ts';

const mesh = 'demo';
const soon = (what: string) => ({ timeoutMs: 5_000, what });
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

/** An agent that has joined, and said so. */
async function createJoined(
  options: Pick<JoinedRigOptions, 'port' | 'requestTimeoutMs'> = {},
): Promise<JoinedRig & { readonly cluster: string }> {
  clusters += 1;
  const cluster = `cluster-${clusters}`;
  const rig = await createJoinedRig({ natsUrl: server.url, bus, mesh, cluster, ...options });
  onTestFinished(() => rig.dispose());
  await rig.invite();
  rig.start();
  await rig.heard('the first state of the link', () => true);
  return { ...rig, cluster };
}

/** Sends terms, again while the agent does not answer because it has answered so many, and gives the answer. */
async function answered(rig: JoinedRig, ...offer: Parameters<JoinedRig['mgmt']['offer']>): Promise<HeardState> {
  const before = rig.mgmt.states.length;
  let offeredAtMs = 0;
  return waitFor(() => {
    if (systemClock.now() - offeredAtMs > 300) {
      offeredAtMs = systemClock.now();
      rig.mgmt.offer(...offer);
    }
    return rig.mgmt.states.slice(before).find(({ heardSequence }) => heardSequence > 0);
  }, soon('an answer'));
}

/** Waits until the agent has told of so many messages that it refused for a reason. */
async function refused(rig: JoinedRig, reason: string, count = 1): Promise<void> {
  await waitFor(
    async () => {
      const { refusals } = await answered(rig);
      return (refusals.find((each) => each.reason === reason)?.count ?? 0) >= count;
    },
    soon(`${count} refused as ${reason}`),
  );
}

describe('terms of mgmt', () => {
  it('are answered at once, though the cluster hangs', async () => {
    const memory = createMemoryCluster({ name: 'any', replicas: 1, namespaces: [], workloads: 0, now: () => systemClock.now() });
    const port = { ...memory, readCaSecret: () => new Promise<never>(() => undefined) };
    const rig = await createJoined({ port, requestTimeoutMs: 600_000 });
    expect(rig.mgmt.states[0]).toMatchObject({ heardSequence: 0, heardAtMs: 0 });
    const sentAtMs = systemClock.now();
    const { heardSequence, heardAtMs, ...state } = await answered(rig);
    expect(heardSequence).toBeGreaterThanOrEqual(sentAtMs * 1000);
    expect(heardAtMs).toBeGreaterThanOrEqual(sentAtMs);
    expect(state.sentAtMs).toBeGreaterThanOrEqual(heardAtMs);
    expect(state).toMatchObject({
      ...{ protocol: protocolVersion, mgmtKeys: [rig.mgmt.identity.keyId], credentialsEpoch: 0, natsJwtExpiresAtMs: 0 },
      ...{ reconnects: 0, refusals: [] },
    });
  });

  it('have the agent number what it says above what mgmt has heard of it, and say again that it has connected', async () => {
    const rig = await createJoined();
    const ahead = (systemClock.now() + 3_600_000) * 1_000;
    const before = rig.mgmt.states.length;
    rig.mgmt.offer({ heardSequence: ahead });
    await rig.heard('an answer above it', ({ heardSequence, sequence }) => heardSequence > 0 && sequence > ahead);
    expect(rig.mgmt.states.slice(before).map(({ heardSequence, sequence }) => [heardSequence > 0, sequence])).toEqual([
      [false, ahead + 1],
      [true, ahead + 2],
    ]);
    await answered(rig, { heardSequence: ahead });
    // That is another agent with the same keys: the two would go on raising each other.
    const { sequence } = await answered(rig, { heardSequence: ahead + 3_600_000 });
    expect(sequence).toBeGreaterThan(ahead + 3_600_000);
    expect(rig.mgmt.states.filter(({ heardSequence }) => heardSequence === 0)).toHaveLength(2);
  });

  it('are answered with the UID of the cluster once that has said it', async () => {
    const rig = await createJoined();
    await waitFor(async () => (await answered(rig)).clusterUid.startsWith('uid-of-'), soon('the UID'));
  });

  it('are answered a few times a second, however many come, and the others are counted', async () => {
    const rig = await createJoined();
    const before = rig.mgmt.states.length;
    for (let count = 0; count < 300; count += 1) rig.mgmt.offer();
    await bus.flush();
    await rig.logged('RR_RATE_LIMITED');
    expect(rig.mgmt.states.length - before).toBeLessThan(30);
    await refused(rig, 'RR_RATE_LIMITED', 250);
  });

  it('are not listened to when a stranger has signed them, and that is counted', async () => {
    const rig = await createJoined();
    const stranger = generateIdentity().identity;
    rig.mgmt.offer({ mgmtPublicKeys: [stranger.publicKeyDer], credentialsEpoch: 7 }, { by: stranger });
    await refused(rig, 'RR_PROTOCOL_UNKNOWN_KEY');
    expect(rig.store.written).toHaveLength(2);
  });

  it('are not listened to when they are of an older mgmt, or not newer than what was heard', async () => {
    const rig = await createJoined();
    const payload = rig.mgmt.offer({}, { term: 5 });
    await rig.heard('an answer', ({ heardSequence }) => heardSequence > 0);
    rig.mgmt.replayTerms(payload);
    rig.mgmt.offer({}, { term: 4 });
    await waitFor(async () => {
      const { refusals } = await answered(rig, {}, { term: 5 });
      const reasons = refusals.map(({ reason }) => reason).toSorted();
      return reasons.join() === 'RR_PROTOCOL_REPLAYED,RR_TRUST_STALE';
    }, soon('both refusals'));
  });

  it.each<[string, Partial<LinkTerms>, string]>([
    ['a key that is none', { mgmtPublicKeys: [Buffer.from('no key')] }, 'RR_IDENTITY_INVALID'],
    ['a name that no subject can hold', { cluster: '*' }, 'RR_PROTOCOL_MALFORMED'],
    ['no key at all', { mgmtPublicKeys: [] }, 'RR_PROTOCOL_MALFORMED'],
  ])('are refused with %s', async (_, changes, code) => {
    const rig = await createJoined();
    rig.mgmt.offer(changes);
    await refused(rig, code);
    expect(rig.store.written).toHaveLength(2);
  });
});

describe('the keys of mgmt', () => {
  it('are changed with an overlap, and those that are gone are not listened to any more', async () => {
    const rig = await createJoined();
    const first = rig.mgmt.identity;
    const next = generateIdentity().identity;
    rig.mgmt.offer({ mgmtPublicKeys: [first.publicKeyDer, next.publicKeyDer] });
    await rig.heard('both keys', ({ mgmtKeys }) => mgmtKeys.join() === [first.keyId, next.keyId].join());
    rig.mgmt.offer({ mgmtPublicKeys: [next.publicKeyDer] }, { by: next });
    await rig.heard('the next key alone', ({ mgmtKeys }) => mgmtKeys.join() === next.keyId);
    rig.mgmt.offer({ mgmtPublicKeys: [first.publicKeyDer] }, { by: first });
    await waitFor(async () => {
      const { refusals } = await answered(rig, { mgmtPublicKeys: [next.publicKeyDer] }, { by: next });
      return refusals.some(({ reason }) => reason === 'RR_PROTOCOL_UNKNOWN_KEY');
    }, soon('the refusal of the former key'));
    expect(rig.store.written.at(-1)?.held?.mgmtPublicKeys).toEqual([next.publicKeyPem]);
  });

  it('do not come back when an older list is played back, after a restart either', async () => {
    const rig = await createJoined();
    const stays = rig.mgmt.identity;
    const goes = generateIdentity().identity;
    const withBoth = rig.mgmt.offer({ mgmtPublicKeys: [goes.publicKeyDer, stays.publicKeyDer] });
    await rig.heard('both keys', ({ mgmtKeys }) => mgmtKeys.length === 2);
    rig.mgmt.offer();
    await rig.heard('one key', ({ mgmtKeys, heardSequence }) => mgmtKeys.length === 1 && heardSequence > 0);
    for (const restart of ['no', 'yes']) {
      if (restart === 'yes') {
        await rig.stop();
        const before = rig.mgmt.states.length;
        rig.start();
        await rig.heard('a state', (state) => rig.mgmt.states.indexOf(state) >= before);
      }
      rig.mgmt.replayTerms(withBoth);
      await refused(rig, 'RR_PROTOCOL_REPLAYED');
      expect(rig.mgmt.states.at(-1)?.mgmtKeys).toEqual([stays.keyId]);
    }
    expect(rig.store.written.at(-1)?.held?.mgmtPublicKeys).toEqual([stays.publicKeyPem]);
  });

  it('are in force only once they are kept, and the terms come again', async () => {
    const rig = await createJoined();
    await rig.stop();
    let failures = 0;
    rig.start({
      read: (signal) => rig.store.read(signal),
      write: async (...args) => {
        if (failures++ === 0) throw new Error('the disk is full');
        return rig.store.write(...args);
      },
    });
    const next = generateIdentity().identity;
    const both = { mgmtPublicKeys: [rig.mgmt.identity.publicKeyDer, next.publicKeyDer] };
    await waitFor(async () => (await answered(rig, both)).heardSequence > 0, soon('an answer'));
    await rig.logged('the disk is full');
    expect(rig.mgmt.states.every(({ mgmtKeys }) => mgmtKeys.length === 1)).toBe(true);
    await waitFor(async () => (await answered(rig, both)).mgmtKeys.length === 2, soon('both keys'));
    expect(rig.store.written.at(-1)?.held?.mgmtPublicKeys).toHaveLength(2);
  });
});

describe('a cluster that gets another name', () => {
  it('goes on under it, over another connection, and after a restart too', async () => {
    const rig = await createJoined();
    const name = `${rig.cluster}-renamed`;
    const { keyId } = rig.mgmt.states[0]!;
    const { identity } = rig.mgmt;
    const other = createMgmtSide({ bus, mesh, cluster: name, agentPublicKey: rig.keyOf(keyId), cas: [], identity });
    onTestFinished(() => other.stop());
    await bus.flush();
    const ahead = (systemClock.now() + 3_600_000) * 1_000;
    rig.mgmt.offer({ cluster: name, heardSequence: ahead });
    await waitFor(() => other.states.length > 0 && other.reports.length > 0, soon('the new name'));
    // It speaks by the same key, and mgmt remembers how far that had come.
    expect(other.states[0]!.sequence).toBeGreaterThan(ahead);
    await rig.stop();
    const before = other.states.length;
    rig.start();
    await waitFor(() => other.states.length > before, soon('the new name after a restart'));
    expect(rig.opened).toEqual([rig.cluster, name, name]);
    expect(rig.store.written.at(-1)?.held).toMatchObject({ cluster: name, mesh });
    expect(rig.enrolment.asked).toHaveLength(1);
  });
});

describe('credentials that mgmt wants changed', () => {
  const higher = { credentialsEpoch: 1 };

  /** Sends the terms until the agent speaks by another key than before. */
  const changed = (rig: JoinedRig, before: string): Promise<HeardState> =>
    waitFor(async () => {
      const state = await answered(rig, higher);
      return state.keyId === before || state.credentialsEpoch !== 1 ? undefined : state;
    }, soon('another key'));

  it('are other keys, kept before they are shown, asked for by the present ones, then used alone', async () => {
    const rig = await createJoined();
    const before = rig.mgmt.states[0]!.keyId;
    let keptBefore: unknown;
    rig.enrolment.answerWith((_, usual) => {
      keptBefore = rig.store.written.at(-1)?.pending?.purpose.kind;
      return usual;
    });
    const { keyId } = await changed(rig, before);
    expect(keptBefore).toBe('renew');
    expect(rig.enrolment.asked.map(({ topic, keyId: shown }) => [topic, shown])).toEqual([
      ['enrol', before],
      ['renew', keyId],
    ]);
    expect(rig.store.written.at(-1)).toMatchObject({ held: { epoch: 1 }, pending: undefined });
    expect(rig.opened).toHaveLength(1);
    await answered(rig, higher);
    expect(rig.enrolment.asked).toHaveLength(2);
  });

  it.each<Death>([
    { write: 1, moment: 'before' },
    { write: 1, moment: 'after' },
    { write: 2, moment: 'before' },
    { write: 2, moment: 'after' },
  ])(
    'are changed by the next start of an agent that was killed $moment its write $write, to the keys that mgmt has seen',
    async (death) => {
      const rig = await createJoined();
      const before = rig.mgmt.states[0]!.keyId;
      await rig.stop();
      rig.start(createMortalLinkStore(rig.store, death));
      await waitFor(async () => {
        await answered(rig, higher);
        return rig.lines.some((line) => line.includes('killed'));
      }, soon('the moment of its death'));
      await rig.stop();
      const shown = rig.enrolment.asked.filter(({ topic }) => topic === 'renew').map(({ keyId }) => keyId);
      rig.start();
      const { keyId } = await changed(rig, before);
      expect([...new Set([...shown, keyId])]).toEqual([keyId]);
    },
  );

  it('are asked for again when the answer was lost, or was for another agent', async () => {
    const rig = await createJoined();
    const before = rig.mgmt.states[0]!.keyId;
    const renewals = () => rig.enrolment.asked.filter(({ topic }) => topic === 'renew');
    rig.enrolment.answerWith((_, usual) => {
      if (usual.kind === 'refused' || renewals().length > 2) return usual;
      if (renewals().length === 1) return 'silence';
      return { kind: 'granted', credentials: { ...usual.credentials, keyId: before } };
    });
    const { keyId } = await changed(rig, before);
    expect(renewals().map((each) => each.keyId)).toEqual([keyId, keyId, keyId]);
    expect(rig.lines.join('')).toMatch(/RR_NATS_NO_ANSWER.*RR_ENROL_ANSWER_INVALID/s);
  });

  it('stay as they are when mgmt refuses; when it asks again, others are shown', async () => {
    const rig = await createJoined();
    const before = rig.mgmt.states[0]!.keyId;
    rig.enrolment.answerWith(() => ({
      kind: 'refused',
      problem: { code: 'RR_ENROL_REFUSED', message: 'not now', remedy: 'wait' },
    }));
    await answered(rig, higher);
    await rig.logged('mgmt refuses the keys that it has asked for');
    expect(await answered(rig, higher)).toMatchObject({ keyId: before, credentialsEpoch: 0 });
    rig.enrolment.answerWith(undefined);
    const { keyId } = await changed(rig, before);
    expect(rig.enrolment.asked[1]?.keyId).not.toBe(keyId);
  });
});

describe('two agents with one state', () => {
  it('end with the one that has not seen what the other one wrote', async () => {
    const rig = await createJoined();
    rig.store.put((await rig.store.read(new AbortController().signal)).record);
    rig.mgmt.offer({ mgmtPublicKeys: [rig.mgmt.identity.publicKeyDer, generateIdentity().identity.publicKeyDer] });
    expect(await rig.ended()).toMatchObject({
      code: 'RR_LINK_STATE_CONFLICT',
      remedy: expect.stringContaining('one agent') as string,
    });
  });
});
