import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubernetesConfigSchema, openKubernetesCluster } from '@reroot/agent/kubernetes';
import { describeClusterContract, type RecordedEvent } from '@reroot/agent/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { beforeAll } from 'vitest';
import { type Lab, startLab } from './lab/lab.ts';
import type { LabCluster } from './lab/lab-cluster.ts';
import { planCluster, workloadsOf } from './lab/lab-plan.ts';

const patienceMs = 30_000;

let lab: Lab;
let real: LabCluster;

beforeAll(async () => {
  const signal = AbortSignal.timeout(120_000);
  const dir = await mkdtemp(join(tmpdir(), 'reroot-contract-'));
  lab = await startLab({ clusters: [planCluster('cluster-1', { replicas: 2, workloads: 2 })], dir, signal });
  real = lab.clusters.get('cluster-1')!;
  return () => lab.stop();
});

describeClusterContract('a real cluster', async () => {
  await takeOut(real);
  const config = kubernetesConfigSchema.parse({
    kubeconfigFile: real.controlPlane.adminKubeconfig,
    serviceAccount: { namespace: 'default', name: 'default' },
    probe: { intervalMs: 10 },
  });
  const cluster = await openKubernetesCluster({
    name: real.name,
    config,
    clock: systemClock,
    random: Math.random,
    log: silentLog,
  });
  return { cluster, patienceMs, eventsOf, dispose: () => cluster.close() };
});

/** As `kubectl get events` asks for them: by the older API, which shows what was written by the newer one. */
async function eventsOf(id: string): Promise<readonly RecordedEvent[]> {
  const path = '/api/v1/namespaces/istio-system/events?fieldSelector=involvedObject.kind=Secret,involvedObject.name=cacerts';
  const { items } = (await real.admin.find(path)) as { items: readonly CoreEvent[] };
  const own = items.filter(({ metadata }) => metadata.name.endsWith(`.${id}`));
  return own.map(({ type, reason, message: note, eventTime, series }) => {
    const firstAtMs = Date.parse(eventTime);
    const lastAtMs = series === undefined ? firstAtMs : Date.parse(series.lastObservedTime);
    return { severity: type === 'Normal' ? 'normal' : 'warning', reason, note, count: series?.count ?? 1, firstAtMs, lastAtMs };
  });
}

/** Event of core/v1, as far as it is looked into. */
interface CoreEvent {
  readonly metadata: { readonly name: string };
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly eventTime: string;
  readonly series?: { readonly count: number; readonly lastObservedTime: string };
}

/** Takes away what the test before has written, and every pod that may hold it: new ones wait for a Secret. */
async function takeOut({ admin, plan, replicaPods, workloadPods }: LabCluster): Promise<void> {
  const areRolledOut = async (namespace: string): Promise<boolean> => {
    const { items } = (await admin.find(`/apis/apps/v1/namespaces/${namespace}/deployments`)) as { items: readonly Deployment[] };
    return items.every(({ metadata, spec, status }) => {
      const counts = [status.replicas, status.updatedReplicas, status.availableReplicas];
      return status.observedGeneration === metadata.generation && counts.every((count) => count === spec.replicas);
    });
  };
  const podsOf = (): readonly string[] => [...replicaPods(), ...workloadPods()].map(({ pod }) => pod.metadata.uid);
  const cacerts = '/api/v1/namespaces/istio-system/secrets/cacerts';
  const namespaces = new Set([...replicaPods(), ...workloadPods()].map(({ pod }) => pod.metadata.namespace));
  if ((await admin.find(cacerts)) !== undefined) {
    // A rollout that is under way would stop half-way without the Secret, with a pod too many.
    const areOver = async (): Promise<boolean> => (await Promise.all([...namespaces].map(areRolledOut))).every(Boolean);
    await waitFor(areOver, { timeoutMs: patienceMs, what: 'the rollouts of the test before to be over' });
    await admin.request('DELETE', cacerts);
  }
  const before = new Set(podsOf());
  for (const namespace of namespaces) await admin.request('DELETE', `/api/v1/namespaces/${namespace}/pods?gracePeriodSeconds=0`);
  const expected = plan.replicas + workloadsOf(plan).length;
  const areNew = (): boolean => podsOf().length === expected && podsOf().every((uid) => !before.has(uid));
  await waitFor(areNew, { timeoutMs: patienceMs, what: `${expected} new pods` });
}

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
  };
}
