import { type Clock, systemClock } from '@reroot/shared/clock';
import type { Report } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Cluster } from './cluster/cluster.ts';
import { startsCountFromMs } from './install/moment.ts';
import { type AgentRig, createAgentRig, patienceMs, trustOf } from './testing/agent-rig.ts';
import { type Ca, createCa, dayMs } from './testing/ca.ts';

let server: NatsServer;
let a: Ca;
let b: Ca;
let rig: AgentRig;
/** How far the clock of agent and cluster was put forward. */
let aheadMs: number;

const clock: Clock = { ...systemClock, now: () => systemClock.now() + aheadMs };

beforeAll(async () => {
  server = await startNatsServer();
  a = await createCa('root A', systemClock.now());
  b = await createCa('root B', systemClock.now());
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  aheadMs = 0;
  rig = await createAgentRig({ natsUrl: server.url, cas: [a, b], clock });
});
afterEach(async () => {
  await rig.dispose();
});

/** The first row of a rotation, in which workloads may be restarted. */
const adding = () => trustOf([a, b], a, { workloadRestart: 'when-needed' });

/** Both workloads hold the old root; what is given to `change` holds for the step that follows. */
async function settleOnA(change: () => void = () => undefined): Promise<void> {
  rig.mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
  await rig.arrived(1, 1, trustOf([a], a));
  change();
}

/** Waits until the moment of the proof is written down; gives it. */
async function marked(): Promise<number> {
  return waitFor(() => rig.cluster.writes.at(-1)?.annotations.provenAtMs, { timeoutMs: patienceMs, what: 'the moment' });
}

/** Puts the clock forward to when restarts count. */
async function letStartsCount(): Promise<void> {
  aheadMs += Math.max(0, startsCountFromMs(await marked()) - clock.now());
}

const methodsOf = ({ workloads }: Report): string[] =>
  (workloads ?? []).map(({ method, learns, unread, count }) => [count, method, learns, unread].join(' ')).toSorted();

describe('an agent whose workloads learn with their next certificate alone', () => {
  it('restarts their owners once every replica is proven, and each of them once', async () => {
    await rig.start();
    await settleOnA(() => {
      rig.cluster.unsubscribe('default-0');
      rig.cluster.unsubscribe('default-1');
    });
    rig.mgmt.tell(adding(), { term: 1, generation: 2 });
    await letStartsCount();
    const done = await rig.arrived(1, 2, adding());
    expect(rig.cluster.rollouts).toEqual(['default-0', 'default-1']);
    expect(done.problems).toEqual([]);
    expect(rig.cluster.writes.map(({ annotations }) => annotations.provenAtMs !== undefined)).toEqual([false, false, true]);
  });

  it('restarts nothing where the mesh does not let it', async () => {
    await rig.start();
    await settleOnA(() => rig.cluster.unsubscribe('default-0'));
    rig.mgmt.tell(trustOf([a, b], a), { term: 1, generation: 2 });
    await letStartsCount();
    const { length } = rig.mgmt.reports;
    await waitFor(() => rig.mgmt.reports.length > length + 2, { timeoutMs: patienceMs, what: 'three more reports' });
    expect(rig.cluster.rollouts).toEqual([]);
  });

  it('goes on after a restart of its own, and says who is unhealthy meanwhile', async () => {
    await rig.start();
    await settleOnA(() => {
      for (const workload of ['default-0', 'default-1']) rig.cluster.unsubscribe(workload);
    });
    rig.mgmt.tell(adding(), { term: 1, generation: 2 });
    rig.cluster.setRollout('default-1', { blockedBy: 'web-budget' });
    await letStartsCount();
    await rig.reported('the blocked one', ({ problems }) => problems.some(({ code }) => code === 'RR_ROLLOUT_BLOCKED'));
    rig.cluster.setRollout('default-0', { state: 'unhealthy' });
    rig.cluster.setRollout('default-1', { blockedBy: undefined });
    await rig.stopAgent();
    await rig.start();
    rig.mgmt.tell(adding(), { term: 1, generation: 2 });
    const paused = await rig.reported('the unhealthy one', ({ problems }) =>
      problems.some(({ code }) => code === 'RR_ROLLOUT_UNHEALTHY'),
    );
    expect(paused.problems[0]?.message).toContain('Deployment default/default-0');
    expect(rig.cluster.rollouts).toEqual(['default-0']);
    rig.cluster.setRollout('default-0', { state: 'steady' });
    await rig.arrived(1, 2, adding());
    expect(rig.cluster.rollouts).toEqual(['default-0', 'default-1']);
  });

  it('reports in time although the cluster does not say how rollouts stand', async () => {
    const slow: Cluster = { ...rig.cluster, listRollouts: () => new Promise(() => undefined) };
    await rig.start(slow, { requestTimeoutMs: 200 });
    await settleOnA(() => rig.cluster.unsubscribe('default-0'));
    rig.mgmt.tell(adding(), { term: 1, generation: 2 });
    await letStartsCount();
    const late = await rig.reported('the silence', ({ problems }) =>
      problems.some(({ code }) => code === 'RR_CLUSTER_UNREACHABLE'),
    );
    expect(late.workloads).toHaveLength(2);
    expect(rig.cluster.rollouts).toEqual([]);
  });
});

describe('an agent that may not read a proxy', () => {
  it('says why and claims nothing, until the longest life of a leaf has passed since the proof', async () => {
    rig.cluster.hide('default-0', 'forbidden');
    await rig.start();
    rig.mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    const unknown = await rig.reported('the proof', ({ replicas }) => replicas.every(({ result }) => result.kind === 'holding'));
    expect(methodsOf(unknown)).toEqual(['1 none pushed forbidden', '1 proxy-config pushed ']);
    expect(unknown.workloads?.find(({ method }) => method === 'none')?.holding).toMatchObject({ roots: [], signerChain: [] });
    await marked();
    aheadMs += dayMs + 60_000;
    const known = await rig.reported('the conclusion', (report) =>
      methodsOf(report).includes('1 leaf-lifetime pushed forbidden'),
    );
    const [first, second] = known.workloads ?? [];
    expect(first?.holding.roots).toEqual(second?.holding.roots);
  });

  it('knows what it holds from its start, when that came after the proof', async () => {
    rig.cluster.hide('default-0', 'unreachable');
    await rig.start();
    rig.mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    await letStartsCount();
    const owner = { kind: 'Deployment', namespace: 'default', name: 'default-0' } as const;
    await rig.cluster.restartOwner(owner, new AbortController().signal);
    await rig.reported('the conclusion', (report) => methodsOf(report).includes('1 start-time pushed unreachable'));
  });
});

describe('an agent that finds replicas without ISTIO_MULTIROOT_MESH', () => {
  it('names each of them as soon as a rotation is under way, and not at rest', async () => {
    rig.cluster.setMultiRoot('off');
    await rig.start();
    const rest = trustOf([a], a, { rotationId: '' });
    rig.mgmt.tell(rest, { term: 1, generation: 1 });
    expect((await rig.arrived(1, 1, rest)).problems).toEqual([]);
    rig.mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    const warned = await rig.reported('the warning', ({ problems }) => problems.length > 0);
    expect(warned.problems.map(({ code, message }) => `${code} ${message}`)).toEqual(
      ['istiod-0', 'istiod-1'].map(
        (name) =>
          `RR_REPLICA_MULTIROOT_OFF replica ${name} runs without ISTIO_MULTIROOT_MESH=true, and refuses every change of roots`,
      ),
    );
    expect(warned.replicas.map(({ multiRoot }) => multiRoot)).toEqual(['off', 'off']);
  });
});
