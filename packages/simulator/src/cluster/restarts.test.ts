import { agentConfigSchema, type Cluster, createConfiguredMembership, runAgent } from '@reroot/agent';
import { type Ca, createCa, createMgmtSide, type MgmtSide, trustOf } from '@reroot/agent/testing';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { type DesiredTrust, generateIdentity } from '@reroot/shared/protocol';
import { type NatsServer, startNatsServer, waitFor } from '@reroot/shared/testing';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fleetConfigSchema } from '../fleet/fleet-config.ts';
import { createRandom } from '../random/random.ts';
import { makeCsr } from '../testing/authority.ts';
import { createSimulatedCluster } from './simulated-cluster.ts';

const name = 'cluster-1';
const mesh = 'demo';
const patienceMs = 30_000;
const { signal } = new AbortController();
const keys = generateIdentity();

let server: NatsServer;
let a: Ca;
let b: Ca;
let buses: Bus[];
let mgmt: MgmtSide;
let cluster: Cluster;
let stopCluster: AbortController;
let stopAgent: AbortController;
let running: Promise<void>;
/** What agents have done to the cluster, oldest first. */
let acts: string[];

beforeAll(async () => {
  server = await startNatsServer();
  [a, b] = await Promise.all([createCa('root A', systemClock.now()), createCa('root B', systemClock.now())]);
});
afterAll(async () => {
  await server.stop();
});

const connect = async (client: string): Promise<Bus> => {
  const bus = await connectBus({ servers: [server.url], name: client, log: silentLog });
  buses.push(bus);
  return bus;
};

function startCluster(istio: { readonly xdsAgent?: boolean } = {}): void {
  const { clusters } = fleetConfigSchema.parse({ clusters: [{ name, workloads: 4, volumeDelayMs: [0, 50], istio }] });
  stopCluster = new AbortController();
  const common = { clock: systemClock, log: silentLog, trustDomain: 'cluster.local', random: createRandom(1) };
  ({ cluster } = createSimulatedCluster({ ...common, plan: clusters[0]!, signal: stopCluster.signal }));
}

beforeEach(async () => {
  buses = [];
  acts = [];
  const bus = await connect('mgmt');
  mgmt = createMgmtSide({ bus, mesh, cluster: name, agentPublicKey: keys.publicKeyPem, cas: [a, b] });
  startCluster();
});
afterEach(async () => {
  stopAgent.abort();
  await running;
  mgmt.stop();
  for (const bus of buses) await bus.close();
  stopCluster.abort();
});

const bothRoots = (signer: Ca, changes: Partial<DesiredTrust> = {}): DesiredTrust =>
  trustOf([a, b], signer, { step: 'PROPAGATING_NEW_INTERMEDIATE', ...changes });

/** Starts an agent that may restart so many replicas; what it does is noted. */
async function startAgent(restarts: number): Promise<void> {
  let left = restarts;
  const noted: Cluster = {
    ...cluster,
    writeCaSecret: async (content, version, aborted) => {
      const before = await cluster.readCaSecret(aborted);
      acts.push(before?.caCert === content.caCert ? 'nudge' : 'write');
      return cluster.writeCaSecret(content, version, aborted);
    },
    restartReplica: async (replica, aborted) => {
      if (left === 0) throw new RerootError('RR_CLUSTER_UNREACHABLE', 'no more restarts');
      left -= 1;
      const serving = await Promise.all(
        ['istiod-0', 'istiod-1'].map(async (each) => {
          const answer = await cluster.probeReplica(each, await makeCsr(), aborted).catch(() => []);
          return answer.length > 0 ? each : undefined;
        }),
      );
      acts.push(`restart ${replica} while ${serving.filter((each) => each !== undefined).join(' and ')} serve`);
      await cluster.restartReplica(replica, aborted);
    },
  };
  stopAgent = new AbortController();
  const config = agentConfigSchema.parse({
    mesh,
    cluster: name,
    nats: { servers: [server.url] },
    identity: { privateKeyFile: 'unused.key' },
    mgmt: { publicKeys: [mgmt.publicKeyPem] },
    timings: { reportIntervalMs: 500, settleMs: 20, renudgeAfterMs: 60_000 },
  });
  const bus = await connect('agent');
  const mgmtPublicKeys = [mgmt.publicKeyPem];
  const membership = createConfiguredMembership({ mesh, cluster: name, identity: keys.identity, mgmtPublicKeys });
  const parts = { config, bus, membership, clock: systemClock, random: () => 0, log: silentLog };
  running = runAgent({ ...parts, cluster: noted, signal: stopAgent.signal });
  await bus.flush();
}

