import type { FleetProcess } from '@reroot/simulator/fleet-launcher';
import { describe, expect, it } from 'vitest';
import type { MeshFleet } from './mesh-fleet.ts';
import { rotateThrough } from './rotate-through.ts';

/** Parts of reroot die half-way. */
export function describeCrashes(fleetOf: () => MeshFleet): void {
  describe('a rotation finishes without a failed handshake', () => {
    it('when mgmt is killed in each of the three steps', async () => {
      const fleet = fleetOf();
      const { term } = await fleet.status();
      const crashOfMgmt = crash(fleet, fleet.mgmt);
      await rotateThrough(fleet, [
        ['ADDING_NEW_ROOT', crashOfMgmt],
        ['PROPAGATING_NEW_INTERMEDIATE', crashOfMgmt],
        ['DELETING_OLD_ROOT', crashOfMgmt],
      ]);
      expect((await fleet.status()).term).toBe(term + 3);
    });

    it('when nats-server is killed', async () => {
      const fleet = fleetOf();
      await rotateThrough(fleet, [['ADDING_NEW_ROOT', crash(fleet, fleet.nats)]]);
    });

    it('when an agent is killed', async () => {
      const fleet = fleetOf();
      await rotateThrough(fleet, [
        ['ADDING_NEW_ROOT', async () => undefined],
        ['PROPAGATING_NEW_INTERMEDIATE', crash(fleet, fleet.agents.get('cluster-2'))],
      ]);
    });
  });
}

/** Kills a process with SIGKILL, and starts it again. */
function crash(fleet: MeshFleet, victim: FleetProcess | undefined): () => Promise<void> {
  return async () => {
    await victim?.kill();
    await victim?.start(fleet.broken);
  };
}
