import type { Step } from '@reroot/shared/protocol';
import type { FleetProcess } from '@reroot/simulator/fleet-launcher';
import { beforeAll, describe, expect, it } from 'vitest';
import { launchMeshFleet, type MeshFleet } from './mesh-fleet.ts';
import { replicasOf } from './secret-roots.ts';

/** What dies in each step. */
type Crashes = readonly (readonly [step: Step, victim: FleetProcess | undefined])[];

let fleet: MeshFleet;

beforeAll(async () => {
  fleet = await launchMeshFleet({ clusters: 2, ratePerSecond: 50 });
  return () => fleet.stop();
});

/**
 * Rotates, kills each victim with SIGKILL as soon as its step has begun, and starts it again. So that no step ends before
 * its crash, one replica is kept from loading, of the one cluster and of the other in turn.
 */
async function rotateThrough(crashes: Crashes): Promise<void> {
  const before = await fleet.traffic();
  const holds = await Promise.all(fleet.clusters.map((cluster) => holdOf(cluster)));
  await holds[0]!.begin();
  const { rotation } = await fleet.rotate();
  for (const [turn, [step, victim]] of crashes.entries()) {
    const [holding, next] = turn % 2 === 0 ? [holds[0]!, holds[1]!] : [holds[1]!, holds[0]!];
    await fleet.until(step, ({ state }) => state === step);
    await victim?.kill();
    await victim?.start(fleet.broken);
    const { state } = await fleet.until('one laggard', ({ verdict }) => verdict.laggards.length === 1 && holding.isIn(verdict));
    expect(state).toBe(step);
    if (turn < crashes.length - 1) await next.begin();
    await holding.end();
  }
  const { clusters } = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
  await fleet.untilHandshakes(100);
  expect(clusters.map(({ roots }) => roots)).toEqual(fleet.clusters.map(() => [rotation?.newRoot]));
  expect(await fleet.traffic()).toMatchObject({ failed: before.failed, byReason: before.byReason });
}

interface Hold {
  begin(): Promise<void>;
  end(): Promise<void>;
  isIn(verdict: Awaited<ReturnType<MeshFleet['status']>>['verdict']): boolean;
}

async function holdOf(cluster: string): Promise<Hold> {
  const replica = (await replicasOf(fleet, cluster)).at(-1)!;
  return {
    begin: () => fleet.control.holdReplica(cluster, replica, fleet.broken),
    end: () => fleet.control.releaseReplica(cluster, replica, fleet.broken),
    isIn: ({ laggards }) => laggards.some((laggard) => laggard.cluster === cluster && laggard.replica === replica),
  };
}

describe('a rotation finishes without a failed handshake', () => {
  it('when mgmt is killed in each of the three steps', async () => {
    const { term } = await fleet.status();
    const { mgmt } = fleet;
    await rotateThrough([
      ['ADDING_NEW_ROOT', mgmt],
      ['PROPAGATING_NEW_INTERMEDIATE', mgmt],
      ['DELETING_OLD_ROOT', mgmt],
    ]);
    expect((await fleet.status()).term).toBe(term + 3);
  });

  it('when nats-server is killed', async () => {
    await rotateThrough([['ADDING_NEW_ROOT', fleet.nats]]);
  });

  it('when an agent is killed', async () => {
    await rotateThrough([
      ['ADDING_NEW_ROOT', undefined],
      ['PROPAGATING_NEW_INTERMEDIATE', fleet.agents.get('cluster-2')],
    ]);
  });
});
