import { systemClock } from '@reroot/shared/clock';
import type { JoinFile } from '@reroot/shared/join-file';
import { silentLog } from '@reroot/shared/log';
import { natsUserOfSeed } from '@reroot/shared/nats-auth';
import {
  type CredentialsResponse,
  enrolInboxPrefix,
  inboxPrefix,
  keyringOf,
  openMessage,
  type Report,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { type Bus, type BusStatus, connectBus, type NatsCredentials } from '@reroot/shared/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyDirectory, createReportIntake } from '../fleet/index.ts';
import { createAgentSequences } from '../mesh/index.ts';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { type Enrolment, openEnrolmentService } from './enrolment.ts';
import { openNatsAccounts } from './nats-accounts.ts';
import { createRevocations } from './revocations.ts';
import { type NatsWithAccounts, startNatsWithAccounts } from './testing/nats-with-accounts.ts';
import { type AgentKeys, askToEnrol, askToRenew, makeAgentKeys, type Sent } from './testing/scripted-joiner.ts';

const patience = { timeoutMs: 20_000 };
const east = { mesh: 'demo', cluster: 'east' };
const act = (why: string) => ({ by: 'ann', why, nowMs: Date.now() });
const mgmtKey = makeAgentKeys().identity;

let nats: NatsWithAccounts;
let enrolment: Enrolment;
let stopping: AbortController;
/** `east: accepted` and codes of refusals, in the order in which reports came. */
let heard: string[];
const buses: Bus[] = [];

beforeEach(async () => {
  nats = await startNatsWithAccounts();
  stopping = new AbortController();
  heard = [];
  const accounts = await openNatsAccounts(nats.config, systemClock);
  const store = createMemoryStore();
  enrolment = await openEnrolmentService({
    ...{ store, term: await store.takeTerm(), accounts, clock: systemClock, log: silentLog },
    makeRevocations: (users) =>
      createRevocations({
        ...{ updater: accounts?.updater, users, clock: systemClock, random: Math.random, log: silentLog },
        signal: stopping.signal,
      }),
    natsOfAgents: { servers: [nats.server.url], plaintext: 'refused' },
    publicKeys: () => [mgmtKey.publicKeyDer],
    publicKeyPems: () => [mgmtKey.publicKeyPem],
    configured: new Set(),
    randomBytes: (count) => Buffer.from(crypto.getRandomValues(new Uint8Array(count))),
  });
  await listenAsMgmt();
});

afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.close();
  stopping.abort(new Error('the test is over'));
  await enrolment.idle();
  await nats.dispose();
});

async function connect(credentials: NatsCredentials, prefix?: string): Promise<Bus> {
  const bus = await connectBus({
    ...{ servers: [nats.server.url], name: 'test', log: silentLog, credentials },
    ...(prefix === undefined ? {} : { inboxPrefix: prefix }),
  });
  buses.push(bus);
  return bus;
}

/** mgmt's side of the bus: answers requests for credentials, and takes reports in. */
async function listenAsMgmt(): Promise<void> {
  const bus = await connect(nats.mgmt);
  const intake = createReportIntake({ sequences: createAgentSequences(), keys: createKeyDirectory({}, enrolment) });
  const answer = (topic: 'enrol' | 'renew', grant: (sent: Sent) => Promise<CredentialsResponse>): void => {
    bus.subscribe(subjects.all(topic), async ({ subject, payload, respond }) => {
      const body = await grant({ subject, payload });
      const message = { kind: 'credentials-response', body } as const;
      const address = { ...east, term: 1, generation: 0 };
      respond?.(sealMessage({ subject, address, message, identity: mgmtKey, sequence: Date.now(), sentAtMs: Date.now() }));
    });
  };
  answer('enrol', ({ subject, payload }) => enrolment.answerEnrol(subject, payload));
  answer('renew', ({ subject, payload }) => enrolment.answerRenew(subject, payload));
  bus.subscribe(subjects.all('report'), ({ subject, payload }) => {
    try {
      heard.push(`${intake.open(subject, payload).cluster}: accepted`);
    } catch (error) {
      heard.push(String((error as { code?: string }).code));
    }
  });
  await bus.flush();
}

async function ask(bus: Bus, { subject, payload }: Sent): Promise<CredentialsResponse> {
  const signal = AbortSignal.timeout(patience.timeoutMs);
  const answer = await bus.request(subject, payload, { timeoutMs: 5_000, signal });
  const keyring = keyringOf([mgmtKey.publicKeyPem]);
  return openMessage({ subject, payload: answer, keyring, expect: 'credentials-response' }).message.body;
}

function jwtOf(response: CredentialsResponse): string {
  if (response.kind === 'refused') throw new Error(response.problem.code);
  return response.credentials.natsJwt;
}

const joining = ({ nats: { credentials } }: JoinFile): NatsCredentials => credentials ?? { jwt: '', seed: '' };
const toAdd = () => ({
  name: 'east',
  mesh: 'demo',
  expiresAtMs: Date.now() + 60_000,
  mode: 'new' as const,
  natsCredentials: undefined,
});

