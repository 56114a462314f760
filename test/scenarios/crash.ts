import type { MeshStatus } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import type { FleetProcess } from '@reroot/simulator/fleet-launcher';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import { replicasOf } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';

/** What dies in each step. */
type Crashes = readonly (readonly [step: Step, victim: FleetProcess | undefined])[];

/** Parts of reroot die half-way. */
export function describeCrashes(fleetOf: () => MeshFleet): void {
  describe('a rotation finishes without a failed handshake', () => {
    it('when mgmt is killed in each of the three steps', async () => {
      const fleet = fleetOf();
      const { term } = await fleet.status();
      const { mgmt } = fleet;
      await rotateThrough(fleet, [
        ['ADDING_NEW_ROOT', mgmt],
        ['PROPAGATING_NEW_INTERMEDIATE', mgmt],
        ['DELETING_OLD_ROOT', mgmt],
      ]);
      expect((await fleet.status()).term).toBe(term + 3);
    });

    it('when nats-server is killed', async () => {
      const fleet = fleetOf();
      await rotateThrough(fleet, [['ADDING_NEW_ROOT', fleet.nats]]);
    });

    it('when an agent is killed', async () => {
      const fleet = fleetOf();
      await rotateThrough(fleet, [
        ['ADDING_NEW_ROOT', undefined],
        ['PROPAGATING_NEW_INTERMEDIATE', fleet.agents.get('cluster-2')],
      ]);
    });
  });
}

/**
 * Rotates, kills each victim with SIGKILL as soon as its step has begun, and starts it again. So that no step ends before
 * its crash, one replica is kept from loading, of the one cluster and of the other in turn.
 */
async function rotateThrough(fleet: MeshFleet, crashes: Crashes): Promise<void> {
  const before = await fleet.traffic();
  const [first, second] = await Promise.all(fleet.clusters.map((cluster) => holdOf(fleet, cluster)));
  await first!.begin();
  const { rotation } = await fleet.rotate();
  for (const [turn, [step, victim]] of crashes.entries()) {
    const [holding, next] = turn % 2 === 0 ? [first!, second!] : [second!, first!];
    await fleet.until(step, ({ state }) => state === step);
    await victim?.kill();
    await victim?.start(fleet.broken);
    const { state } = await fleet.until('one laggard', ({ verdict }) => verdict.laggards.length === 1 && holding.isIn(verdict));
    expect(state).toBe(step);
    if (turn < crashes.length - 1) await next.begin();
    await holding.end();
  }
  await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
  await expectUnharmed(fleet, before, rotation?.newRoot);
}

interface Hold {
  begin(): Promise<void>;
  end(): Promise<void>;
  isIn(verdict: MeshStatus['verdict']): boolean;
}

/** Holds the last replica of a cluster. */
async function holdOf(fleet: MeshFleet, cluster: string): Promise<Hold> {
  const replica = (await replicasOf(fleet, cluster)).at(-1)!;
  return {
    begin: () => fleet.control.holdReplica(cluster, replica, fleet.broken),
    end: () => fleet.control.releaseReplica(cluster, replica, fleet.broken),
    isIn: ({ laggards }) => laggards.some((laggard) => laggard.cluster === cluster && laggard.replica === replica),
  };
}
