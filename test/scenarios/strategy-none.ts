import { describe, expect, it } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import { replicasOf, rootsInSecret } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';

/** What Envoy and what Node say of a certificate whose root they do not hold. */
const refusal = /^(CERTIFICATE_VERIFY_FAILED|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)$/;

/** The contrast: what happens without the two rows between the roots. */
export function describeStrategyNone(fleetOf: () => MeshFleet): void {
  describe('strategy NONE', () => {
    it('drops traffic, for roots that are not held, until it ends with the new root alone', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      // A cluster that is late makes sure that the old and the new root meet.
      const late = await replicasOf(fleet, 'cluster-2');
      for (const replica of late) await fleet.control.holdReplica('cluster-2', replica, fleet.broken);
      const { rotation } = await fleet.rotate({ strategy: 'NONE' });
      await fleet.untilHandshakes(100);
      for (const replica of late) await fleet.control.releaseReplica('cluster-2', replica, fleet.broken);
      const { clusters } = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');

      const after = await fleet.traffic();
      expect(after.failed).toBeGreaterThan(before.failed);
      const reasons = Object.keys(after.byReason).filter((reason) => after.byReason[reason] !== before.byReason[reason]);
      expect(reasons).toContainEqual(expect.stringMatching(refusal));
      expect(clusters.map(({ roots }) => roots)).toEqual(fleet.clusters.map(() => [rotation?.newRoot]));
      for (const cluster of fleet.clusters) expect(await rootsInSecret(fleet, cluster)).toEqual([rotation?.newRoot]);
      // What was under way at the end is over when this many more have been made.
      await fleet.untilHandshakes(20);
      await expectUnharmed(fleet, await fleet.traffic(), rotation?.newRoot);
    });
  });
}
