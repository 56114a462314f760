import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import {
  createKubernetesKeys,
  describeContentsContract,
  openKubernetes,
  openKubernetesContents,
  openKubernetesStore,
} from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { beforeAll, describe, expect, it } from 'vitest';
import { launchSimulatedMesh } from '../fleet/simulated-mesh.ts';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { replicasOf } from '../scenarios/held-by-clusters.ts';
import type { ControlPlane } from './lab/cluster/control-plane.ts';
import { startControlPlaneAlone } from './lab/cluster/start-alone.ts';

const cli = resolve(import.meta.dirname, '../../packages/cli/src/main.js');
const program = { name: 'reroot-mgmt', version: '0.1.0' };
const outside = { clock: systemClock, random: Math.random, log: silentLog };

let controlPlane: ControlPlane;
let makeNamespace: () => Promise<string>;

beforeAll(async () => {
  const alone = await startControlPlaneAlone('store-image');
  ({ controlPlane, makeNamespace } = alone);
  return () => alone.stop();
});

const openApi = () => openKubernetes('store', { ...outside, program, kubeconfig: controlPlane.adminKubeconfig });

describeContentsContract('Secrets of a real API server', async () => {
  const namespace = await makeNamespace();
  const api = await openApi();
  const where = { ...outside, api, namespace, name: 'reroot', newId: randomUUID };
  return {
    openStore: (audit) => openKubernetesStore({ ...where, audit }),
    openContents: () => openKubernetesContents(where, 'make'),
    dispose: () => api.close(),
  };
});

describe('an mgmt that was stopped in the middle of a rotation', () => {
  it('goes on in Kubernetes, with store and keys in Secrets and no disk, and no handshake fails', async () => {
    const namespace = await makeNamespace();
    const mesh = await launchSimulatedMesh({ clusters: 2, ratePerSecond: 60 });
    try {
      const before = await mesh.traffic();
      const [cluster] = mesh.clusters;
      const replica = (await replicasOf(mesh, cluster!)).at(-1)!;
      await mesh.control.holdReplica(cluster!, replica, mesh.broken);
      const { rotation } = await mesh.rotate();
      await mesh.until('one laggard', ({ verdict }) => verdict.laggards.length === 1 && verdict.laggards[0]?.replica === replica);
      await mesh.mgmt.kill();
      const [from, to] = [join(mesh.dir, 'mgmt.json'), join(mesh.dir, 'kubernetes.json')];
      const config = JSON.parse(await readFile(from, 'utf8')) as Record<string, unknown>;
      const store = { kind: 'kubernetes', namespace, kubeconfigFile: controlPlane.adminKubeconfig };
      await writeFile(to, JSON.stringify({ ...config, dataDir: undefined, store }));
      await promisify(execFile)(process.execPath, [cli, 'store', 'copy', '--from', from, '--to', to, '--yes']);
      await writeFile(from, await readFile(to));
      await mesh.mgmt.start(mesh.broken);
      await mesh.control.releaseReplica(cluster!, replica, mesh.broken);
      const ended = await mesh.until('FINISHED', ({ state }) => state === 'FINISHED');
      expect(ended.rotation?.id).toBe(rotation?.id);
      await expectUnharmed(mesh, before, rotation?.newRoot);
      const api = await openApi();
      const keys = createKubernetesKeys(api, { namespace, store: 'reroot', signal: mesh.broken });
      expect(await keys.list()).toContain(rotation?.newRoot);
      await api.close();
    } finally {
      await mesh.stop();
    }
  });
});
