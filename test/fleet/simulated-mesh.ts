import { launchFleet } from '@reroot/simulator/fleet-launcher';
import { type MeshFleet, makeMesh, meshName } from '../scenarios/mesh-fleet.ts';

/** Everything waits for the machine at the longest. */
const patienceMs = 60_000;

/** Launches simulated clusters, and makes their mesh. */
export async function launchSimulatedMesh(options: {
  readonly clusters: number;
  readonly ratePerSecond: number;
  readonly secretsDir?: string;
}): Promise<MeshFleet> {
  const signal = AbortSignal.timeout(10 * patienceMs);
  const fleet = await launchFleet({ ...options, mesh: meshName, seed: 1, signal });
  return makeMesh(fleet, {
    patienceMs,
    deleteCaSecret: async (cluster) => {
      const response = await fetch(`${fleet.control.url}/clusters/${cluster}/secret`, { method: 'DELETE', signal: fleet.broken });
      if (!response.ok) throw new Error(`the Secret of ${cluster} was not deleted: ${response.status} ${await response.text()}`);
    },
  });
}
