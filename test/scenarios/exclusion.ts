import { awaitsVerification } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import { rootsInSecret } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';
import { answerUntil, untilAsked } from './step-by-step.ts';

const act = { by: 'test', why: 'to see what happens' };

/** A cluster that is left out for a while. */
export function describeExclusion(fleetOf: () => MeshFleet): void {
  describe('an excluded cluster that returns', () => {
    it('in time, is brought forward, and no handshake fails', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      await fleet.agents.get('cluster-2')?.kill();
      const { rotation } = await fleet.rotate({ verification: 'manual' });
      await fleet.api.excludeCluster('test', 'cluster-2', act, fleet.broken);
      const waiting = await untilAsked(fleet, 'ADDING_NEW_ROOT');
      expect(await rootsInSecret(fleet, 'cluster-2')).toEqual([rotation?.oldRoot]);

      await fleet.agents.get('cluster-2')?.start(fleet.broken);
      await fleet.api.includeCluster('test', 'cluster-2', act, fleet.broken);
      const back = await fleet.until(
        'it to count again',
        (status) => status.clusters[1]?.membership === 'member' && awaitsVerification(status),
      );
      expect(back.generation).toBe(waiting.generation);
      expect(await rootsInSecret(fleet, 'cluster-2')).toEqual([rotation?.oldRoot, rotation?.newRoot]);

      await answerUntil(fleet, 'FINISHED', () => 'CONTINUE');
      await expectUnharmed(fleet, before, rotation?.newRoot);
    });
  });
}
