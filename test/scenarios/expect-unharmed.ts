import type { MeshStatus } from '@reroot/shared/api';
import type { TrafficCount } from '@reroot/simulator/fleet-launcher';
import { expect } from 'vitest';
import { rootsInSecret } from './held-by-clusters.ts';
import type { MeshFleet } from './mesh-fleet.ts';

/**
 * What a rotation must have kept: since this look not one handshake more has failed, those after its end included, and
 * every cluster holds this root alone, and trusts every other; by what mgmt says, and by its Secret.
 */
export async function expectUnharmed(fleet: MeshFleet, before: TrafficCount, root: string | undefined): Promise<void> {
  expect(root).toMatch(/^[0-9a-f]{64}$/);
  await fleet.untilHandshakes(100);
  await expectNoneFailed(fleet, before);
  const pairs = fleet.clusters.length ** 2;
  const { clusters } = await fleet.until('a green trust matrix', ({ matrix }) => matrix?.green === pairs);
  expect(clusters.map(heldBy)).toEqual(fleet.clusters.map(() => ({ roots: [root], signerRoot: root })));
  for (const cluster of fleet.clusters) expect(await rootsInSecret(fleet, cluster)).toEqual([root]);
}

/** Not one handshake more has failed since this look. */
export async function expectNoneFailed(fleet: MeshFleet, before: TrafficCount): Promise<void> {
  const { failed, byReason } = await fleet.traffic();
  // Compared as a whole: an empty object matches any other, and a failure would not say its reasons.
  expect({ failed, byReason }).toEqual({ failed: before.failed, byReason: before.byReason });
}

function heldBy({ roots, signerRoot }: MeshStatus['clusters'][number]): object {
  return { roots, signerRoot };
}