const reportWith = (what: string, holds: (report: MgmtSide['reports'][number]) => boolean) =>
  waitFor(() => mgmt.reports.findLast(holds), { timeoutMs: patienceMs, what });

describe('with restarts after each change of the files, an agent over a simulated cluster', () => {
  it('restarts one replica after the other and nudges last, also when it is replaced half-way', async () => {
    await startAgent(0);
    mgmt.tell(bothRoots(a), { term: 1, generation: 1 });
    await reportWith('a cluster at rest', ({ replicas, workloads }) => {
      const signing = replicas.every(({ result }) => result.kind === 'holding');
      return signing && (workloads ?? []).every(({ holding }) => holding.signerChain.length > 0);
    });
    stopAgent.abort();
    await running;
    acts.length = 0;

    await startAgent(1);
    const row = bothRoots(b, { replicaRestart: 'always', nudge: 'when-loaded' });
    mgmt.tell(row, { term: 1, generation: 2 });
    const halfway = await reportWith(
      'a second restart that is due',
      ({ appliedGeneration, problems }) =>
        appliedGeneration === 2 && problems.some(({ message }) => message === 'no more restarts'),
    );
    expect(halfway.nudges).toBe(0);
    expect(halfway.replicas.map(({ result }) => (result.kind === 'failure' ? result.problem.code : result.kind))).toEqual([
      'holding',
      'RR_REPLICA_NOT_RESTARTED',
    ]);
    stopAgent.abort();
    await running;

    await startAgent(9);
    mgmt.tell(row, { term: 1, generation: 2 });
    const done = await reportWith('the nudge', ({ nudges }) => nudges === 1);
    expect(done.replicas.map(({ result }) => result.kind)).toEqual(['holding', 'holding']);
    expect(acts).toEqual([
      'write',
      'restart istiod-0 while istiod-0 and istiod-1 serve',
      'restart istiod-1 while istiod-0 and istiod-1 serve',
      'nudge',
    ]);
    const secret = await cluster.readCaSecret(signal);
    const replicas = await cluster.listReplicas(signal);
    const earliest = Math.min(...replicas.map(({ startedAtMs }) => startedAtMs));
    expect(earliest).toBeGreaterThanOrEqual(secret?.annotations?.filesWrittenAtMs ?? Number.POSITIVE_INFINITY);
  });
});

describe('where proxies ask for no bundles, an agent over a simulated cluster', () => {
  it('restarts one owner after the other in a namespace, until every workload has arrived', async () => {
    stopCluster.abort();
    startCluster({ xdsAgent: false });
    const { restartOwner } = cluster;
    const rolled: string[] = [];
    cluster = {
      ...cluster,
      restartOwner: async (owner, aborted) => {
        const there = (await cluster.listWorkloads(aborted)).filter(({ namespace }) => namespace === owner.namespace);
        const owners = there.flatMap((workload) => (workload.owner === undefined ? [] : [workload.owner]));
        const states = (await cluster.listRollouts(owners, aborted)).map(({ state }) => state);
        rolled.push(`${owner.namespace}/${owner.name} while others are ${[...new Set(states)].join(' and ')}`);
        await restartOwner(owner, aborted);
      },
    };
    await startAgent(0);
    mgmt.tell(trustOf([a], a), { term: 1, generation: 1 });
    const holds = (count: number) => (report: MgmtSide['reports'][number]) =>
      report.workloads !== undefined && report.workloads.every(({ holding }) => holding.roots.length === count);
    await reportWith('the old root everywhere', holds(1));
    mgmt.tell(trustOf([a, b], a, { workloadRestart: 'when-needed' }), { term: 1, generation: 2 });
    const done = await reportWith('both roots everywhere', holds(2));
    expect(done.workloads?.map(({ method, learns }) => `${method} ${learns}`)).toEqual(Array(2).fill('proxy-config renewed'));
    expect(rolled.toSorted()).toEqual(
      ['default/web-0', 'default/web-2', 'payments/web-1', 'payments/web-3'].map((name) => `${name} while others are steady`),
    );
  });
});
