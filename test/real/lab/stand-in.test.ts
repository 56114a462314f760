import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { waitFor } from '@reroot/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Lab, startLab } from './lab.ts';
import type { LabCluster } from './lab-cluster.ts';
import { planCluster } from './lab-plan.ts';
import type { PodRun } from './node/pod-run.ts';
import { createPluggedCas } from './testing/plugged-ca.ts';
import { createWitness, type Witness } from './truth/read-truth.ts';

const signal = AbortSignal.timeout(280_000);
const lateMs = 3_000;
/** How long it is watched that nothing happens. */
const quietMs = 2_000;
/** Nothing comes by itself in this time. */
const volumeSyncMs = 600_000;

let lab: Lab;
let plugged: LabCluster;
let selfSigned: LabCluster;
let witness: Witness;

beforeAll(async () => {
  const [ca] = await createPluggedCas(1);
  const dir = await mkdtemp(join(tmpdir(), 'reroot-lab-'));
  const clusters = [
    planCluster('plugged', { replicas: 2, ca: ca!, volumeSyncMs }),
    planCluster('self-signed', { workloads: 0, ca: 'self-signed' }),
  ];
  lab = await startLab({ clusters, dir, signal });
  plugged = lab.clusters.get('plugged')!;
  selfSigned = lab.clusters.get('self-signed')!;
  await Promise.all([plugged.untilReady(signal), selfSigned.untilReady(signal)]);
  witness = await createWitness(plugged);
  return () => lab.stop();
});

