import { systemClock } from '@reroot/shared/clock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDeletedSecret } from '../scenarios/deleted-secret.ts';
import { describeExclusion } from '../scenarios/exclusion.ts';
import { describeLateReplica } from '../scenarios/late-replica.ts';
import { describeRollback } from '../scenarios/rollback.ts';
import { describeRotation } from '../scenarios/rotation.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { describeWaves } from '../scenarios/waves.ts';
import { planThreeClusters } from './lab/lab-plan.ts';
import { countHandshakes } from './lab/traffic/count-handshakes.ts';
import { launchRealMesh, type RealMesh } from './real-mesh.ts';

const fleet = shareFleet(() => launchRealMesh(planThreeClusters()));

expectTrafficAcross(fleet);
describeTraffic(fleet);
describeRotation(fleet);
describeRollback(fleet);
describeLateReplica(fleet);
describeDeletedSecret(fleet);
describeWaves(fleet);
describeExclusion(fleet);

const leastPerSecond = 50;

/** In the whole time of each test, from the first moment of a rotation to its last. */
function expectTrafficAcross(fleetOf: () => RealMesh): void {
  let before: { readonly across: number; readonly atMs: number };
  const look = (): typeof before => ({ across: countAcross(fleetOf()), atMs: systemClock.now() });
  beforeEach(() => {
    before = look();
  });
  afterEach(() => {
    const { across, atMs } = look();
    const perSecond = (1_000 * (across - before.across)) / (atMs - before.atMs);
    expect(perSecond, 'requests a second from cluster to cluster').toBeGreaterThanOrEqual(leastPerSecond);
  });
}

/** Good requests from one cluster to another. */
function countAcross({ connections }: RealMesh): number {
  return Object.entries(connections.count().byPair)
    .filter(([pair]) => {
      const [from, to] = pair.split('>');
      return from !== to;
    })
    .reduce((sum, [, { ok }]) => sum + ok, 0);
}

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
      expect((1_000 * made) / (endedAtMs - beganAtMs)).toBeGreaterThanOrEqual(leastPerSecond);
      expect(after.resumed).toBe(0);
      // Those under way at the two looks.
      expect(Math.abs(after.requests - before.requests - made)).toBeLessThanOrEqual(20);
    });
  });
}
