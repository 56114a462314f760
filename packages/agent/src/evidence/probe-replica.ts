import type { Cluster } from '../cluster/cluster.ts';
import type { Observed } from './observed.ts';
import { obtainLeaf } from './obtain-leaf.ts';

/**
 * Proves what one replica of istiod signs with and hands out, by a certificate request whose key is thrown away.
 * @throws RR_REPLICA_UNREACHABLE; RR_REPLICA_ANSWER_INVALID
 */
export async function probeReplica(cluster: Cluster, replica: string, signal: AbortSignal): Promise<Observed> {
  return (await obtainLeaf(cluster, replica, signal)).observed;
}
