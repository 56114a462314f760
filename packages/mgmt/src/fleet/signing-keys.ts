import type { Identity } from '@reroot/shared/protocol';
import type { ClusterName } from './link-accounts.ts';

/**
 * The keys that mgmt signs with. While a next one is handed out, both are good: an agent is spoken to by the next one as
 * soon as it has said that it accepts it, and by the current one until then, however long it was away.
 */
export interface SigningKeys {
  readonly current: Identity;
  readonly next: Identity | undefined;
  /** Those that agents shall accept, SPKI in DER, the current one first. */
  publicKeys(): readonly Uint8Array[];
  /** Whether the agent of a cluster has said to accept these, and no other. */
  areAccepted(mesh: string, cluster: string): boolean;
  /** The one to speak to a cluster with. */
  identityFor(mesh: string, cluster: string): Identity;
  /** Whether all of these accept the newest key: then it can be made the only one. */
  heldByAll(clusters: readonly ClusterName[]): boolean;
}

/** The keys, and who accepts which. */
export interface SigningKeysOptions {
  readonly current: Identity;
  readonly next?: Identity | undefined;
  /** Ids of the keys of mgmt that the agent of a cluster accepts; undefined while it has not said so. */
  readonly acceptedBy: (mesh: string, cluster: string) => readonly string[] | undefined;
}

/** Asks anew each time who accepts which key. */
export function createSigningKeys({ current, next, acceptedBy }: SigningKeysOptions): SigningKeys {
  const keys = [current, ...(next === undefined ? [] : [next])];
  const newest = next ?? current;
  const accepts = (mesh: string, cluster: string): boolean => acceptedBy(mesh, cluster)?.includes(newest.keyId) === true;
  return {
    current,
    next,
    publicKeys: () => keys.map(({ publicKeyDer }) => publicKeyDer),
    areAccepted: (mesh, cluster) => {
      const accepted = acceptedBy(mesh, cluster);
      return accepted?.length === keys.length && keys.every(({ keyId }) => accepted.includes(keyId));
    },
    identityFor: (mesh, cluster) => (accepts(mesh, cluster) ? newest : current),
    heldByAll: (clusters) => clusters.every(({ mesh, cluster }) => accepts(mesh, cluster)),
  };
}
