import { systemClock } from '@reroot/shared/clock';
import { type Log, silentLog } from '@reroot/shared/log';
import { createSequence, type DesiredTrust, generateIdentity } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createConfiguredMembership } from './link/configured-membership.ts';
import { createRefusalCounter } from './link/refusal-counter.ts';
import { type Link, openLink } from './link.ts';
import { type Ca, createCa } from './testing/ca.ts';
import { createMgmtSide, type MgmtSide } from './testing/mgmt-side.ts';

const address = { mesh: 'demo', cluster: 'cluster-1' };
const { signal } = new AbortController();
const soon = { timeoutMs: 5_000, what: 'an answer to terms' };
let server: NatsServer;
let a: Ca;

beforeAll(async () => {
  server = await startNatsServer();
  a = await createCa('root A', systemClock.now());
});
afterAll(async () => {
  await server.stop();
});

describe('the link to mgmt', () => {
  const keys = generateIdentity();
  const pair = { term: 2, generation: 2 };
  let buses: Bus[];
  let mgmt: MgmtSide;
  let link: Link;
  let calls: number;
  let warnings: object[];

  const trust = (changes: Partial<DesiredTrust> = {}): DesiredTrust => ({
    rotationId: '',
    step: 'PREVIOUS_CA',
    roots: [a.certificate.der],
    signerRoot: a.certificate.fingerprint,
    intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
    nudge: 'laggards',
    replicaRestart: 'never',
    workloadRestart: 'never',
    trustDomain: 'cluster.local',
    passage: 'gradual',
    intermediateSource: { kind: 'mgmt' },
    ...changes,
  });
  /** Messages arrive in order: once this one has been heard, all before it were. */
  const heard = async (count: number): Promise<void> => {
    await waitFor(() => calls === count, { timeoutMs: 5_000, what: `${count} messages heard` });
  };

  beforeEach(async () => {
    buses = await Promise.all(['agent', 'mgmt'].map((name) => connectBus({ servers: [server.url], name, log: silentLog })));
    const [agentBus, mgmtBus] = buses as [Bus, Bus];
    mgmt = createMgmtSide({ ...address, bus: mgmtBus, agentPublicKey: keys.publicKeyPem, cas: [a] });
    calls = 0;
    warnings = [];
    const log: Log = { ...silentLog, warn: (fields) => warnings.push(fields) };
    link = openLink({
      membership: createConfiguredMembership({ ...address, identity: keys.identity, mgmtPublicKeys: [mgmt.publicKeyPem] }),
      bus: agentBus,
      requestTimeoutMs: 300,
      clock: systemClock,
      log,
      refusals: createRefusalCounter(log),
      reconnectsBefore: 0,
      sequence: createSequence(systemClock),
      accepted: () => pair,
      clusterUid: () => 'uid-of-cluster-1',
      onTrust: () => {
        calls += 1;
      },
    });
    await Promise.all(buses.map((bus) => bus.flush()));
  });
  afterEach(async () => {
    link.close();
    mgmt.stop();
    await Promise.all(buses.map((bus) => bus.close()));
  });

  it('knows nothing until mgmt speaks, then what mgmt said last', async () => {
    expect(link.desired()).toBeUndefined();
    mgmt.tell(trust(), pair);
    mgmt.tell(trust({ nudge: 'when-loaded' }), pair);
    await heard(2);
    expect(link.desired()).toMatchObject({ ...pair, nudge: 'when-loaded' });
  });

  it('drops what was overtaken or is played back, though its pair is the same', async () => {
    const old = mgmt.tell(trust(), pair);
    mgmt.tell(trust({ nudge: 'when-loaded' }), pair);
    mgmt.replay(old);
    mgmt.replay(old);
    mgmt.tell(trust({ nudge: 'when-loaded' }), { ...pair, generation: 3 });
    await heard(3);
    expect(link.desired()).toMatchObject({ nudge: 'when-loaded', generation: 3 });
  });

  it('refuses an older pair however new the message is, says so, and forgets it with the next that is accepted', async () => {
    mgmt.tell(trust(), pair);
    mgmt.tell(trust({ nudge: 'when-loaded' }), { term: 1, generation: 9 });
    await heard(2);
    expect(link.desired()).toMatchObject({ ...pair, nudge: 'laggards' });
    expect(link.objection()).toMatchObject({ code: 'RR_TRUST_STALE' });
    mgmt.tell(trust(), pair);
    await heard(3);
    expect(link.objection()).toBeUndefined();
  });

  it('refuses another row under the pair that it has, and takes the same row again', async () => {
    const b = await createCa('root B', systemClock.now());
    mgmt.tell(trust(), pair);
    mgmt.tell(trust({ roots: [a.certificate.der, b.certificate.der] }), pair);
    await heard(2);
    expect(link.desired()?.roots).toHaveLength(1);
    expect(link.objection()).toMatchObject({ code: 'RR_TRUST_CONTRADICTORY' });
    mgmt.tell(trust(), pair);
    await heard(3);
    expect(link.objection()).toBeUndefined();
  });

  it('keeps what it has when mgmt says what makes no sense', async () => {
    mgmt.tell(trust(), pair);
    mgmt.tell(trust({ signerRoot: 'f'.repeat(64) }), { ...pair, generation: 3 });
    await heard(2);
    expect(link.desired()).toMatchObject(pair);
    expect(link.objection()).toMatchObject({ code: 'RR_TRUST_INVALID' });
  });

  it('logs forgeries once in a row and tells nobody else', async () => {
    const stranger = generateIdentity().identity;
    for (let count = 0; count < 5; count += 1) mgmt.tell(trust(), pair, stranger);
    mgmt.tell(trust(), pair);
    await heard(1);
    expect(warnings).toEqual([expect.objectContaining({ code: 'RR_PROTOCOL_UNKNOWN_KEY' })]);
    expect(link.objection()).toBeUndefined();
  });

  it('counts what is played back, and what does not make sense, for mgmt to hear of', async () => {
    const old = mgmt.tell(trust(), pair);
    mgmt.tell(trust(), { term: 1, generation: 1 });
    mgmt.replay(old);
    mgmt.tell(trust({ signerRoot: 'f'.repeat(64) }), { ...pair, generation: 3 });
    await heard(3);
    mgmt.offer();
    const { refusals } = await waitFor(() => mgmt.states.find(({ heardSequence }) => heardSequence > 0), soon);
    expect(refusals.map(({ reason, count }) => `${reason} ${count}`).toSorted()).toEqual([
      'RR_PROTOCOL_REPLAYED 1',
      'RR_TRUST_INVALID 1',
      'RR_TRUST_STALE 1',
    ]);
  });

  it('looks at no more desired trust in a moment than mgmt would send, and counts the rest', async () => {
    for (let count = 0; count < 500; count += 1) mgmt.tell(trust(), pair);
    mgmt.offer();
    const { refusals } = await waitFor(() => mgmt.states.find(({ heardSequence }) => heardSequence > 0), soon);
    expect(calls).toBeLessThan(100);
    expect(refusals).toEqual([{ reason: 'RR_RATE_LIMITED', count: 500 - calls }]);
  });

  it('answers terms also where configuration says everything, and takes nothing of them over', async () => {
    const next = generateIdentity().identity;
    const { term } = pair;
    mgmt.offer({ mgmtPublicKeys: [next.publicKeyDer], credentialsEpoch: 5, cluster: 'other' }, { term });
    const state = await waitFor(() => mgmt.states.find(({ heardSequence }) => heardSequence > 0), soon);
    expect(state).toMatchObject({ mgmtKeys: [mgmt.identity.keyId], credentialsEpoch: 0, clusterUid: 'uid-of-cluster-1' });
    mgmt.offer({}, { term, by: next });
    mgmt.offer({}, { term });
    const later = await waitFor(() => mgmt.states.filter(({ heardSequence }) => heardSequence > 0)[1], soon);
    expect(later.refusals).toEqual([{ reason: 'RR_PROTOCOL_UNKNOWN_KEY', count: 1 }]);
  });

  it('refuses an intermediate of an older mgmt than the one that was heard, or that wrote the Secret', async () => {
    const request = { csr: Buffer.from('csr'), signerRoot: a.certificate.fingerprint };
    mgmt.answerWith(async () => ({ kind: 'issued', chain: [a.certificate.der] }));
    mgmt.answerUnder({ term: 1, generation: 9 });
    await expect(link.requestIntermediate(request, signal)).rejects.toMatchObject({ code: 'RR_ISSUE_STALE' });
    mgmt.answerUnder({ term: 2, generation: 1 });
    await expect(link.requestIntermediate(request, signal)).resolves.toMatchObject({ kind: 'issued' });
    mgmt.tell(trust(), { term: 3, generation: 1 });
    await heard(1);
    await expect(link.requestIntermediate(request, signal)).rejects.toMatchObject({ code: 'RR_ISSUE_STALE' });
  });

  it('gives up a request that nobody answers, and one that a stranger answers', async () => {
    const request = { csr: Buffer.from('csr'), signerRoot: a.certificate.fingerprint };
    mgmt.answerWith(async () => 'silence');
    await expect(link.requestIntermediate(request, signal)).rejects.toMatchObject({ code: 'RR_NATS_NO_ANSWER' });
    mgmt.answerWith(async () => 'forgery');
    await expect(link.requestIntermediate(request, signal)).rejects.toMatchObject({ code: 'RR_PROTOCOL_UNKNOWN_KEY' });
  });
});