describe('the stand-in for a kubelet', () => {
  it('brings a changed Secret to a pod as soon as an annotation of the pod changes, and not before', async () => {
    const rootCert = await growRoots('one');
    await expectForAWhile(async () => expect(await replicasWith(rootCert)).toEqual([]));
    const [first, second] = names();
    await touch(first);
    await waitFor(async () => (await replicasWith(rootCert)).includes(first), { timeoutMs: 5_000, what: 'the first replica' });
    await expectForAWhile(async () => expect(await replicasWith(rootCert)).toEqual([first]));
    await touch(second);
    await untilAllHold(rootCert);
  });

  it('leaves the volumes of a pod that is held alone until it is released', async () => {
    const [first, second] = names();
    plugged.holdReplica(first);
    const rootCert = await growRoots('two');
    await Promise.all([touch(first), touch(second)]);
    await waitFor(async () => (await replicasWith(rootCert)).includes(second), { timeoutMs: 5_000, what: 'the second replica' });
    await touch(first);
    await expectForAWhile(async () => expect(await replicasWith(rootCert)).toEqual([second]));
    plugged.releaseReplica(first);
    await untilAllHold(rootCert);
  });

  it('is late with one pod when it is told to', async () => {
    const [first, second] = names();
    plugged.delayReplica(first, lateMs);
    const rootCert = await growRoots('three');
    const beganAtMs = systemClock.now();
    await Promise.all([touch(first), touch(second)]);
    await untilAllHold(rootCert);
    expect(systemClock.now() - beganAtMs).toBeGreaterThan(lateMs - 500);
    plugged.delayReplica(first, 0);
  });

  it('starts a process anew that has died, and says how often', async () => {
    const [run] = plugged.workloadPods();
    await run!.crash();
    await waitFor(() => run!.isReady(), { timeoutMs: 20_000, what: 'the proxy to be back' });
    await waitFor(async () => (await readPod(run!.pod.metadata)).status.containerStatuses[0]?.restartCount === 1, {
      timeoutMs: 5_000,
      what: 'the status of the pod',
    });
  });

  it('replaces the pods of a Deployment that is rolled, and the old ones are gone', async () => {
    const [before] = plugged.workloadPods();
    const template = { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': new Date().toISOString() } } };
    await plugged.admin.patch('merge', '/apis/apps/v1/namespaces/default/deployments/web-1', { spec: { template } });
    const isReplaced = (): boolean => {
      const runs = plugged.workloadPods();
      return runs.length === 1 && runs[0] !== before && runs[0]!.isReady();
    };
    await waitFor(isReplaced, { timeoutMs: 30_000, what: 'another pod' });
  });

  it('lets pods run on while the API server is away', async () => {
    const runs = [...plugged.replicaPods(), ...plugged.workloadPods()];
    const restarts = await restartsOf(runs);
    await plugged.killApiServer();
    try {
      await expectForAWhile(async () => {
        expect(runs.map((run) => run.isReady())).toEqual(runs.map(() => true));
        // Envoy answers, not only the node that speaks for it.
        expect((await witness.look()).workloads.map(({ seen }) => seen.kind)).toEqual(['seen']);
      });
    } finally {
      await plugged.startApiServer(signal);
    }
    expect([...plugged.replicaPods(), ...plugged.workloadPods()]).toEqual(runs);
    expect(await restartsOf(runs)).toEqual(restarts);
    const rootCert = await growRoots('four');
    // It may take a moment until pods are watched again.
    await waitFor(
      async () => {
        await Promise.all(names().map(touch));
        return (await replicasWith(rootCert)).length === 2;
      },
      { timeoutMs: 20_000, what: 'both replicas' },
    );
  });
});

describe('an istiod without a Secret', () => {
  it('makes itself a root', async () => {
    expect(await selfSigned.admin.find('/api/v1/namespaces/istio-system/secrets/istio-ca-secret')).toBeDefined();
    expect(await selfSigned.admin.find('/api/v1/namespaces/istio-system/secrets/cacerts')).toBeUndefined();
  });
});

function names(): readonly [string, string] {
  const [first, second] = plugged.replicaPods().map(({ pod }) => pod.metadata.name);
  return [first!, second!];
}

/** What is expected holds at every look, for a while. */
async function expectForAWhile(check: () => Promise<void>): Promise<void> {
  const endsAtMs = systemClock.now() + quietMs;
  do {
    await check();
    await systemClock.sleep(100, signal);
  } while (systemClock.now() < endsAtMs);
}

/** How often the container of each pod was started anew, by the status of the pod. */
async function restartsOf(runs: readonly PodRun[]): Promise<readonly unknown[]> {
  const pods = await Promise.all(runs.map(({ pod }) => readPod(pod.metadata)));
  return pods.map(({ status }) => status.containerStatuses[0]?.restartCount);
}

/** One line more, which no program minds. */
async function growRoots(line: string): Promise<string> {
  const path = '/api/v1/namespaces/istio-system/secrets/cacerts';
  const { data } = await plugged.admin.request<{ data: Record<string, string> }>('GET', path);
  const rootCert = `${Buffer.from(data['root-cert.pem']!, 'base64').toString()}# ${line}\n`;
  await plugged.admin.patch('merge', path, { stringData: { 'root-cert.pem': rootCert } });
  return rootCert;
}

async function touch(pod: string): Promise<void> {
  const annotations = { touched: String(systemClock.now()) };
  await plugged.admin.patch('merge', `/api/v1/namespaces/istio-system/pods/${pod}`, { metadata: { annotations } });
}

async function replicasWith(rootCert: string): Promise<readonly string[]> {
  const { replicas } = await witness.look();
  return replicas.filter(({ seen }) => seen.kind === 'seen' && seen.held.rootCert === rootCert).map(({ name }) => name);
}

async function untilAllHold(rootCert: string): Promise<void> {
  await waitFor(async () => (await replicasWith(rootCert)).length === 2, { timeoutMs: 15_000, what: 'both replicas' });
}

async function readPod({ namespace, name }: { readonly namespace: string; readonly name: string }): Promise<{
  readonly status: { readonly containerStatuses: readonly { readonly restartCount: number }[] };
}> {
  return plugged.admin.request('GET', `/api/v1/namespaces/${namespace}/pods/${name}`);
}
