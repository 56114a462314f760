import type { CaFiles } from '@reroot/agent';
import { launchFleet } from '@reroot/simulator/fleet-launcher';
import { type MeshFleet, makeMesh, meshName } from '../scenarios/mesh-fleet.ts';

/** Everything waits for the machine at the longest. */
const patienceMs = 60_000;

/** A mesh of simulated clusters. */
export interface SimulatedMesh extends MeshFleet {
  /** Writes files into a cluster's cacerts Secret as somebody else would, past its agent. */
  editCaSecret(cluster: string, files: Partial<CaFiles>): Promise<void>;
}

/** Launches simulated clusters, and makes their mesh. */
export async function launchSimulatedMesh(options: {
  readonly clusters: number;
  readonly ratePerSecond: number;
  readonly secretsDir?: string;
  readonly mgmtProgram?: URL;
  readonly agentProgram?: (cluster: string) => URL;
  readonly mgmtSettings?: Readonly<Record<string, unknown>>;
}): Promise<SimulatedMesh> {
  const signal = AbortSignal.timeout(10 * patienceMs);
  const fleet = await launchFleet({ ...options, mesh: meshName, seed: 1, signal });
  const call = async (cluster: string, what: string, init: RequestInit): Promise<void> => {
    const response = await fetch(`${fleet.control.url}/clusters/${cluster}/secret`, { ...init, signal: fleet.broken });
    if (!response.ok) throw new Error(`the Secret of ${cluster} was not ${what}: ${response.status} ${await response.text()}`);
  };
  const mesh = await makeMesh(fleet, {
    patienceMs,
    deleteCaSecret: (cluster) => call(cluster, 'deleted', { method: 'DELETE' }),
  });
  const headers = { 'content-type': 'application/json' };
  return {
    ...mesh,
    editCaSecret: (cluster, files) => call(cluster, 'edited', { method: 'PATCH', headers, body: JSON.stringify(files) }),
  };
}
