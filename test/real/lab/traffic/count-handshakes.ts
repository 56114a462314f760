import { proxyPorts } from '../mesh/envoy-bootstrap.ts';
import type { PodRun } from '../node/pod-run.ts';

/** What Envoys counted on their way to peers, since each was started. */
export interface HandshakeCount {
  readonly requests: number;
  readonly connections: number;
  /** Whole TLS handshakes. */
  readonly handshakes: number;
  /** Sessions that were taken up again, without a look at certificates. */
  readonly resumed: number;
}

const statistics = {
  requests: 'cluster.peers.upstream_rq_total',
  connections: 'cluster.peers.upstream_cx_total',
  handshakes: 'cluster.peers.ssl.handshake',
  resumed: 'cluster.peers.ssl.session_reused',
} as const;

/** Asks the Envoys themselves whether each request had a handshake of its own. */
export async function countHandshakes(pods: readonly PodRun[], signal: AbortSignal): Promise<HandshakeCount> {
  const counts = await Promise.all(pods.map((pod) => readStatistics(pod.address, signal)));
  const sum = (name: string): number => counts.reduce((total, count) => total + (count.get(name) ?? 0), 0);
  return {
    requests: sum(statistics.requests),
    connections: sum(statistics.connections),
    handshakes: sum(statistics.handshakes),
    resumed: sum(statistics.resumed),
  };
}

async function readStatistics(address: string, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`http://${address}:${proxyPorts.admin}/stats?filter=^cluster\\.peers\\.`, { signal });
  const lines = (await response.text()).trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', value = '0'] = line.split(': ');
      return [name, Number(value)];
    }),
  );
}
