import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { TrafficCount, TrafficReport } from '../control/controlled-fleet.ts';

/** What is done with the clusters of a fleet, past their agents. */
export interface FleetControl {
  /** New handshakes between workloads since the traffic began. */
  traffic(signal: AbortSignal): Promise<TrafficCount>;
  /** The volume of a replica no longer follows the Secret. */
  holdReplica(cluster: string, replica: string, signal: AbortSignal): Promise<void>;
  /** It follows again. */
  releaseReplica(cluster: string, replica: string, signal: AbortSignal): Promise<void>;
}

/** The same, by the process of the simulated clusters. */
export interface SimulatorControl extends FleetControl {
  readonly url: string;
  /** Between which clusters, too. */
  traffic(signal: AbortSignal): Promise<TrafficReport>;
}

const requestTimeoutMs = 10_000;

/** Every method rejects with RR_CLUSTER_UNREACHABLE when the process does not answer as it should. */
export function createFleetControl(url: string): SimulatorControl {
  const replicaPath = (cluster: string, replica: string): string =>
    `/clusters/${encodeURIComponent(cluster)}/replicas/${encodeURIComponent(replica)}`;
  return {
    url,
    traffic: async (signal) => JSON.parse(await call(url, 'GET', '/traffic', signal)) as TrafficReport,
    holdReplica: async (cluster, replica, signal) => {
      await call(url, 'POST', `${replicaPath(cluster, replica)}/hold`, signal);
    },
    releaseReplica: async (cluster, replica, signal) => {
      await call(url, 'POST', `${replicaPath(cluster, replica)}/release`, signal);
    },
  };
}

async function call(url: string, method: string, path: string, signal: AbortSignal): Promise<string> {
  try {
    const response = await fetch(`${url}${path}`, {
      method,
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeoutMs)]),
    });
    const text = await response.text();
    if (response.ok) return text;
    throw new RerootError(
      'RR_CLUSTER_UNREACHABLE',
      `${method} ${path} was answered with ${response.status}: ${text.slice(0, 200)}`,
    );
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof RerootError) throw thrown;
    throw new RerootError('RR_CLUSTER_UNREACHABLE', `the simulated clusters do not answer: ${errorMessage(thrown)}`, {
      cause: thrown,
    });
  }
}
