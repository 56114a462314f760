import type { CaSecretContent, Workload } from '@reroot/agent';
import { describeClusterContract } from '@reroot/agent/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { nudgeBundle, parseCertificate, parseCertificates, rootsOf } from '@reroot/shared/pki';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ClusterPlan, fleetConfigSchema } from '../fleet/fleet-config.ts';
import { createRandom } from '../random/random.ts';
import { type Authority, createAuthority, makeCsr } from '../testing/authority.ts';
import { createSimulatedCluster, type SimulatedCluster } from './simulated-cluster.ts';

const { signal } = new AbortController();
let stop = new AbortController();
let a: Authority;
let b: Authority;
let both: string;

beforeAll(async () => {
  [a, b] = await Promise.all([createAuthority('A', systemClock.now()), createAuthority('B', systemClock.now())]);
  both = a.root.pem + b.root.pem;
});
afterEach(() => {
  stop.abort();
});

function startCluster(plan: Partial<ClusterPlan> = {}, seed = 1): SimulatedCluster {
  stop = new AbortController();
  const { clusters } = fleetConfigSchema.parse({ clusters: [{ name: 'cluster-1', volumeDelayMs: [0, 50], ...plan }] });
  const random = createRandom(seed);
  const common = { clock: systemClock, log: silentLog, signal: stop.signal, trustDomain: 'cluster.local' };
  return createSimulatedCluster({ ...common, plan: clusters[0]!, random });
}

describeClusterContract('a simulated cluster', async () => {
  const simulated = startCluster({ workloads: 2 });
  return {
    cluster: simulated.cluster,
    eventsOf: async (wanted) => simulated.events().filter(({ id }) => id === wanted),
    dispose: async () => {
      stop.abort();
    },
  };
});

async function write({ cluster }: SimulatedCluster, authority: Authority, rootCert: string): Promise<void> {
  const accepted = { term: 1, generation: 1, rowDigest: 'a row' };
  const annotations = { accepted, filesWrittenAtMs: 0, replicaRestart: 'never' } as const;
  const content: CaSecretContent = { ...authority.files(rootCert), annotations };
  await cluster.writeCaSecret(content, (await cluster.readCaSecret(signal))?.version, signal);
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  await waitFor(check, { timeoutMs: 5_000, what });
}

/** Waits until those replicas hand out that bundle and sign by that authority. */
async function untilLoaded(
  { cluster }: SimulatedCluster,
  replicas: readonly string[],
  authority: Authority,
  rootCert: string,
): Promise<void> {
  await until(`${replicas.join(' and ')} to load`, async () => {
    const answers = await Promise.all(
      replicas.map(async (replica) => cluster.probeReplica(replica, await makeCsr(), signal).catch(() => [])),
    );
    return answers.every((answer) => answer.at(-1) === rootCert && answer[1] === authority.files('').caCert);
  });
}

/** The proxies of a simulated cluster can be read at any time. */
function readingOf(workload: Workload | undefined): { readonly certChain: string; readonly rootCert: string } {
  return workload?.reading.kind === 'read' ? workload.reading : { certChain: '', rootCert: '' };
}

/** How many workloads hold a leaf of each authority. */
async function leavesOf({ cluster }: SimulatedCluster): Promise<{ a: number; b: number }> {
  const workloads = await cluster.listWorkloads(signal);
  const signers = workloads.flatMap((workload) => parseCertificates(readingOf(workload).certChain)[1] ?? []);
  const count = (authority: Authority): number => signers.filter(({ pem }) => pem === authority.files('').caCert).length;
  return { a: count(a), b: count(b) };
}

const workloads = 12;

async function startUnderBoth(): Promise<SimulatedCluster> {
  const cluster = startCluster({ workloads });
  await write(cluster, a, both);
  await untilLoaded(cluster, ['istiod-0', 'istiod-1'], a, both);
  await until('every workload to hold a leaf', async () => (await leavesOf(cluster)).a === workloads);
  return cluster;
}

