import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubernetesConfigSchema, openSecretLinkStore } from '@reroot/agent/kubernetes';
import { describeLinkStoreContract } from '@reroot/agent/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRbac } from './lab/agent/agent-access.ts';
import { type Lab, startLab } from './lab/lab.ts';
import type { LabCluster } from './lab/lab-cluster.ts';
import { planCluster } from './lab/lab-plan.ts';

const secret = { namespace: 'reroot', name: 'reroot-agent-link' };
const collection = '/api/v1/namespaces/reroot/secrets';
const path = `${collection}/${secret.name}`;
const { signal } = new AbortController();

let lab: Lab;
let real: LabCluster;

beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-link-store-'));
  const clusters = [planCluster('cluster-1', { replicas: 1, workloads: 1 })];
  lab = await startLab({ clusters, dir, signal: AbortSignal.timeout(120_000) });
  real = lab.clusters.get('cluster-1')!;
  return () => lab.stop();
});

/** The Secret as the manifest makes it. */
async function makeAnew(): Promise<void> {
  if ((await real.admin.find(path)) !== undefined) await real.admin.request('DELETE', path);
  await real.apply(await readRbac('usual'));
}

/** With the rights of the agent, and no more. */
function openStore(name = secret.name) {
  const config = kubernetesConfigSchema.parse({ kubeconfigFile: real.agent.kubeconfig });
  const outside = { clock: systemClock, random: Math.random, log: silentLog, requestTimeoutMs: 10_000 };
  return openSecretLinkStore({ secret: { ...secret, name }, config, ...outside });
}

describeLinkStoreContract('a Secret of a real API server, under the rights that are shipped', async () => {
  await makeAnew();
  const store = await openStore();
  return { open: () => store, dispose: () => store.close() };
});

describe('the rights to the state of the link', () => {
  it('reach no other Secret of the namespace, neither to read nor to write', async () => {
    await makeAnew();
    await real.admin.request('POST', collection, { metadata: { name: 'other' }, stringData: { key: 'value' } });
    const store = await openStore('other');
    await expect(store.read(signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_FORBIDDEN' });
    const record = { held: undefined, pending: undefined };
    await expect(store.write(record, '1', signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_FORBIDDEN' });
    await store.close();
  });

  it('are enough for what is kept to stay when the manifest is applied again', async () => {
    await makeAnew();
    const store = await openStore();
    const pending = { purpose: { kind: 'renew' }, privateKeyPem: 'pem' } as const;
    await store.write({ held: undefined, pending }, (await store.read(signal)).basis, signal);
    await real.apply(await readRbac('usual'));
    expect((await store.read(signal)).record.pending).toEqual(pending);
    await store.close();
  });
});
