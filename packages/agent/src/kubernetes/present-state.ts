import { sha256Hex } from '@reroot/shared/pki';
import type { CaSecret } from '../cluster/cluster.ts';
import type { TrustFiles } from './workloads/holds-files.ts';
import type { Current } from './workloads/reading-book.ts';

/** What the adapter last saw of all that decides what proxies are given. */
export interface PresentState {
  noteSecret(secret: CaSecret | undefined): void;
  /**
   * The replicas that there are: what others once answered counts no longer, and of those that have not answered yet it is
   * known that they may hand out anything.
   */
  noteReplicas(replicas: readonly string[]): void;
  /** What a replica hands out beside the leaf. */
  noteAnswer(replica: string, chain: readonly string[]): void;
  /** Readings of proxies are good as long as this stays the same. */
  current(): Current;
}

/** Differs from the digest of every answer. */
const unknownAnswer = '';

/** Nothing was seen yet. */
export function createPresentState(): PresentState {
  let secret: { readonly version: string; readonly files: TrustFiles } | undefined;
  const handedOut = new Map<string, string>();
  return {
    noteSecret: (seen) => {
      secret = seen === undefined ? undefined : withoutKey(seen);
    },
    noteReplicas: (replicas) => {
      for (const replica of handedOut.keys()) if (!replicas.includes(replica)) handedOut.delete(replica);
      for (const replica of replicas) if (!handedOut.has(replica)) handedOut.set(replica, unknownAnswer);
    },
    noteAnswer: (replica, chain) => {
      handedOut.set(replica, sha256Hex(chain.slice(1).join('\n')));
    },
    current: () => {
      if (secret === undefined) return { secretVersion: undefined };
      // A proxy may be given what any replica hands out, so the state changes when they come together too.
      const states = [...new Set(handedOut.values())].toSorted();
      return { secretVersion: [secret.version, ...states].join(' '), files: secret.files };
    },
  };
}

/** This outlives the pass, and the private key must not. */
function withoutKey({ version, certChain, rootCert }: CaSecret): { readonly version: string; readonly files: TrustFiles } {
  return { version, files: { certChain, rootCert } };
}
