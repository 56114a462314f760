import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubernetesConfigSchema, openKubernetesCluster } from '@reroot/agent/kubernetes';
import { describeClusterContract } from '@reroot/agent/testing';
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
  return { cluster, patienceMs, dispose: () => cluster.close() };
});

/** Takes away what the test before has written, and every pod that may hold it: new ones wait for a Secret. */
async function takeOut({ admin, plan, replicaPods, workloadPods }: LabCluster): Promise<void> {
  const podsOf = (): readonly string[] => [...replicaPods(), ...workloadPods()].map(({ pod }) => pod.metadata.uid);
  const cacerts = '/api/v1/namespaces/istio-system/secrets/cacerts';
  if ((await admin.find(cacerts)) !== undefined) await admin.request('DELETE', cacerts);
  const before = new Set(podsOf());
  const namespaces = new Set([...replicaPods(), ...workloadPods()].map(({ pod }) => pod.metadata.namespace));
  for (const namespace of namespaces) await admin.request('DELETE', `/api/v1/namespaces/${namespace}/pods?gracePeriodSeconds=0`);
  const expected = plan.replicas + workloadsOf(plan).length;
  const areNew = (): boolean => podsOf().length === expected && podsOf().every((uid) => !before.has(uid));
  await waitFor(areNew, { timeoutMs: patienceMs, what: `${expected} new pods` });
}
