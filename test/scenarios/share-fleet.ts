import { beforeAll } from 'vitest';
import type { MeshFleet } from './mesh-fleet.ts';

/** Launches one fleet for all tests of a file, and stops it after the last one. */
export function shareFleet<T extends MeshFleet>(launch: () => Promise<T>): () => T {
  let fleet: T | undefined;
  beforeAll(async () => {
    const launched = await launch();
    fleet = launched;
    return () => launched.stop();
  });
  return () => {
    if (fleet === undefined) throw new Error('the fleet is launched before the first test, not while tests are described');
    return fleet;
  };
}
