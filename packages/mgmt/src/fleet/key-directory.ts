import { type Keyring, keyringOf } from '@reroot/shared/protocol';
import type { Enrolment } from '../enrolment/index.ts';
import type { ClusterPlace } from '../mesh/index.ts';

/** Which key each cluster's agent signs with. */
export interface KeyDirectory {
  /** Names of the clusters whose keys stand in the configuration. */
  readonly configured: ReadonlySet<string>;
  /** Whether a mesh may have a cluster: its key is configured, or it was added for that mesh and is not revoked. */
  placeOf(mesh: string, cluster: string): ClusterPlace;
  /** Holds the keys of this cluster alone, and none for one that is not known, or not in this mesh. */
  keyringOf(mesh: string, cluster: string): Keyring;
  /** The same for what concerns the link alone: there an agent may still go by a former name. */
  linkKeyringOf(mesh: string, cluster: string): Keyring;
}

/**
 * Reads the configured public keys, and follows those that are added while mgmt runs.
 * @throws RR_IDENTITY_INVALID for one that is no Ed25519 key
 */
export function createKeyDirectory(
  clusters: Readonly<Record<string, { readonly publicKey: string }>>,
  added: Pick<Enrolment, 'find' | 'keyringOf'>,
): KeyDirectory {
  const configured = new Map(Object.entries(clusters).map(([cluster, { publicKey }]) => [cluster, keyringOf([publicKey])]));
  const nobody = keyringOf([]);
  return {
    configured: new Set(configured.keys()),
    placeOf: (mesh, cluster) => {
      if (configured.has(cluster)) return { kind: 'allowed' };
      const record = added.find(cluster)?.record;
      if (record === undefined) return { kind: 'unknown' };
      if (record.mesh !== mesh) return { kind: 'other-mesh', mesh: record.mesh };
      return record.revoked === undefined ? { kind: 'allowed' } : { kind: 'revoked', ...record.revoked };
    },
    keyringOf: (mesh, cluster) => configured.get(cluster) ?? added.keyringOf(mesh, cluster, 'present') ?? nobody,
    linkKeyringOf: (mesh, cluster) => configured.get(cluster) ?? added.keyringOf(mesh, cluster, 'present-or-former') ?? nobody,
  };
}
