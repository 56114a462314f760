import { type MeshFleet, makeMesh, meshName } from '../scenarios/mesh-fleet.ts';
import type { LabClusterPlan } from './lab/lab-plan.ts';
import { labCluster, launchRealFleet, type RealFleet, type RealLaunchOptions } from './lab/launch-real-fleet.ts';

export { labCluster } from './lab/launch-real-fleet.ts';

/** A mesh over clusters of real servers. */
export type RealMesh = MeshFleet & RealFleet;

/** Real servers need some seconds for what simulated ones do at once, and they share two cores. */
const patienceMs = 120_000;
export const cacertsPath = '/api/v1/namespaces/istio-system/secrets/cacerts';

/** Launches clusters of real servers with nats-server, mgmt and the shipped agents, and makes their mesh. */
export async function launchRealMesh(
  clusters: readonly LabClusterPlan[],
  options: Partial<Omit<RealLaunchOptions, 'clusters'>> = {},
): Promise<RealMesh> {
  const signal = AbortSignal.timeout(patienceMs);
  const fleet = await launchRealFleet({ mesh: meshName, ratePerSecond: 100, signal, ...options, clusters });
  const deleteCaSecret = async (cluster: string): Promise<void> => {
    await labCluster(fleet, cluster).admin.request('DELETE', cacertsPath);
  };
  return { ...fleet, ...(await makeMesh(fleet, { patienceMs, deleteCaSecret })) };
}
