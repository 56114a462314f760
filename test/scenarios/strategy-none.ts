import { describe, expect, it } from 'vitest';
import { replicasOf, rootsInSecret } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';

/** The contrast: what happens without the two rows between the roots. */
export function describeStrategyNone(fleetOf: () => MeshFleet): void {
  describe('strategy NONE', () => {
    it('drops traffic, which is counted by reason, and still ends with the new root alone', async () => {
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
      expect(sum(Object.values(after.byReason))).toBe(after.failed);
      expect(clusters.map(({ roots }) => roots)).toEqual(fleet.clusters.map(() => [rotation?.newRoot]));
      for (const cluster of fleet.clusters) expect(await rootsInSecret(fleet, cluster)).toEqual([rotation?.newRoot]);
    });
  });
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
