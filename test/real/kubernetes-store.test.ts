import { randomUUID } from 'node:crypto';
import { describeStoreContracts, openKubernetes, openKubernetesStore } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { beforeAll } from 'vitest';
import type { ControlPlane } from './lab/cluster/control-plane.ts';
import { startControlPlaneAlone } from './lab/cluster/start-alone.ts';

let controlPlane: ControlPlane;
let api: Awaited<ReturnType<typeof openKubernetes>>;

beforeAll(async () => {
  const alone = await startControlPlaneAlone('store');
  ({ controlPlane } = alone);
  api = await openKubernetes('store', {
    program: { name: 'reroot-mgmt', version: '0.1.0' },
    kubeconfig: controlPlane.adminKubeconfig,
    ...{ clock: systemClock, random: Math.random, log: silentLog },
  });
  return async () => {
    await api.close();
    await alone.stop();
  };
});

let namespaces = 0;
async function makeNamespace(): Promise<string> {
  namespaces += 1;
  const name = `store-${namespaces}`;
  await controlPlane.admin.request('POST', '/api/v1/namespaces', { metadata: { name } });
  return name;
}

describeStoreContracts('the store in Secrets of a real API server', async (options) => {
  const namespace = await makeNamespace();
  const outside = { clock: systemClock, random: Math.random, newId: randomUUID, log: silentLog };
  const store = await openKubernetesStore({ api, namespace, name: 'reroot', ...outside, ...options });
  return { store, dispose: () => store.close() };
});
