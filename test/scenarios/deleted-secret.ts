import { describe, expect, it } from 'vitest';
import { problemsInLog } from './agent-log.ts';
import { expectUnharmed } from './expect-unharmed.ts';
import { rootsInSecret } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';
import { answerUntil, rotateTo } from './step-by-step.ts';

/** cacerts is deleted by hand. */
export function describeDeletedSecret(fleetOf: () => MeshFleet): void {
  describe('a cacerts Secret that somebody deletes', () => {
    it('is reported, and written anew with a key of its own, and no handshake fails', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const deleted = await keyOf(fleet, 'cluster-3');
      const known = (await problemsInLog(fleet, 'cluster-3')).length;
      const roots = await rootsInSecret(fleet, 'cluster-3');
      await fleet.deleteCaSecret('cluster-3');
      await untilWritten(fleet, deleted);
      await untilLossReported(fleet, known);
      await fleet.until('every cluster to be proven', ({ verdict }) => verdict.passed);
      expect(roots).toHaveLength(1);
      await expectUnharmed(fleet, before, roots[0]);
    });

    it('in the middle of a rotation, is reported, and holds the row of that step again, and no handshake fails', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const asked = await rotateTo(fleet, 'PROPAGATING_NEW_INTERMEDIATE');
      const { oldRoot, newRoot } = asked.rotation!;
      const deleted = await keyOf(fleet, 'cluster-3');
      const known = (await problemsInLog(fleet, 'cluster-3')).length;
      await fleet.deleteCaSecret('cluster-3');
      await untilWritten(fleet, deleted);
      await untilLossReported(fleet, known);
      expect(new Set(await rootsInSecret(fleet, 'cluster-3'))).toEqual(new Set([oldRoot, newRoot]));
      await answerUntil(fleet, 'FINISHED', () => 'CONTINUE');
      await expectUnharmed(fleet, before, newRoot);
    });
  });
}

async function keyOf(fleet: MeshFleet, cluster: string): Promise<string | undefined> {
  return (await fleet.ports.get(cluster)?.readCaSecret(fleet.broken))?.caKey;
}

async function untilWritten(fleet: MeshFleet, deleted: string | undefined): Promise<void> {
  await fleet.look('cluster-3 to have a Secret again', async () => {
    const key = await keyOf(fleet, 'cluster-3');
    return key !== undefined && key !== deleted ? true : undefined;
  });
}

/** @param known how many problems the agent had reported before */
async function untilLossReported(fleet: MeshFleet, known: number): Promise<void> {
  await fleet.look('the loss to be reported', async () => {
    const fresh = (await problemsInLog(fleet, 'cluster-3')).slice(known);
    return fresh.find(({ code, problem }) => code === 'RR_SECRET_EDITED' && problem.includes('was taken away'));
  });
}
