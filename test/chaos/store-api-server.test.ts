import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStoreContracts, openKubernetes, openKubernetesStore } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { kubeconfigFor, startStoreApiServer } from './store-api-server.ts';

const outside = { clock: systemClock, random: Math.random, log: silentLog };
let api: Awaited<ReturnType<typeof openKubernetes>>;

beforeAll(async () => {
  const server = await startStoreApiServer();
  const dir = await mkdtemp(join(tmpdir(), 'reroot-store-api-'));
  const kubeconfig = join(dir, 'kubeconfig.json');
  await writeFile(kubeconfig, kubeconfigFor(server.port));
  api = await openKubernetes('store', { program: { name: 'reroot-mgmt', version: '0.1.0' }, kubeconfig, ...outside });
  return async () => {
    await api.close();
    await server.stop();
    await rm(dir, { recursive: true });
  };
});

let namespaces = 0;

describeStoreContracts('the store in Secrets of the stand-in', async (options) => {
  namespaces += 1;
  const place = { namespace: `store-${namespaces}`, name: 'reroot', newId: randomUUID };
  const store = await openKubernetesStore({ api, ...place, ...outside, ...options });
  return { store, dispose: () => store.close() };
});

describe('the stand-in for the API server', () => {
  const leases = '/apis/coordination.k8s.io/v1/namespaces/reroot/leases';
  const signal = AbortSignal.timeout(60_000);
  const lease = (holder: string, resourceVersion?: string): object => ({
    metadata: { name: 'lead', ...(resourceVersion === undefined ? {} : { resourceVersion }) },
    spec: { holderIdentity: holder },
  });

  it('lets one of two take a lease, and refuses who goes by what it was before', async () => {
    const { metadata } = await api.create<{ metadata: { resourceVersion: string } }>(leases, lease('one'), signal);
    await expect(api.create(leases, lease('two'), signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_CONFLICT' });
    const basis = metadata.resourceVersion;
    await api.mergePatch(`${leases}/lead`, lease('two', basis), signal);
    await expect(api.mergePatch(`${leases}/lead`, lease('one', basis), signal)).rejects.toMatchObject({
      code: 'RR_CLUSTER_CONFLICT',
    });
    expect(await api.get(`${leases}/lead`, signal)).toMatchObject({ spec: { holderIdentity: 'two' } });
  });

  it('tells a watch what has changed since a version, deletions too, and then each change', async () => {
    const path = '/api/v1/namespaces/watched/secrets';
    const one = await api.create<{ metadata: { resourceVersion: string } }>(path, { metadata: { name: 'one' } }, signal);
    await api.delete(`${path}/one`, undefined, signal);
    const stop = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      const events = api.watch(`${path}?watch=1&resourceVersion=${one.metadata.resourceVersion}`, stop.signal);
      for await (const { type, object } of events)
        seen.push(`${type} ${(object as { metadata: { name: string } }).metadata.name}`);
    })().catch(() => undefined);
    await waitFor(() => seen.length === 1, { timeoutMs: 10_000, what: 'the deletion' });
    await api.create(path, { metadata: { name: 'two' } }, signal);
    await waitFor(() => seen.length === 2, { timeoutMs: 10_000, what: 'the creation' });
    stop.abort();
    await watching;
    expect(seen).toEqual(['DELETED one', 'ADDED two']);
  });

  it('refuses what is not there, and a Secret that is too large', async () => {
    await expect(api.get(`${leases}/none`, signal)).rejects.toMatchObject({ code: 'RR_OBJECT_NOT_FOUND' });
    const data = { large: Buffer.alloc(1_048_577).toString('base64') };
    const large = api.create('/api/v1/namespaces/reroot/secrets', { metadata: { name: 'large' }, data }, signal);
    await expect(large).rejects.toMatchObject({ code: 'RR_OBJECT_REFUSED' });
  });
});
