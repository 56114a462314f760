import type { MeshStatus } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import { expect } from 'vitest';
import { expectUnharmed } from './expect-unharmed.ts';
import { replicasOf } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';

/** What happens in each step. */
export type Incidents = readonly (readonly [step: Step, incident: () => Promise<void>])[];

/**
 * Rotates, and lets each incident happen as soon as its step has begun. So that no step ends before its incident is over, one
 * replica is kept from loading, of the one cluster and of the other in turn.
 */
export async function rotateThrough(fleet: MeshFleet, incidents: Incidents): Promise<void> {
  const before = await fleet.traffic();
  const [first, second] = await Promise.all(fleet.clusters.map((cluster) => holdOf(fleet, cluster)));
  await first!.begin();
  const { rotation } = await fleet.rotate();
  for (const [turn, [step, happen]] of incidents.entries()) {
    const [holding, next] = turn % 2 === 0 ? [first!, second!] : [second!, first!];
    await fleet.until(step, ({ state }) => state === step);
    await happen();
    const { state } = await fleet.until('one laggard', ({ verdict }) => verdict.laggards.length === 1 && holding.isIn(verdict));
    expect(state).toBe(step);
    if (turn < incidents.length - 1) await next.begin();
    await holding.end();
  }
  await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
  await expectUnharmed(fleet, before, rotation?.newRoot);
}

interface Hold {
  begin(): Promise<void>;
  end(): Promise<void>;
  isIn(verdict: MeshStatus['verdict']): boolean;
}

/** Holds the last replica of a cluster. */
async function holdOf(fleet: MeshFleet, cluster: string): Promise<Hold> {
  const replica = (await replicasOf(fleet, cluster)).at(-1)!;
  return {
    begin: () => fleet.control.holdReplica(cluster, replica, fleet.broken),
    end: () => fleet.control.releaseReplica(cluster, replica, fleet.broken),
    isIn: ({ laggards }) => laggards.some((laggard) => laggard.cluster === cluster && laggard.replica === replica),
  };
}
