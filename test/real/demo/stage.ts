import { join } from 'node:path';
import type { DemoOptions, LaunchSurroundings, Staging } from '@reroot/simulator/demo';
import { type LabClusterPlan, workloadsOf } from '../lab/lab-plan.ts';
import type { RealFleet } from '../lab/launch-real-fleet.ts';
import { countHandshakes } from '../lab/traffic/count-handshakes.ts';
import { envoy, istio, kubernetes } from '../servers/versions.ts';
import { planClusters } from './plan-clusters.ts';

/** Plays the demo with clusters of real servers. */
export function stageRealDemo({ clusters: count, rate }: DemoOptions): Staging<RealFleet> {
  const clusters = planClusters(count);
  return {
    cast: describeCast(clusters),
    handshakes: 'handshakes from Envoy to Envoy',
    settleTimeoutMs: 120_000,
    launch: (surroundings) => launch(surroundings, clusters, rate),
    tellMore: async (fleet, signal) => [await describeEnvoyCounts(fleet, signal)],
    explain: explainLab,
  };
}

/** `3 clusters of real servers, 4 istiods, 4 Envoys` */
function describeCast(clusters: readonly LabClusterPlan[]): string {
  const istiods = clusters.reduce((sum, { replicas }) => sum + replicas, 0);
  const envoys = clusters.flatMap(workloadsOf).reduce((sum, { replicas }) => sum + replicas, 0);
  return `${counted(clusters.length, 'cluster')} of real servers, ${counted(istiods, 'istiod')}, ${counted(envoys, 'Envoy')}`;
}

async function launch(
  surroundings: LaunchSurroundings,
  clusters: readonly LabClusterPlan[],
  ratePerSecond: number,
): Promise<RealFleet> {
  surroundings.onProgress(`the servers: Kubernetes ${kubernetes.version}, Istio ${istio.version}, Envoy ${envoy.version}`);
  surroundings.onProgress('bundling the agent as it is shipped');
  // Loaded late, so that the first lines are there at once.
  const { launchRealFleet } = await import('../lab/launch-real-fleet.ts');
  return launchRealFleet({ ...surroundings, clusters, ratePerSecond });
}

/** What the Envoys counted themselves: a session that is resumed would not have looked at a certificate. */
async function describeEnvoyCounts({ lab }: RealFleet, signal: AbortSignal): Promise<string> {
  const pods = [...lab.clusters.values()].flatMap((cluster) => cluster.workloadPods());
  const { handshakes, resumed } = await countHandshakes(pods, signal);
  return `the Envoys' own statistics since they started: ${handshakes} whole TLS handshakes, ${resumed} resumed sessions`;
}

function explainLab({ dir, lab }: RealFleet): readonly string[] {
  const kubectl = [...lab.clusters.values()].map(
    ({ controlPlane }) => `kubectl --kubeconfig ${controlPlane.adminKubeconfig} get pods,secrets -A`,
  );
  return [
    'The clusters themselves, as their administrator (kubectl is not part of this):',
    ...kubectl,
    `Logs: ${join(dir, 'logs')} of API servers, istiods and proxies; ${dir} of nats-server, mgmt and the agents`,
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
