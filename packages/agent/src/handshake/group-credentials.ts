import type { Clock } from '@reroot/shared/clock';
import { type Credential, makeCredential } from '@reroot/shared/handshake';
import { exportPrivateKey } from '@reroot/shared/pki';
import type { Cluster } from '../cluster/cluster.ts';
import { obtainLeaf } from '../evidence/obtain-leaf.ts';

/** What the agent presents and trusts in handshakes: one answer of each replica for each group of them. */
export interface GroupCredentials {
  /**
   * Asks the replica the first time, and gives the same afterwards: all handshakes of a group are of one moment, and however
   * many there are, a replica signs once.
   * @throws RR_REPLICA_*, RR_PKI_BAD_CERTIFICATE
   */
  obtain(group: string, replica: string, signal: AbortSignal): Promise<Credential>;
}

/** Groups follow one another, and each has a few replicas. */
const maxKept = 64;

/** Nobody proves anything by what was signed longer ago. */
const keptMs = 120_000;

interface Kept {
  readonly credential: Promise<Credential>;
  readonly askedAtMs: number;
}

/** Starts with none. */
export function createGroupCredentials(cluster: Pick<Cluster, 'probeReplica'>, clock: Clock): GroupCredentials {
  /** Oldest first. */
  const kept = new Map<string, Kept>();
  return {
    obtain: (group, replica, signal) => {
      const nowMs = clock.now();
      for (const [key, { askedAtMs }] of kept) if (nowMs - askedAtMs >= keptMs || kept.size > maxKept) kept.delete(key);
      const key = JSON.stringify([group, replica]);
      const known = kept.get(key);
      if (known !== undefined) return known.credential;
      const credential = ask(cluster, replica, signal);
      kept.set(key, { credential, askedAtMs: nowMs });
      // A replica that did not answer is asked again.
      credential.catch(() => {
        if (kept.get(key)?.credential === credential) kept.delete(key);
      });
      return credential;
    },
  };
}

async function ask(cluster: Pick<Cluster, 'probeReplica'>, replica: string, signal: AbortSignal): Promise<Credential> {
  const { key, leaf, chain, bundle } = await obtainLeaf(cluster, replica, signal);
  const chainPem = [leaf, ...chain].map(({ pem }) => pem).join('');
  return makeCredential({ privateKeyPem: exportPrivateKey(key), chainPem, bundlePem: bundle });
}
