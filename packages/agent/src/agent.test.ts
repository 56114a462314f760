import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { rootsOf, sha256Hex } from '@reroot/shared/pki';
import { generateIdentity } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { type Bus, type BusStatus, connectBus } from '@reroot/shared/transport';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { runAgent } from './agent.ts';
import type { Cluster } from './cluster/cluster.ts';
import { createMemoryCluster, type MemoryCluster } from './cluster/memory-cluster.ts';
import { agentConfigSchema } from './config.ts';
import { createConfiguredMembership } from './link/configured-membership.ts';
import { type AgentRig, createAgentRig, patienceMs, quick, rigCluster, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa, makeContent } from './testing/ca.ts';
import { createMgmtSide, type MgmtSide } from './testing/mgmt-side.ts';

const mesh = 'demo';
const name = rigCluster;

let server: NatsServer;
let a: Ca;
let b: Ca;

beforeAll(async () => {
  server = await startNatsServer();
  a = await createCa('root A', systemClock.now());
  b = await createCa('root B', systemClock.now());
});
afterAll(async () => {
  await server.stop();
});

describe('an agent', () => {
  let rig: AgentRig;
  let cluster: MemoryCluster;
  let mgmt: MgmtSide;

  const start: AgentRig['start'] = (...args) => rig.start(...args);
  const reported: AgentRig['reported'] = (...args) => rig.reported(...args);
  const applied: AgentRig['applied'] = (...args) => rig.applied(...args);
  const arrived: AgentRig['arrived'] = (...args) => rig.arrived(...args);
  const secret = () => cluster.readCaSecret(new AbortController().signal);

  beforeEach(async () => {
    rig = await createAgentRig({ natsUrl: server.url, cas: [a, b] });
    ({ cluster, mgmt } = rig);
  });
  afterEach(async () => {
    await rig.dispose();
  });

  it('reports what the cluster holds before it is told anything, and writes nothing', async () => {
    await start();
    const report = await reported('a report', () => true);
    expect(report).toMatchObject({ appliedTerm: 0, appliedGeneration: 0, written: undefined, clusterUid: `uid-of-${name}` });
    expect(cluster.writes).toEqual([]);
  });

  it('goes through a whole rotation row by row, nudging where mgmt asks for it', async () => {
    await start();
    const rows = [
      trustOf([a], a),
      trustOf([a, b], a),
      trustOf([a, b], b, { nudge: 'when-loaded' }),
      trustOf([b], b, { nudge: 'when-loaded' }),
    ];
    for (const [index, row] of rows.entries()) {
      mgmt.tell(row, { term: 1, generation: index + 1 });
      await arrived(1, index + 1, row);
    }
    const done = await reported('the last nudge', ({ appliedGeneration, nudges }) => appliedGeneration === 4 && nudges === 1);
    expect(done.written?.roots).toEqual([b.certificate.fingerprint]);
    expect(done.problems).toEqual([]);
    expect(mgmt.requests.map(({ signerRoot }) => signerRoot)).toEqual([a.certificate.fingerprint, b.certificate.fingerprint]);
    const [, , switched, nudged] = cluster.writes;
    expect(nudged?.rootCert).toBe(`${switched?.rootCert ?? ''}# reroot nudge 3.1\n`);
    expect(cluster.writes).toHaveLength(6);
  });

  it('looks again by itself at what it has done, where the cluster does not call', async () => {
    const silent: Cluster = { ...cluster, watch: (_, signal) => cluster.watch(() => undefined, signal) };
    await start(silent, { reportIntervalMs: 60_000 });
    const row = trustOf([a], a, { nudge: 'when-loaded' });
    mgmt.tell(row, { term: 1, generation: 1 });
    await arrived(1, 1, row);
    await reported('every replica loaded after the nudge', ({ nudges, replicas, written }) => {
      const bundles = replicas.map(({ result }) => (result.kind === 'holding' ? result.holding.bundleSha256 : undefined));
      return nudges === 1 && bundles.every((bundle) => bundle === written?.bundleSha256);
    });
  });

  it('keeps the nudge back until the last replica has loaded', async () => {
    await start();
    const before = trustOf([a, b], a);
    mgmt.tell(before, { term: 1, generation: 1 });
    await arrived(1, 1, before);
    await cluster.hold('istiod-1');
    mgmt.tell(trustOf([a, b], b, { nudge: 'when-loaded' }), { term: 1, generation: 2 });
    const waiting = await reported('a late replica', ({ problems }) =>
      problems.some(({ code }) => code === 'RR_REPLICA_NOT_LOADED'),
    );
    expect(waiting.nudges).toBe(0);
    expect(waiting.problems[0]?.message).toContain('istiod-1');
    expect(cluster.writes).toHaveLength(2);
    await cluster.release('istiod-1');
    await reported('the nudge', ({ nudges, problems }) => nudges === 1 && problems.length === 0);
  });

  it('nudges again while a workload lags behind, and stops when none does', async () => {
    await start();
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await arrived(1, 1, trustOf([a], a));
    cluster.deafen('default-0');
    mgmt.tell(trustOf([a, b], a), { term: 1, generation: 2 });
    await reported('a second nudge', ({ appliedGeneration, nudges }) => appliedGeneration === 2 && nudges >= 2);
  });

  it('writes the pair once for each term in which mgmt repeats the same trust', async () => {
    await start();
    const row = trustOf([a], a);
    mgmt.tell(row, { term: 1, generation: 1 });
    const first = await arrived(1, 1, row);
    for (const term of [2, 3]) {
      for (let count = 0; count < 3; count += 1) mgmt.tell(row, { term, generation: 1 });
      const report = await applied(term, 1);
      expect(report.written).toEqual(first.written);
    }
    expect(cluster.writes.map(({ annotations }) => annotations.accepted.term)).toEqual([1, 2, 3]);
  });

  it('refuses what is not adjacent to what it holds, and says so', async () => {
    await start();
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await applied(1, 1);
    mgmt.tell(trustOf([b], b), { term: 1, generation: 2 });
    const report = await reported('a refusal', ({ problems }) => problems.length > 0);
    expect(report.problems.map(({ code }) => code)).toEqual(['RR_TRUST_NOT_ADJACENT']);
    expect(report.appliedGeneration).toBe(1);
    expect(cluster.writes).toHaveLength(1);
  });

  it('writes at once where the passage is abrupt, and restarts the replicas that refuse, one by one', async () => {
    await start();
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await arrived(1, 1, trustOf([a], a));
    const row = trustOf([b], b, { passage: 'abrupt', replicaRestart: 'when-refused', nudge: 'when-loaded' });
    mgmt.tell(row, { term: 1, generation: 2 });
    await arrived(1, 2, row);
    expect(cluster.restarts).toEqual(['istiod-0', 'istiod-1']);
  });

  it('gives a restart its time before the next one, when it has not helped', async () => {
    const restartedAtMs: number[] = [];
    const watched: Cluster = {
      ...cluster,
      restartReplica: async (replica, signal) => {
        restartedAtMs.push(systemClock.now());
        await cluster.restartReplica(replica, signal);
      },
    };
    await start(watched);
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await arrived(1, 1, trustOf([a], a));
    for (const replica of ['istiod-0', 'istiod-1']) await cluster.hold(replica);
    mgmt.tell(trustOf([b], b, { passage: 'abrupt', replicaRestart: 'when-refused' }), { term: 1, generation: 2 });
    await waitFor(() => restartedAtMs.length >= 3, { timeoutMs: patienceMs, what: 'three restarts' });
    const gaps = restartedAtMs.slice(1).map((atMs, index) => atMs - (restartedAtMs[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(quick.refusedAfterMs);
    expect(cluster.restarts.slice(0, 3)).toEqual(['istiod-0', 'istiod-1', 'istiod-0']);
  });

  it('makes a new key when the Secret was taken away: the old one was forgotten once it was written', async () => {
    await start();
    const row = trustOf([a], a);
    mgmt.tell(row, { term: 1, generation: 1 });
    await arrived(1, 1, row);
    cluster.deleteSecret();
    mgmt.tell(row, { term: 1, generation: 1 });
    await waitFor(() => cluster.writes.length === 2, { timeoutMs: patienceMs, what: 'a second Secret' });
    expect(cluster.writes[1]?.caKey).not.toBe(cluster.writes[0]?.caKey);
  });

  it('listens to nobody but mgmt, and to no message twice', async () => {
    await start();
    const old = mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await applied(1, 1);
    mgmt.tell(trustOf([a, b], a), { term: 1, generation: 2 });
    await applied(1, 2);
    mgmt.replay(old);
    mgmt.tell(trustOf([a], a), { term: 9, generation: 9 }, generateIdentity().identity);
    mgmt.replay(Buffer.from('not an envelope'));
    mgmt.tell(trustOf([a, b], a), { term: 1, generation: 3 });
    const report = await applied(1, 3);
    expect(report.problems).toEqual([]);
    expect(report.written?.roots).toHaveLength(2);
    expect(cluster.writes).toHaveLength(3);
  });

  it('refuses an older term after a restart too, for the Secret holds the pair', async () => {
    const content = await makeContent([a, b], a, { term: 7, generation: 3 });
    await cluster.writeCaSecret(content, undefined, new AbortController().signal);
    await start();
    mgmt.tell(trustOf([a], a), { term: 6, generation: 9 });
    const report = await reported('a refusal', ({ problems }) => problems.some(({ code }) => code === 'RR_TRUST_STALE'));
    expect(report).toMatchObject({ appliedTerm: 7, appliedGeneration: 3 });
    expect(cluster.writes).toHaveLength(1);
  });

  it('leaves the Secret of somebody else alone', async () => {
    const { caCert, caKey, certChain, rootCert } = await makeContent([a], a);
    await cluster.putForeignSecret({ caCert, caKey, certChain, rootCert });
    await start();
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    const report = await reported('a refusal', ({ problems }) => problems.length > 0);
    expect(report.problems.map(({ code }) => code)).toEqual(['RR_SECRET_NOT_OURS']);
    expect(report.written?.roots).toEqual([a.certificate.fingerprint]);
    expect(cluster.writes).toEqual([]);
  });

  it('asks with the same request until mgmt answers', async () => {
    let refusals = 2;
    mgmt.answerWith(async ({ csr }) => {
      refusals -= 1;
      if (refusals >= 0) return { kind: 'refused', problem: { code: 'RR_ISSUE_WRONG_ROOT', message: 'not yet', remedy: 'wait' } };
      return { kind: 'issued', chain: [(await a.issue(csr)).der] };
    });
    await start();
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await reported('the refusal', ({ problems }) => problems.some(({ code }) => code === 'RR_ISSUE_REFUSED'));
    const report = await applied(1, 1);
    expect(report.problems).toEqual([]);
    expect(new Set(mgmt.requests.map(({ csr }) => sha256Hex(csr))).size).toBe(1);
  });

  it('plans anew when the Secret was changed under its hands', async () => {
    let conflicts = 1;
    const contested: Cluster = {
      ...cluster,
      writeCaSecret: async (content, version, signal) => {
        conflicts -= 1;
        if (conflicts >= 0) throw new RerootError('RR_CLUSTER_CONFLICT', 'the Secret has changed');
        return cluster.writeCaSecret(content, version, signal);
      },
    };
    await start(contested);
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await applied(1, 1);
    expect(mgmt.requests).toHaveLength(1);
  });

  it('says that the cluster is unreachable, and goes on when it is back', async () => {
    await start();
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await applied(1, 1);
    cluster.fail(new RerootError('RR_CLUSTER_UNREACHABLE', 'the API server is down'));
    // A pass that was under way has read the Secret already.
    const down = await reported('the failure', ({ problems, written }) => problems.length > 0 && written === undefined);
    expect(down.problems.map(({ code }) => code)).toEqual(['RR_CLUSTER_UNREACHABLE']);
    expect(down).toMatchObject({ appliedTerm: 1, appliedGeneration: 1, written: undefined });
    cluster.fail(undefined);
    mgmt.tell(trustOf([a, b], a), { term: 1, generation: 2 });
    expect((await applied(1, 2)).problems).toEqual([]);
  });

  it('reports at its interval though nothing has changed', async () => {
    await start(cluster, { reportIntervalMs: 100 });
    await waitFor(() => mgmt.reports.length >= 4, { timeoutMs: patienceMs, what: 'four reports' });
    const [, second, third] = mgmt.reports;
    expect({ ...third, takenAtMs: 0 }).toEqual({ ...second, takenAtMs: 0 });
  });

  it('reports at once when mgmt speaks, though nothing has changed', async () => {
    await start(cluster, { reportIntervalMs: 60_000 });
    const row = trustOf([a], a);
    mgmt.tell(row, { term: 1, generation: 1 });
    await arrived(1, 1, row);
    const before = mgmt.reports.length;
    mgmt.tell(row, { term: 1, generation: 1 });
    await waitFor(() => mgmt.reports.length > before, { timeoutMs: patienceMs, what: 'a report on request' });
  });

  it('puts no private key on the bus', async () => {
    const bytes: Uint8Array[] = [];
    const listener = await rig.connect('listener');
    listener.subscribe('>', ({ payload }) => {
      bytes.push(payload);
    });
    await listener.flush();
    await start();
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await applied(1, 1);
    const heard = Buffer.concat(bytes);
    expect(heard.length).toBeGreaterThan(1_000);
    expect(heard.includes('PRIVATE KEY')).toBe(false);
    const key = (await secret())?.caKey.split('\n')[1] ?? '';
    expect(key.length).toBeGreaterThan(40);
    expect(heard.includes(Buffer.from(key, 'base64'))).toBe(false);
  });

  it('ends with its signal and leaves nothing running', async () => {
    await start();
    await reported('a report', () => true);
    await rig.stopAgent();
    const { length } = mgmt.reports;
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await rig.flush();
    expect(mgmt.reports).toHaveLength(length);
    expect(rootsOf((await secret())?.rootCert ?? '')).toEqual([]);
  });
});

describe('an agent whose nats-server goes away', () => {
  it('reports again when it is back, without being asked', async () => {
    const keys = generateIdentity();
    const stop = new AbortController();
    const first = await startNatsServer();
    onTestFinished(() => first.stop());
    const agentBus = await connectBus({ servers: [first.url], name: 'agent', log: silentLog });
    onTestFinished(() => agentBus.close());
    const config = agentConfigSchema.parse({
      mesh,
      cluster: name,
      nats: { servers: [first.url] },
      identity: { privateKeyFile: 'unused.key' },
      mgmt: { publicKeys: ['unused'] },
      timings: { ...quick, reportIntervalMs: 60_000 },
    });
    const size = { replicas: 1, namespaces: ['default'], workloads: 1 };
    const cluster = createMemoryCluster({ name, ...size, now: () => systemClock.now() });
    const mgmtPublicKeys = [generateIdentity().publicKeyPem];
    const membership = createConfiguredMembership({ mesh, cluster: name, identity: keys.identity, mgmtPublicKeys });
    const parts = { config, cluster, membership, clock: systemClock, random: () => 0, log: silentLog };
    const running = runAgent({ ...parts, bus: agentBus, signal: stop.signal });
    onTestFinished(() => running);
    onTestFinished(() => stop.abort());
    await first.kill();
    const second = await startNatsServer({ port: first.port });
    onTestFinished(() => second.stop());
    const bus = await connectBus({ servers: [second.url], name: 'mgmt', log: silentLog });
    onTestFinished(() => bus.close());
    const mgmt = createMgmtSide({ bus, mesh, cluster: name, agentPublicKey: keys.publicKeyPem, cas: [] });
    await waitFor(() => mgmt.reports.length > 0, { timeoutMs: patienceMs, what: 'a report after the reconnect' });
  });

  it('says at once that it is back, and reports some time later, not in step with the rest of a fleet', async () => {
    const published: string[] = [];
    let tell: (status: BusStatus) => void = () => undefined;
    const bus: Bus = {
      publish: (subject) => void published.push(subject),
      subscribe: () => () => undefined,
      request: () => Promise.reject(new Error('nobody answers')),
      onStatus: (listener) => {
        const others = tell;
        tell = (status) => {
          others(status);
          listener(status);
        };
        listener('connected');
        return () => undefined;
      },
      stats: () => ({ connectedSinceMs: 0, reconnects: 0, outgoingDropped: 0, incomingDropped: 0, maxPayloadBytes: undefined }),
      flush: async () => undefined,
      close: async () => undefined,
    };
    const rigged = agentConfigSchema.parse({
      ...{ mesh, cluster: name, nats: { servers: ['unused'] }, identity: { privateKeyFile: 'unused.key' } },
      mgmt: { publicKeys: ['unused'] },
      timings: { ...quick, reportIntervalMs: 60_000 },
    });
    const { identity, publicKeyPem } = generateIdentity();
    const membership = createConfiguredMembership({ mesh, cluster: name, identity, mgmtPublicKeys: [publicKeyPem] });
    const size = { replicas: 1, namespaces: [], workloads: 0 };
    const cluster = createMemoryCluster({ name, ...size, now: () => systemClock.now() });
    const stop = new AbortController();
    const parts = { cluster, membership, bus, clock: systemClock, random: () => 0.3, log: silentLog };
    const running = runAgent({ config: rigged, ...parts, signal: stop.signal });
    onTestFinished(() => running);
    onTestFinished(() => stop.abort());
    const reports = () => published.filter((subject) => subject.endsWith('.report')).length;
    await waitFor(() => reports() === 1, { timeoutMs: patienceMs, what: 'the first report' });
    published.length = 0;
    const backAtMs = systemClock.now();
    tell('disconnected');
    tell('connected');
    expect(published).toEqual([`reroot.v1.${mesh}.${name}.link`]);
    await waitFor(() => reports() === 1, { timeoutMs: patienceMs, what: 'a report after the reconnect' });
    // A share of two seconds, as chance has it.
    expect(systemClock.now() - backAtMs).toBeGreaterThanOrEqual(590);
  });
});
