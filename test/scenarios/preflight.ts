import { describe, expect, it } from 'vitest';
import { type MeshFleet, meshName } from './mesh-fleet.ts';

/** What the clusters of a fleet are known to be like, where they are not perfect. */
export interface KnownOddities {
  /** Ids of checks that do not pass, and that are no reason not to start. */
  readonly open: readonly string[];
}

/** A fleet is looked at before a rotation. */
export function describePreflight(fleetOf: () => MeshFleet, { open }: KnownOddities): void {
  describe('preflight of a whole mesh', () => {
    it('is answered by every agent, finds nothing fatal, and changes nothing', async () => {
      const { api, broken, status, until } = fleetOf();
      await until('every agent to answer', ({ clusters }) => clusters.every(({ link }) => link?.connected === true));
      const before = await status();
      const report = await api.preflight(meshName, {}, broken);
      const odd = report.checks.filter(({ outcome }) => outcome !== 'passed');
      expect(odd.map(({ id }) => id).toSorted(), JSON.stringify(odd, null, 1)).toEqual(open.toSorted());
      expect(report.outcome).not.toBe('fatal');
      expect((await status()).generation).toBe(before.generation);
    });

    it('tells plans what disruption budgets bear', async () => {
      const { api, broken, status } = fleetOf();
      await api.preflight(meshName, {}, broken);
      const { steps } = await api.readPlan(meshName, {}, broken);
      expect(steps.map(({ restarts }) => restarts.unknown)).toEqual(steps.map(() => []));
      expect((await status()).state).toBe('NOT_ROTATING');
    });
  });
}
