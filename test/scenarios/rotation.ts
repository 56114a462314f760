import { describe, expect, it } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import type { MeshFleet } from './mesh-fleet.ts';
import { steps, untilAsked } from './step-by-step.ts';

/** A rotation from end to end. */
export function describeRotation(fleetOf: () => MeshFleet): void {
  describe('a rotation of a live fleet', () => {
    it('ends with the new root alone in every cluster, and not one of a thousand handshakes fails', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const { rotation } = await fleet.rotate();
      const seen = new Set<string>();
      await fleet.until('FINISHED', ({ state }) => {
        seen.add(state);
        return state === 'FINISHED';
      });
      await fleet.untilHandshakes(200);
      await fleet.untilHandshakes(1_000, before);
      expect([...seen].filter((state) => steps.some((step) => step === state))).toEqual(steps);
      await expectUnharmed(fleet, before, rotation?.newRoot);
    });
  });

  describe('with manual verification', () => {
    it('a step waits for a person and refuses a stale answer', async () => {
      const fleet = fleetOf();
      const before = await fleet.traffic();
      const { rotation } = await fleet.rotate({ verification: 'manual' });
      const waiting = await untilAsked(fleet, 'ADDING_NEW_ROOT');
      expect(waiting).toMatchObject({ state: 'VERIFYING', step: 'ADDING_NEW_ROOT', verdict: { passed: false } });
      expect(waiting.verdict.message).toContain('ADDING_NEW_ROOT');

      const stale = { code: 'RR_APPROVAL_STALE' };
      await expect(fleet.answer(waiting, 'CONTINUE', { generation: waiting.generation - 1 })).rejects.toMatchObject(stale);
      await expect(fleet.answer(waiting, 'CONTINUE', { step: 'DELETING_OLD_ROOT' })).rejects.toMatchObject(stale);
      await expect(fleet.answer(waiting, 'CONTINUE', { rotationId: 'another' })).rejects.toMatchObject({
        code: 'RR_APPROVAL_FOREIGN',
      });
      expect(await fleet.status()).toMatchObject({ state: 'VERIFYING', generation: waiting.generation });

      await fleet.answer(waiting, 'ROLLBACK');
      const back = await untilAsked(fleet, 'PREVIOUS_CA');
      expect(back).toMatchObject({ state: 'VERIFYING', direction: 'back' });
      await fleet.answer(back, 'CONTINUE');
      await fleet.until('PREVIOUS_CA', ({ state }) => state === 'PREVIOUS_CA');
      await expectUnharmed(fleet, before, rotation?.oldRoot);
    });
  });
}
