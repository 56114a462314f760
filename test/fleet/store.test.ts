import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { MeshStatus } from '@reroot/shared/api';
import { meshDocument } from '@reroot/simulator/fleet-launcher';
import { afterEach, describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { replicasOf, rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { launchSimulatedMesh, type SimulatedMesh } from './simulated-mesh.ts';

const cli = resolve(import.meta.dirname, '../../packages/cli/src/main.js');

let fleet: SimulatedMesh | undefined;
afterEach(async () => {
  await fleet?.stop();
  fleet = undefined;
});

const launch = async (): Promise<SimulatedMesh> => {
  fleet = await launchSimulatedMesh({ clusters: 2, ratePerSecond: 60 });
  return fleet;
};

/** Runs `reroot store` as an operator does. */
async function reroot(...args: readonly string[]): Promise<void> {
  await promisify(execFile)(process.execPath, [cli, 'store', ...args]);
}

/** The configuration of mgmt, over another data directory. */
async function configFor({ dir }: SimulatedMesh, data: string): Promise<string> {
  const config = JSON.parse(await readFile(join(dir, 'mgmt.json'), 'utf8')) as Record<string, unknown>;
  const file = join(dir, `mgmt-${data}.json`);
  await writeFile(file, JSON.stringify({ ...config, dataDir: join(dir, data) }));
  return file;
}

/** Has mgmt start over that from now on. */
async function startOn(mesh: SimulatedMesh, config: string): Promise<void> {
  await writeFile(join(mesh.dir, 'mgmt.json'), await readFile(config));
  await mesh.mgmt.start(mesh.broken);
}

/** Rotates, and holds the rotation up in its first step; gives how to let it go on. */
async function rotateHeld(mesh: SimulatedMesh): Promise<{ readonly newRoot: string | undefined; release(): Promise<void> }> {
  const [cluster] = mesh.clusters;
  const replica = (await replicasOf(mesh, cluster!)).at(-1)!;
  await mesh.control.holdReplica(cluster!, replica, mesh.broken);
  const { rotation } = await mesh.rotate();
  await mesh.until('one laggard', ({ verdict }) => verdict.laggards.length === 1 && verdict.laggards[0]?.replica === replica);
  return { newRoot: rotation?.newRoot, release: () => mesh.control.releaseReplica(cluster!, replica, mesh.broken) };
}

const finished = ({ state }: MeshStatus): boolean => state === 'FINISHED';

describe('a rotation that is under way', () => {
  it('ends without a failed handshake on the store that the first one was copied into', async () => {
    const mesh = await launch();
    const before = await mesh.traffic();
    const { newRoot, release } = await rotateHeld(mesh);
    const { term, rotation } = await mesh.status();
    await mesh.mgmt.kill();
    const [from, to] = [await configFor(mesh, 'data'), await configFor(mesh, 'copy')];
    await reroot('copy', '--from', from, '--to', to, '--yes');
    await startOn(mesh, to);
    await release();
    const ended = await mesh.until('FINISHED', finished);
    expect(ended.rotation?.id).toBe(rotation?.id);
    expect(ended.term).toBeGreaterThan(term + 1_000_000);
    await expectUnharmed(mesh, before, newRoot);
  });

  it('ends without a failed handshake on a store that was restored, once every cluster was heard', async () => {
    const mesh = await launch();
    const before = await mesh.traffic();
    const { newRoot, release } = await rotateHeld(mesh);
    await mesh.mgmt.kill();
    const [from, to] = [await configFor(mesh, 'data'), await configFor(mesh, 'restored')];
    const image = join(mesh.dir, 'image');
    await reroot('backup', '--config', from, '--out', image);
    await reroot('restore', image, '--config', to);
    await startOn(mesh, to);
    await release();
    await mesh.until('FINISHED', finished);
    const history = await mesh.api.readHistory(meshName, mesh.broken);
    expect(JSON.stringify(history)).toContain('every cluster has shown that the restored record is not older than the mesh');
    await expectUnharmed(mesh, before, newRoot);
  });
});

describe('an image that is older than the mesh', () => {
  it('leads nobody, says so, and its clusters are adopted by a mesh that is made anew', async () => {
    const mesh = await launch();
    const before = await mesh.traffic();
    const image = join(mesh.dir, 'image');
    const first = await configFor(mesh, 'data');
    await mesh.mgmt.kill();
    await reroot('backup', '--config', first, '--out', image);
    await mesh.mgmt.start(mesh.broken);
    const { rotation } = await mesh.rotate();
    await mesh.until('FINISHED', finished);
    await mesh.mgmt.kill();

    const old = await configFor(mesh, 'old');
    await reroot('restore', image, '--config', old);
    await startOn(mesh, old);
    const led = await mesh.until('StoreOutdated', ({ verdict }) => verdict.reason === 'StoreOutdated');
    expect(led.alarms).toContainEqual(expect.objectContaining({ severity: 'critical', reason: 'StoreOutdated' }));
    await expect(mesh.rotate()).rejects.toMatchObject({ code: expect.stringMatching(/RR_MESH_RESTORED|RR_PREFLIGHT_FAILED/) });
    await mesh.untilHandshakes(100);
    for (const cluster of mesh.clusters) expect(await rootsInSecret(mesh, cluster)).toEqual([rotation?.newRoot]);
    await mesh.mgmt.kill();

    const anew = await configFor(mesh, 'anew');
    await reroot('restore', image, '--config', anew, '--without-meshes');
    await startOn(mesh, anew);
    const plan = { name: meshName, clusters: mesh.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' } as const;
    await mesh.api.applyHeldBack(meshName, meshDocument(plan), mesh.broken);
    await mesh.look('every cluster to be adoptable', async () => {
      const found = await mesh.api.readAdoption(meshName, mesh.broken);
      return found.clusters.every(({ problems }) => problems.length === 0) ? found : undefined;
    });
    const adopting = await mesh.api.adopt(meshName, { by: 'test' }, mesh.broken);
    await mesh.until('FINISHED', finished);
    await expectNoneFailed(mesh, before);
    await expectUnharmed(mesh, before, adopting.rotation?.newRoot);
  });
});

describe('a store that is lost, and of which there is no image', () => {
  // It launches a fleet, has it join a second time and adopts it: twice the work of the others.
  it('is begun anew, and its clusters are adopted as they are, without a failed handshake', async () => {
    const mesh = await launch();
    const before = await mesh.traffic();
    await mesh.mgmt.kill();
    await rm(join(mesh.dir, 'data'), { recursive: true });

    const config = await configFor(mesh, 'anew');
    await reroot('raise-term', '--config', config, '--yes');
    await startOn(mesh, config);
    const ask = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [cli, ...args, '--server', mesh.api.server]);
    for (const cluster of mesh.clusters) {
      const agent = mesh.agents.get(cluster);
      await agent?.kill();
      const joinFile = join(mesh.dir, `${cluster}.join.json`);
      await rm(joinFile);
      await ask('cluster', 'add', cluster, '--mesh', meshName, '--out', joinFile);
      await agent?.start(mesh.broken);
    }
    const plan = { name: meshName, clusters: mesh.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' } as const;
    const file = join(mesh.dir, 'mesh.yaml');
    await writeFile(file, meshDocument(plan));
    await ask('mesh', 'adopt', '-f', file);
    await mesh.look('every cluster to be adoptable', async () => {
      const found = await mesh.api.readAdoption(meshName, mesh.broken);
      return found.clusters.every(({ problems }) => problems.length === 0) ? found : undefined;
    });
    await ask('mesh', 'adopt', '--mesh', meshName, '--yes', '--no-wait');
    const ended = await mesh.until('FINISHED', finished);
    await expectUnharmed(mesh, before, ended.rotation?.newRoot);
  }, 240_000);
});
