import { X509Certificate } from 'node:crypto';
import type { MeshStatus } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from './expect-unharmed.ts';
import { rootsInSecret } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';

/** Under this no rotation ends before a day has passed, and none begins before the 29th of February. */
const slow = {
  verification: { manual: {} },
  approvals: { fourEyes: true },
  waves: { canaries: ['cluster-3'], maxClusters: 1, soak: '1h' },
  maintenanceWindows: [{ cron: '0 0 29 2 *', duration: '1m' }],
  minimumOverlap: '24h',
};
const reason = 'somebody has the key';
const act = { by: 'ann', why: 'it speaks again' };

/** Somebody has the key: no time for anything that proves nothing. */
export function describeEmergency(fleetOf: () => MeshFleet): void {
  describe('a rotation in an emergency', () => {
    it('is told to nobody before another person approves it, then takes seconds, and no handshake fails', async () => {
      const fleet = fleetOf();
      await fleet.setPolicy(slow);
      const before = await fleet.traffic();
      const signersBefore = await signersOf(fleet);
      const started = await fleet.rotate({ by: 'ann', emergency: { reason } });
      const skipped = started.rotation?.emergency?.losses.map((loss) => loss.reason);
      expect(skipped).toEqual(
        expect.arrayContaining(['WavesSkipped', 'SoakSkipped', 'WindowsSkipped', 'OverlapSkipped', 'VerificationSkipped']),
      );
      await expect(fleet.answer(started, 'CONTINUE', { by: 'ann' })).rejects.toMatchObject({ code: 'RR_APPROVAL_FOUR_EYES' });
      await fleet.untilHandshakes(50);
      const waiting = await fleet.until('it waits', ({ verdict }) => verdict.reason === 'AwaitingApproval');
      expect(waiting.wave.released.reached).toBe(0);
      for (const cluster of fleet.clusters) expect(await rootsInSecret(fleet, cluster)).toEqual([started.rotation?.oldRoot]);

      const approved = await fleet.answer(waiting, 'CONTINUE', { by: 'bob' });
      const finished = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      await fleet.setPolicy({});
      await expectUnharmed(fleet, before, started.rotation?.newRoot);
      // All of its waits by the policy would be 24 hours at the least.
      expect(tookMs(approved, finished)).toBeLessThan(120_000);
      const signers = await signersOf(fleet);
      expect(new Set([...signersBefore, ...signers]).size).toBe(2 * fleet.clusters.length);
      const revoked = (await fleet.api.readCrl('test', fleet.broken)).revoked.map(({ serial }) => serial);
      expect(revoked).toEqual(expect.arrayContaining([...signersBefore]));
      expect(revoked.filter((serial) => signers.includes(serial))).toEqual([]);
    });

    it('goes on without a silent cluster that was named, and that cluster comes back by an act of its own', async () => {
      const fleet = fleetOf();
      await fleet.setPolicy(slow);
      const before = await fleet.traffic();
      await fleet.agents.get('cluster-2')?.kill();
      await fleet.until('it is silent', ({ clusters }) => clusters[1]?.presence === 'silent');
      const emergency = { reason, excludeSilent: ['cluster-2'] };
      const started = await fleet.rotate({ by: 'ann', emergency });
      // Nothing is cut off before somebody has agreed to it.
      expect(started.clusters[1]?.membership).toBe('member');
      await expectNoneFailed(fleet, before);
      await fleet.answer(started, 'CONTINUE', { by: 'bob' });
      const finished = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      expect(finished.clusters[1]).toMatchObject({ membership: 'excluded', deviation: { by: 'ann' } });
      expect(await rootsInSecret(fleet, 'cluster-2')).toEqual([started.rotation?.oldRoot]);
      const conditions = await fleet.api.readHistory('test', fleet.broken);
      expect(conditions.map(({ message }) => message)).toContainEqual(
        `cluster cluster-2 is excluded by ann: it is silent, and was named when the emergency rotation was started, approved by bob: ${reason}`,
      );

      await fleet.setPolicy({});
      await fleet.agents.get('cluster-2')?.start(fleet.broken);
      await fleet.api.includeCluster('test', 'cluster-2', act, fleet.broken);
      await fleet.until('it counts again', ({ clusters, verdict }) => clusters[1]?.membership === 'member' && verdict.passed);
      // What was under way at the end is over when this many more have been made.
      await fleet.untilHandshakes(20);
      await expectUnharmed(fleet, await fleet.traffic(), started.rotation?.newRoot);
    });
  });
}

function tookMs(from: MeshStatus, to: MeshStatus): number {
  const approvedAt = from.rotation?.emergency?.approval?.at ?? '';
  return Date.parse(to.enteredAt) - Date.parse(approvedAt);
}

/** Serial numbers of the intermediates that sign in each cluster. */
async function signersOf(fleet: MeshFleet): Promise<readonly string[]> {
  return Promise.all(
    fleet.clusters.map(async (cluster) => {
      const secret = await fleet.ports.get(cluster)?.readCaSecret(fleet.broken);
      return new X509Certificate(secret?.caCert ?? '').serialNumber;
    }),
  );
}
