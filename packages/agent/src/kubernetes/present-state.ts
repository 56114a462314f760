import { sha256Hex } from '@reroot/shared/pki';
import type { CaSecret } from '../cluster/cluster.ts';
import type { Current } from './workloads/reading-book.ts';

/** What the adapter last saw of all that decides what proxies are given. */
export interface PresentState {
  noteSecret(secret: CaSecret | undefined): void;
  /** The replicas that there are: what others once answered counts no longer. */
  noteReplicas(replicas: readonly string[]): void;
  /** What a replica hands out beside the leaf. */
  noteAnswer(replica: string, chain: readonly string[]): void;
  /** Readings of proxies are good as long as this stays the same. */
  current(): Current;
}

/** Nothing was seen yet. */
export function createPresentState(): PresentState {
  let secret: CaSecret | undefined;
  const handedOut = new Map<string, string>();
  return {
    noteSecret: (seen) => {
      secret = seen;
    },
    noteReplicas: (replicas) => {
      for (const replica of handedOut.keys()) if (!replicas.includes(replica)) handedOut.delete(replica);
    },
    noteAnswer: (replica, chain) => {
      handedOut.set(replica, sha256Hex(chain.slice(1).join('\n')));
    },
    current: () => {
      if (secret === undefined) return { secretVersion: undefined };
      // A proxy may be given what any replica hands out, so the state changes when they come together too.
      const states = [...new Set(handedOut.values())].toSorted();
      return { secretVersion: [secret.version, ...states].join(' '), files: secret };
    },
  };
}
