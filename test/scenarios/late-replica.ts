import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from './expect-unharmed.ts';
import { replicasOf } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';
import { rotateTo, steps, untilAsked } from './step-by-step.ts';

/** A replica whose volume does not follow the Secret. */
export function describeLateReplica(fleetOf: () => MeshFleet): void {
  describe('a replica that does not load the bundle', () => {
    it('keeps the rotation in each step, is named, and lets it go on when it is released', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const late = await findReplica(fleet);
      await fleet.control.holdReplica(late.cluster, late.replica, fleet.broken);
      const { rotation } = await fleet.rotate({ verification: 'manual' });
      for (const step of steps) {
        await expectHeld(fleet, step, late);
        await fleet.control.releaseReplica(late.cluster, late.replica, fleet.broken);
        const asked = await untilAsked(fleet, step);
        if (step !== 'DELETING_OLD_ROOT') await fleet.control.holdReplica(late.cluster, late.replica, fleet.broken);
        await fleet.answer(asked, 'CONTINUE');
      }
      await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      await expectUnharmed(fleet, before, rotation?.newRoot);
    });

    it('keeps a rollback, too', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const late = await findReplica(fleet);
      const asked = await rotateTo(fleet, 'ADDING_NEW_ROOT');
      await fleet.control.holdReplica(late.cluster, late.replica, fleet.broken);
      await fleet.answer(asked, 'ROLLBACK');
      await expectHeld(fleet, 'PREVIOUS_CA', late);
      await fleet.control.releaseReplica(late.cluster, late.replica, fleet.broken);
      await fleet.answer(await untilAsked(fleet, 'PREVIOUS_CA'), 'CONTINUE');
      await fleet.until('PREVIOUS_CA', ({ state }) => state === 'PREVIOUS_CA');
      await expectUnharmed(fleet, before, asked.rotation?.oldRoot);
    });
  });
}

interface LateReplica {
  readonly cluster: string;
  readonly replica: string;
}

/** The last replica of the first cluster that has several: the others of its cluster load what it does not. */
async function findReplica(fleet: MeshFleet): Promise<LateReplica> {
  for (const cluster of fleet.clusters) {
    const [, ...others] = await replicasOf(fleet, cluster);
    const replica = others.at(-1);
    if (replica !== undefined) return { cluster, replica };
  }
  throw new Error('no cluster of this fleet has a second replica');
}

/** The late replica is all that the step waits for, while traffic flows. */
async function expectHeld(fleet: MeshFleet, step: string, late: LateReplica): Promise<void> {
  const before = await fleet.traffic();
  const held = await fleet.until(`${late.replica} to be the only laggard in ${step}`, ({ step: seen, verdict }) => {
    return seen === step && verdict.laggards.length === 1 && verdict.laggards[0]?.replica === late.replica;
  });
  const laggard = { ...late, reason: 'ReplicaNotLoaded' };
  expect(held.verdict).toMatchObject({ passed: false, reason: 'ReplicaNotLoaded', laggards: [laggard] });
  expect(held.verdict.message).toContain(late.replica);
  await fleet.untilHandshakes(200);
  expect(await fleet.status()).toMatchObject({ state: held.state, step, verdict: { laggards: [laggard] } });
  await expectNoneFailed(fleet, before);
}
