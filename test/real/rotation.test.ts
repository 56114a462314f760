import { systemClock } from '@reroot/shared/clock';
import { describe, expect, it } from 'vitest';
import { describeDeletedSecret } from '../scenarios/deleted-secret.ts';
import { describeLateReplica } from '../scenarios/late-replica.ts';
import { describeRollback } from '../scenarios/rollback.ts';
import { describeRotation } from '../scenarios/rotation.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { planThreeClusters } from './lab/lab-plan.ts';
import { countHandshakes } from './lab/traffic/count-handshakes.ts';
import { launchRealMesh, type RealMesh } from './real-mesh.ts';

const fleet = shareFleet(() => launchRealMesh(planThreeClusters()));

describeTraffic(fleet);
describeRotation(fleet);
describeRollback(fleet);
describeLateReplica(fleet);
describeDeletedSecret(fleet);

/** What all other tests of this file rely on. */
function describeTraffic(fleetOf: () => RealMesh): void {
  describe('the traffic', () => {
    it('is of at least fifty connections a second from Envoy to Envoy, each with a whole handshake', async () => {
      const { lab, broken, untilHandshakes } = fleetOf();
      const pods = [...lab.clusters.values()].flatMap((cluster) => cluster.workloadPods());
      const [before, beganAtMs] = [await countHandshakes(pods, broken), systemClock.now()];
      await untilHandshakes(300);
      const [after, endedAtMs] = [await countHandshakes(pods, broken), systemClock.now()];
      const made = after.handshakes - before.handshakes;
      expect((1_000 * made) / (endedAtMs - beganAtMs)).toBeGreaterThanOrEqual(50);
      expect(after.resumed).toBe(0);
      // Those under way at the two looks.
      expect(Math.abs(after.requests - before.requests - made)).toBeLessThanOrEqual(20);
    });
  });
}
