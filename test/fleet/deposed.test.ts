import { cp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import type { MeshFleet } from '../scenarios/mesh-fleet.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { type Bystander, startBystander } from './bystander.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

const fleetOf = shareFleet(() => launchSimulatedMesh({ clusters: 2, ratePerSecond: 60 }));

describe('a deposed mgmt that goes on speaking', () => {
  it('stops nothing and breaks nothing', async () => {
    const fleet = fleetOf();
    const { term } = await fleet.status();
    const copy = join(fleet.dir, 'deposed');
    await fleet.mgmt.kill();
    await cp(join(fleet.dir, 'data'), copy, { recursive: true });
    // Twice, so that its term is above the one that the copy takes.
    for (let start = 0; start < 2; start += 1) {
      await fleet.mgmt.start(fleet.broken);
      if (start === 0) await fleet.mgmt.kill();
    }
    const deposed = await startDeposed(fleet, copy);
    try {
      const before = await fleet.traffic();
      const { rotation } = await fleet.rotate();
      const finished = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      expect(finished.term).toBe(term + 2);
      expect(deposed.output()).toContain('"msg":"ready"');
      await expectUnharmed(fleet, before, rotation?.newRoot);
    } finally {
      await deposed.stop();
    }
  });
});

/** A second mgmt, on a store from before the present one's start; it speaks every half second. */
async function startDeposed(fleet: MeshFleet, dataDir: string): Promise<Bystander> {
  const config = JSON.parse(await readFile(join(fleet.dir, 'mgmt.json'), 'utf8')) as Record<string, object>;
  const file = join(fleet.dir, 'deposed.json');
  const timings = { ...config['timings'], resyncMs: 500 };
  await writeFile(file, JSON.stringify({ ...config, dataDir, timings, api: { port: 0 } }));
  return startBystander(createRequire(import.meta.url).resolve('@reroot/mgmt/main'), ['--config', file], fleet.broken);
}
