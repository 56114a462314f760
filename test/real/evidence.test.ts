import { randomInt } from 'node:crypto';
import { systemClock } from '@reroot/shared/clock';
import { describe, expect, it } from 'vitest';
import { expectNoneFailed } from '../scenarios/expect-unharmed.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { followReports } from './judge/follow-reports.ts';
import { judgeClaims, type Moment } from './judge/judge-claims.ts';
import { lookAt } from './judge/look-at-clusters.ts';
import { planThreeClusters } from './lab/lab-plan.ts';
import { createWitness } from './lab/truth/read-truth.ts';
import { launchRealMesh, type RealMesh } from './real-mesh.ts';

const fleetOf = shareFleet(() => launchRealMesh(planThreeClusters()));

const momentCount = 1_000;

describe('the evidence of the agents', () => {
  it(`is never ahead of the truth, at ${momentCount} random moments of rotations, and not far behind`, async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const stream = await followReports(fleet);
    const watched = new AbortController();
    const looking = lookAround(fleet, watched.signal);
    let rotations = 0;
    while (looking.moments.length < momentCount) {
      await fleet.rotate();
      await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      rotations += 1;
    }
    watched.abort();
    await looking.ended;
    await stream.close();

    const { compared, ahead, stale, lagsMs, overtaken } = judgeClaims(looking.moments, stream.claims);
    const sorted = lagsMs.toSorted((a, b) => a - b);
    const share = (part: number): number => Math.round(sorted[Math.floor(sorted.length * part)] ?? Number.NaN);
    process.stdout.write(
      `evidence: ${looking.moments.length} moments of ${rotations} rotations, ${stream.claims.length} reports, ${compared} claims compared, ` +
        `${ahead.length} ahead, ${stale.length} stale; ${sorted.length} changes reported after ${share(0.5)} ms (median), ${share(0.95)} ms (95 %), ` +
        `${overtaken} overtaken\n`,
    );
    expect(ahead).toEqual([]);
    expect(stale).toEqual([]);
    expect(compared).toBeGreaterThan(momentCount);
    expect(sorted.length).toBeGreaterThan(20 * rotations);
    // What is left out of the reports would be neither ahead nor late: nearly every change must be told.
    expect(overtaken).toBeLessThanOrEqual(sorted.length / 20);
    expect(share(0.5)).toBeLessThanOrEqual(1_000);
    await expectNoneFailed(fleet, before);
  });
});

/** Looks at every cluster by itself, at random moments, until it is told to stop. */
function lookAround(
  fleet: RealMesh,
  signal: AbortSignal,
): { readonly moments: readonly Moment[]; readonly ended: Promise<void> } {
  const moments: Moment[] = [];
  const watchCluster = async (name: string): Promise<void> => {
    const witness = await createWitness(fleet.lab.clusters.get(name)!);
    while (!signal.aborted) {
      moments.push(await lookAt(name, witness));
      await systemClock.sleep(randomInt(0, 200), signal).catch(() => undefined);
    }
  };
  const ended = Promise.all(fleet.clusters.map(watchCluster)).then(() => undefined);
  return { moments, ended };
}
