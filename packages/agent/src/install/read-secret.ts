import { type Deadline, withDeadline } from '@reroot/shared/lifecycle';
import type { Problem } from '@reroot/shared/protocol';
import type { CaSecret, Cluster } from '../cluster/cluster.ts';
import { describeEdits, describeLoss } from './secret-problems.ts';

/** The Secret, and what others have done to it. */
export interface FoundSecret {
  readonly secret: CaSecret | undefined;
  readonly problems: readonly Problem[];
}

/**
 * Reads the CA of the cluster. Where a Secret of reroot was seen in this very cluster and is gone, what istiod once made
 * itself comes to light again; it signs nothing while the replicas hold what reroot wrote, so it is no CA to be adopted.
 * @param ownedUid UID of the cluster in which this process last saw a Secret of reroot; undefined when it saw none
 * @throws RR_CLUSTER_UNREACHABLE; the signal's reason when it aborts
 */
export async function readSecret(cluster: Cluster, ownedUid: string | undefined, deadline: Deadline): Promise<FoundSecret> {
  const secret = await withDeadline(deadline, (signal) => cluster.readCaSecret(signal));
  if (secret?.source === 'cacerts') return { secret, problems: describeEdits(secret) };
  if (ownedUid === undefined) return { secret, problems: [] };
  const uid = await withDeadline(deadline, (signal) => cluster.readUid(signal));
  return uid === ownedUid ? { secret: undefined, problems: [describeLoss()] } : { secret, problems: [] };
}
