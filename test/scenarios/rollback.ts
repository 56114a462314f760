import type { MeshStatus } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import type { MeshFleet } from './mesh-fleet.ts';
import { answerUntil, rotateTo, steps } from './step-by-step.ts';

/** From each step back to the old root, and forward again. */
export function describeRollback(fleetOf: () => MeshFleet): void {
  describe('a rollback', () => {
    it.each(steps)('from %s ends with the old root alone, and no handshake fails', async (last) => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const asked = await rotateTo(fleet, last);
      expect(await rollBack(fleet, asked)).toEqual(rowsBefore(last));
      await expectUnharmed(fleet, before, asked.rotation?.oldRoot);
    });

    it('of one step can be turned forward again, and no handshake fails', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const asked = await rotateTo(fleet, 'PROPAGATING_NEW_INTERMEDIATE');
      await fleet.answer(asked, 'ROLLBACK');
      const questions = await answerUntil(fleet, 'FINISHED', () => 'CONTINUE');
      expect(questions.map(({ state, step, direction }) => `${state} ${step} ${direction}`)).toEqual([
        'VERIFYING ADDING_NEW_ROOT back',
        'VERIFIED ADDING_NEW_ROOT back',
        'VERIFYING PROPAGATING_NEW_INTERMEDIATE forward',
        'VERIFYING DELETING_OLD_ROOT forward',
      ]);
      await expectUnharmed(fleet, before, asked.rotation?.newRoot);
    });

    it('is no dead end: another rotation goes to the same root, and no handshake fails', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const asked = await rotateTo(fleet, 'DELETING_OLD_ROOT');
      await rollBack(fleet, asked);
      const { oldRoot, newRoot } = asked.rotation!;
      const again = await fleet.rotate({ targetRoot: newRoot });
      expect(again.rotation).toMatchObject({ oldRoot, newRoot });
      await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      await expectUnharmed(fleet, before, newRoot);
    });
  });
}

/** Takes the rotation back to the old root; gives the rows that a person was asked about on the way. */
async function rollBack(fleet: MeshFleet, asked: MeshStatus): Promise<readonly Step[]> {
  await fleet.answer(asked, 'ROLLBACK');
  const questions = await answerUntil(fleet, 'PREVIOUS_CA', ({ step }) => (step === 'PREVIOUS_CA' ? 'CONTINUE' : 'ROLLBACK'));
  return questions.map(({ step }) => step);
}

function rowsBefore(step: Step): readonly Step[] {
  const rows: readonly Step[] = ['PREVIOUS_CA', ...steps];
  return rows.slice(0, rows.indexOf(step)).toReversed();
}
