import { createKubernetesKeys, describeKeyStoreContract, openKubernetes } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ControlPlane } from './lab/cluster/control-plane.ts';
import { startControlPlaneAlone } from './lab/cluster/start-alone.ts';

const { signal } = new AbortController();

let controlPlane: ControlPlane;
let makeNamespace: () => Promise<string>;

beforeAll(async () => {
  const alone = await startControlPlaneAlone('keys');
  ({ controlPlane, makeNamespace } = alone);
  return () => alone.stop();
});

const openApi = () =>
  openKubernetes('store', {
    program: { name: 'reroot-mgmt', version: '0.1.0' },
    kubeconfig: controlPlane.adminKubeconfig,
    ...{ clock: systemClock, random: Math.random, log: silentLog },
  });

describeKeyStoreContract('Secrets of a real API server', async () => {
  const namespace = await makeNamespace();
  const api = await openApi();
  return {
    open: () => createKubernetesKeys(api, { namespace, store: 'reroot', signal }),
    dispose: () => api.close(),
  };
});

describe('the Secrets of the key store', () => {
  it('are changed by nobody, and a hundred of them are listed', async () => {
    const namespace = await makeNamespace();
    const api = await openApi();
    const keys = createKubernetesKeys(api, { namespace, store: 'reroot', signal });
    const names = Array.from({ length: 105 }, (_, index) => `demo-${String(index).padStart(3, '0')}`);
    for (const name of names) await keys.add(name, 'sealed');
    expect(await keys.list()).toEqual(names);
    const path = `/api/v1/namespaces/${namespace}/secrets/reroot-key-demo-000`;
    const change = { data: { 'sealed.json': 'eA==' } };
    await expect(api.mergePatch(path, change, signal)).rejects.toMatchObject({ code: 'RR_OBJECT_REFUSED' });
    await api.close();
  });
});
