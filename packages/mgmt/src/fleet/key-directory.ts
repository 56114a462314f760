import { type Keyring, keyringOf } from '@reroot/shared/protocol';

/** Which key each cluster's agent signs with. */
export interface KeyDirectory {
  readonly clusters: ReadonlySet<string>;
  /** Holds the key of this cluster alone, and none for a cluster that is not configured. */
  keyringOf(cluster: string): Keyring;
}

/**
 * Reads the configured public keys.
 * @throws RR_IDENTITY_INVALID for one that is no Ed25519 key
 */
export function createKeyDirectory(clusters: Readonly<Record<string, { readonly publicKey: string }>>): KeyDirectory {
  const keyrings = new Map(Object.entries(clusters).map(([cluster, { publicKey }]) => [cluster, keyringOf([publicKey])]));
  const nobody = keyringOf([]);
  return {
    clusters: new Set(keyrings.keys()),
    keyringOf: (cluster) => keyrings.get(cluster) ?? nobody,
  };
}
