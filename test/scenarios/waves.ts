import { describe, expect, it } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import type { MeshFleet } from './mesh-fleet.ts';
import { steps } from './step-by-step.ts';

/** Clusters one after the other. */
export function describeWaves(fleetOf: () => MeshFleet): void {
  describe('a rotation in waves', () => {
    it('proves the canary before it tells the next cluster, in every step, without a failed handshake', async () => {
      const fleet = fleetOf();
      await fleet.setPolicy({ waves: { canaries: ['cluster-3'], maxPercent: 50, soak: '0.5s' } });
      const before = await fleet.traffic();
      const { rotation } = await fleet.rotate();
      const partly: string[] = [];
      await fleet.until('FINISHED', ({ state, step, wave, clusters }) => {
        const told = clusters.filter((cluster) => cluster.told?.step === step).map(({ name }) => name);
        if (wave.index === 1 && state === step) partly.push(`${step}: ${told.join()}`);
        return state === 'FINISHED';
      });
      await fleet.setPolicy({});
      expect([...new Set(partly)]).toEqual(steps.map((step) => `${step}: cluster-3`));
      await expectUnharmed(fleet, before, rotation?.newRoot);
    });
  });
}