/** Connects as the bearer of the join file, enrols, and connects as the agent. */
async function letIn(joinFile: JoinFile, keys: AgentKeys): Promise<{ readonly bus: Bus; readonly jwt: string }> {
  const joiner = await connect(joining(joinFile), enrolInboxPrefix('demo', 'east'));
  const jwt = jwtOf(await ask(joiner, askToEnrol(joinFile, keys)));
  return { jwt, bus: await connectAgent(keys, jwt) };
}

const connectAgent = ({ natsUser }: AgentKeys, jwt: string): Promise<Bus> =>
  connect({ jwt, seed: natsUser.seed }, inboxPrefix('demo', 'east'));

let sequence = 0;

/** Sends a report until mgmt has heard one more, and gives what came of it. */
async function report(bus: Bus, { identity }: AgentKeys): Promise<string | undefined> {
  const before = heard.length;
  const subject = subjects.report('demo', 'east');
  const address = { ...east, term: 1, generation: 1 };
  sequence += 1;
  const message = { kind: 'report', body: emptyReport } as const;
  bus.publish(subject, sealMessage({ subject, address, message, identity, sequence, sentAtMs: Date.now() }));
  await waitFor(() => heard.length > before, { ...patience, what: 'a report to come' });
  return heard.at(-1);
}

const emptyReport: Report = {
  ...{ appliedTerm: 1, appliedGeneration: 1, takenAtMs: 1, agentVersion: '0.1.0', clusterUid: 'uid', nudges: 0 },
  ...{ certificates: [], written: undefined, replicas: [], namespaces: [], workloads: [], problems: [] },
};

const hear = ({ identity }: AgentKeys): void => enrolment.heard('demo', 'east', { keyId: identity.keyId, natsJwtExpiresAtMs: 0 });

function statusOf(bus: Bus): () => BusStatus {
  let last: BusStatus = 'connected';
  bus.onStatus((status) => {
    last = status;
  });
  return () => last;
}

const refusal = { code: 'RR_NATS_REFUSED' };

// Each revocation waits for the answers of all servers there may be.
describe('a cluster that is added, over a real NATS', { timeout: 60_000 }, () => {
  it('enrols, reports, changes its keys and is cut off when it is revoked', async () => {
    const [first, second] = [makeAgentKeys(), makeAgentKeys()];
    const joinFile = await enrolment.add(toAdd(), act('to join'));
    const { bus: agent, jwt: firstJwt } = await letIn(joinFile, first);
    expect(await report(agent, first)).toBe('east: accepted');

    await enrolment.rotateCredentials('east', act('each quarter'));
    const jwt = jwtOf(await ask(agent, askToRenew(east, { present: first, next: second })));
    const renewed = await connectAgent(second, jwt);
    expect(await report(renewed, second)).toBe('east: accepted');
    const formerStatus = statusOf(agent);
    hear(second);
    await enrolment.idle();
    await waitFor(() => formerStatus() !== 'connected', { ...patience, what: 'the former user to be cut off' });
    await expect(connectAgent(first, firstJwt)).rejects.toMatchObject(refusal);
    expect(await report(renewed, first)).toBe('RR_PROTOCOL_UNKNOWN_KEY');
    expect(await report(renewed, second)).toBe('east: accepted');

    const status = statusOf(renewed);
    await enrolment.revoke('east', act('stolen'));
    expect(enrolment.keyringOf('demo', 'east', 'present')?.find(second.identity.keyId)).toBeUndefined();
    await waitFor(() => status() !== 'connected', { ...patience, what: 'the live connection to be cut' });
    await expect(connectAgent(second, jwt)).rejects.toMatchObject(refusal);
    await enrolment.idle();
    expect(enrolment.natsRevocation()).toBe('in-force');
  });

  it('leaves a stolen join file worthless once its agent was heard', async () => {
    const joinFile = await enrolment.add(toAdd(), act('to join'));
    const keys = makeAgentKeys();
    const thief = await connect(joining(joinFile), enrolInboxPrefix('demo', 'east'));
    const thiefStatus = statusOf(thief);
    await letIn(joinFile, keys);
    const stolen = await ask(thief, askToEnrol(joinFile, makeAgentKeys()));
    expect(stolen).toMatchObject({ kind: 'refused', problem: { code: 'RR_ENROL_USED' } });
    hear(keys);
    await enrolment.idle();
    await waitFor(() => thiefStatus() !== 'connected', { ...patience, what: 'the user of the join file to be cut off' });
    await expect(connect(joining(joinFile), enrolInboxPrefix('demo', 'east'))).rejects.toMatchObject(refusal);
  });

  it('cannot have the user of mgmt shut out by showing it as its own', async () => {
    const joinFile = await enrolment.add(toAdd(), act('to join'));
    const joiner = await connect(joining(joinFile), enrolInboxPrefix('demo', 'east'));
    const keys = { ...makeAgentKeys(), natsUser: natsUserOfSeed(nats.mgmt.seed) };
    expect(await ask(joiner, askToEnrol(joinFile, keys))).toMatchObject({ problem: { code: 'RR_ENROL_KEYS_TAKEN' } });
  });
});
