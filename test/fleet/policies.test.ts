import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { MeshStatus } from '@reroot/shared/api';
import { meshDocument } from '@reroot/simulator/fleet-launcher';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bystander, startBystander } from './bystander.ts';
import { launchMeshFleet, type MeshFleet } from './mesh-fleet.ts';
import { rootsInSecret } from './secret-roots.ts';

let fleet: MeshFleet;

beforeAll(async () => {
  fleet = await launchMeshFleet({ clusters: 3, ratePerSecond: 60 });
  return () => fleet.stop();
});

/** Gives the mesh another policy on rotations. */
async function setPolicy(policy: Readonly<Record<string, unknown>>): Promise<void> {
  const plan = { name: 'test', clusters: fleet.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' } as const;
  await fleet.api.applyMesh('test', meshDocument({ ...plan, policy }), fleet.broken);
}

const awaits = ({ verdict }: MeshStatus): boolean => verdict.reason === 'AwaitingVerification';
const act = { by: 'test', why: 'to see what happens' };

/** What every test ends with: not one handshake more has failed, and every cluster holds this root alone. */
async function expectUnharmed(before: Awaited<ReturnType<MeshFleet['traffic']>>, root: string | undefined): Promise<void> {
  await fleet.untilHandshakes(100);
  expect(await fleet.traffic()).toMatchObject({ failed: before.failed, byReason: before.byReason });
  for (const cluster of fleet.clusters) expect(await rootsInSecret(fleet, cluster)).toEqual([root]);
}

describe('a rotation in waves', () => {
  it('proves the canary before it tells the next cluster, in every step, without a failed handshake', async () => {
    await setPolicy({ waves: { canaries: ['cluster-3'], maxPercent: 50, soak: '0.5s' } });
    const before = await fleet.traffic();
    const { rotation } = await fleet.rotate();
    const partly: string[] = [];
    await fleet.until('FINISHED', ({ state, step, wave, clusters }) => {
      const told = clusters.filter((cluster) => cluster.told?.step === step).map(({ name }) => name);
      if (wave.index === 1 && state === step) partly.push(`${step}: ${told.join()}`);
      return state === 'FINISHED';
    });
    expect([...new Set(partly)]).toEqual(
      ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'].map((step) => `${step}: cluster-3`),
    );
    await expectUnharmed(before, rotation?.newRoot);
  });
});

describe('an excluded cluster that returns', () => {
  it('in time, is brought forward, and no handshake fails', async () => {
    await setPolicy({});
    const before = await fleet.traffic();
    await fleet.agents.get('cluster-2')?.kill();
    const { rotation } = await fleet.rotate({ verification: 'manual' });
    await fleet.api.excludeCluster('test', 'cluster-2', act, fleet.broken);
    const waiting = await fleet.until('the others to be proven', awaits);
    expect(await rootsInSecret(fleet, 'cluster-2')).toEqual([rotation?.oldRoot]);

    await fleet.agents.get('cluster-2')?.start(fleet.broken);
    await fleet.api.includeCluster('test', 'cluster-2', act, fleet.broken);
    const back = await fleet.until(
      'it to count again',
      (status) => status.clusters[1]?.membership === 'member' && awaits(status),
    );
    expect(back.generation).toBe(waiting.generation);
    expect(await rootsInSecret(fleet, 'cluster-2')).toEqual([rotation?.oldRoot, rotation?.newRoot]);

    let status = back;
    while (status.state !== 'FINISHED') {
      await fleet.answer(status, 'CONTINUE');
      const { generation } = status;
      status = await fleet.until(
        'the next step',
        (next) => next.state === 'FINISHED' || (awaits(next) && next.generation > generation),
      );
    }
    await expectUnharmed(before, rotation?.newRoot);
  });
});

describe('a deposed mgmt that goes on speaking', () => {
  it('stops nothing and breaks nothing', async () => {
    const { term } = await fleet.status();
    const copy = join(fleet.dir, 'deposed');
    await fleet.mgmt.kill();
    await cp(join(fleet.dir, 'data'), copy, { recursive: true });
    // Twice, so that its term is above the one that the copy takes.
    for (let start = 0; start < 2; start += 1) {
      await fleet.mgmt.start(fleet.broken);
      if (start === 0) await fleet.mgmt.kill();
    }
    const deposed = await startDeposed(copy);
    try {
      const before = await fleet.traffic();
      const { rotation } = await fleet.rotate();
      const finished = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      expect(finished.term).toBe(term + 2);
      expect(deposed.output()).toContain('"msg":"ready"');
      await expectUnharmed(before, rotation?.newRoot);
    } finally {
      await deposed.stop();
    }
  });
});

/** A second mgmt, on a store from before the present one's start; it speaks every half second. */
async function startDeposed(dataDir: string): Promise<Bystander> {
  const config = JSON.parse(await readFile(join(fleet.dir, 'mgmt.json'), 'utf8')) as Record<string, object>;
  const file = join(fleet.dir, 'deposed.json');
  const timings = { ...config['timings'], resyncMs: 500 };
  await writeFile(file, JSON.stringify({ ...config, dataDir, timings, api: { port: 0 } }));
  return startBystander(createRequire(import.meta.url).resolve('@reroot/mgmt/main'), ['--config', file], fleet.broken);
}
