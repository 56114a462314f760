import type { Step } from '@reroot/shared/protocol';
import { beforeAll, describe, expect, it } from 'vitest';
import { launchMeshFleet, type MeshFleet } from './mesh-fleet.ts';

const steps: readonly Step[] = ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'];

let fleet: MeshFleet;

beforeAll(async () => {
  fleet = await launchMeshFleet({ clusters: 2, ratePerSecond: 50 });
  return () => fleet.stop();
});

/** Kills a part with SIGKILL while the rotation is under way in a step, and starts it again. */
async function crashIn(step: Step, part: MeshFleet['mgmt']): Promise<void> {
  await fleet.until(step, ({ state }) => state === step);
  await part.kill();
  const killedAtMs = Date.now();
  await part.start(fleet.broken);
  const history = await readHistory();
  const entered = history.findLastIndex(({ state }) => state === step);
  const left = history[entered + 1];
  expect(left === undefined || Date.parse(left.timestamp) > killedAtMs, `${step} was under way at the moment of the crash`).toBe(
    true,
  );
}

function readHistory(): ReturnType<MeshFleet['api']['readHistory']> {
  return fleet.api.readHistory('test', fleet.broken);
}

/** Runs a rotation with crashes in it, and sees it finish without a failed handshake. */
async function rotateThrough(crashes: () => Promise<void>): Promise<void> {
  const before = await fleet.traffic();
  const { rotation } = await fleet.rotate();
  await crashes();
  const { clusters } = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
  await fleet.untilHandshakes(100);
  expect(clusters.map(({ roots }) => roots)).toEqual(fleet.clusters.map(() => [rotation?.newRoot]));
  expect(await fleet.traffic()).toMatchObject({ failed: before.failed, byReason: before.byReason });
}

describe('a rotation finishes without a failed handshake', () => {
  it('when mgmt is killed in each of the three steps', async () => {
    const { term } = await fleet.status();
    await rotateThrough(async () => {
      for (const step of steps) await crashIn(step, fleet.mgmt);
    });
    expect((await fleet.status()).term).toBe(term + 3);
  });

  it('when nats-server is killed', async () => {
    await rotateThrough(() => crashIn('PROPAGATING_NEW_INTERMEDIATE', fleet.nats));
  });

  it('when an agent is killed', async () => {
    await rotateThrough(() => crashIn('ADDING_NEW_ROOT', fleet.agents.get('cluster-2')!));
  });
});