describe('a nudge', () => {
  it('that is given while a replica is late is lost on some workloads, also when the replica has loaded', async () => {
    const cluster = await startUnderBoth();
    cluster.holdReplica('istiod-1');
    const nudged = nudgeBundle(both, 1);
    await write(cluster, b, nudged);
    await untilLoaded(cluster, ['istiod-0'], b, nudged);
    await until('a workload to get the new signer', async () => (await leavesOf(cluster)).b > 0);

    cluster.releaseReplica('istiod-1');
    await untilLoaded(cluster, ['istiod-0', 'istiod-1'], b, nudged);
    await until('the workloads of the late replica to be told', async () => (await leavesOf(cluster)).b > workloads / 2);
    expect((await leavesOf(cluster)).a).toBeGreaterThan(0);

    await write(cluster, b, nudgeBundle(nudged, 1));
    await until('the next nudge to reach all', async () => (await leavesOf(cluster)).b === workloads);
  });

  it('is needed: a new signer under the same bytes reaches no workload', async () => {
    const cluster = await startUnderBoth();
    await write(cluster, b, both);
    await untilLoaded(cluster, ['istiod-0', 'istiod-1'], b, both);
    expect(await leavesOf(cluster)).toEqual({ a: workloads, b: 0 });

    await write(cluster, b, nudgeBundle(both, 1));
    await until('the nudge to reach all', async () => (await leavesOf(cluster)).b === workloads);
  });
});

describe('a simulated cluster', () => {
  it('serves the bundle of the replica that leads in its ConfigMaps, and of another one when that restarts', async () => {
    const cluster = startCluster({ workloads });
    const published = async (): Promise<readonly (string | undefined)[]> =>
      (await cluster.cluster.listNamespaceTrust(signal)).map(({ rootCert }) => rootCert);
    // Whoever serves first leads: on a busy machine that could be the other one.
    cluster.holdReplica('istiod-1');
    await write(cluster, a, both);
    await until('the ConfigMaps', async () => (await published()).every((rootCert) => rootCert === both));
    cluster.releaseReplica('istiod-1');
    await untilLoaded(cluster, ['istiod-0', 'istiod-1'], a, both);
    cluster.holdReplica('istiod-0');
    const nudged = nudgeBundle(both, 1);
    await write(cluster, a, nudged);
    await untilLoaded(cluster, ['istiod-1'], a, nudged);
    expect(await published()).toEqual([both, both]);

    await cluster.cluster.restartReplica('istiod-0', signal);
    await until('the other replica to lead', async () => (await published()).every((rootCert) => rootCert === nudged));
  });

  it('makes a probe out to the agent, and gives workloads identities of their namespaces', async () => {
    const cluster = await startUnderBoth();
    const [leaf = ''] = await cluster.cluster.probeReplica(
      'istiod-0',
      await makeCsr(['spiffe://cluster.local/ns/x/sa/y']),
      signal,
    );
    expect(parseCertificate(leaf).uris).toEqual(['spiffe://cluster.local/ns/reroot/sa/reroot-agent']);
    const [first, second] = await cluster.cluster.listWorkloads(signal);
    expect([first, second].map((workload) => parseCertificates(readingOf(workload).certChain)[0]?.uris)).toEqual([
      ['spiffe://cluster.local/ns/default/sa/web-0'],
      ['spiffe://cluster.local/ns/payments/sa/web-1'],
    ]);
  });

  it('pushes no bundle without ISTIO_MULTIROOT_MESH, not even one that a restart brought', async () => {
    const istio = { multiRoot: false, byteRule: 'superset-or-subset', xdsAgent: true } as const;
    const cluster = startCluster({ replicas: 1, workloads: 1, istio });
    await write(cluster, a, a.root.pem);
    await until('a leaf', async () => (await leavesOf(cluster)).a === 1);
    await write(cluster, a, both);
    await cluster.cluster.restartReplica('istiod-0', signal);
    await untilLoaded(cluster, ['istiod-0'], a, both);
    const [workload] = await cluster.cluster.listWorkloads(signal);
    expect(rootsOf(readingOf(workload).rootCert)).toHaveLength(1);
    cluster.restartWorkload('web-0');
    await until('the workload to trust both', async () => {
      const [again] = await cluster.cluster.listWorkloads(signal);
      return rootsOf(readingOf(again).rootCert).length === 2;
    });
  });

  it('is another one when it is made anew under its name and seed', async () => {
    const first = await startCluster().cluster.readUid(signal);
    const madeAtMs = systemClock.now();
    await waitFor(() => systemClock.now() > madeAtMs, { timeoutMs: 1_000, what: 'the clock to move' });
    expect(await startCluster().cluster.readUid(signal)).not.toBe(first);
  });

  it('names what it has when asked for a replica or a workload that it has not', () => {
    const cluster = startCluster({ replicas: 1, workloads: 1 });
    const unknown = { code: 'RR_SIM_UNKNOWN' };
    expect(() => cluster.holdReplica('istiod-9')).toThrow(expect.objectContaining(unknown));
    expect(() => cluster.restartWorkload('web-9')).toThrow(/there are web-0/);
  });
});
