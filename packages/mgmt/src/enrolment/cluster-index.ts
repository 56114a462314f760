import { RerootError } from '@reroot/shared/errors';
import { type Keyring, keyringOf } from '@reroot/shared/protocol';
import type { ClusterRecord, StoredCluster } from '../store/index.ts';
import { keysOf, ownedBy } from './record-keys.ts';

/** The records of all clusters that were added, as they were stored last. */
export interface ClusterIndex {
  /** By name. */
  records(): readonly ClusterRecord[];
  find(cluster: string): StoredCluster | undefined;
  /** @throws RR_CLUSTER_CONFIGURED, RR_CLUSTER_NOT_FOUND */
  require(cluster: string): StoredCluster;
  /** Whose agent goes by this name, be it a former one. */
  findListening(mesh: string, cluster: string): ClusterRecord | undefined;
  /** The keys of whoever speaks for a cluster. */
  keyringOf(record: ClusterRecord): Keyring;
  /** @param former the name that it went by until now, where it is another */
  put(stored: StoredCluster, former?: string): void;
  /**
   * Refuses a name that another cluster has, or that the agent of one still goes by.
   * @throws RR_CLUSTER_CONFIGURED, RR_CLUSTER_EXISTS, RR_CLUSTER_RENAMING
   */
  requireFree(cluster: string): void;
  /**
   * Refuses keys that belong to another cluster: when those are shut out, so would be the other one.
   * @throws RR_ENROL_KEYS_TAKEN
   */
  requireOwnKeys(cluster: string, keys: { readonly publicKeyPem: string; readonly natsUser: string }): void;
}

/**
 * Starts with what was stored.
 * @param configured names of the clusters whose keys stand in the configuration
 * @throws RR_CLUSTER_TWICE when the configuration names a cluster that was added and not revoked
 */
export function createClusterIndex(stored: readonly StoredCluster[], configured: ReadonlySet<string>): ClusterIndex {
  const known = new Map<string, StoredCluster>();
  /** The present name of each cluster whose agent still goes by a former one, by that. */
  const renamed = new Map<string, string>();
  const keyrings = new WeakMap<ClusterRecord, Keyring>();
  const owners = createOwners();
  /** By name; undefined after a change. It is asked for some times a second, and there may be thousands. */
  let sorted: readonly ClusterRecord[] | undefined;

  const put = (next: StoredCluster, former = next.record.name): void => {
    sorted = undefined;
    const { name, formerName } = next.record;
    const before = known.get(former)?.record;
    if (before?.formerName !== undefined) renamed.delete(before.formerName);
    if (before !== undefined) owners.remove(before);
    owners.add(next.record);
    if (former !== name) known.delete(former);
    if (formerName !== undefined) renamed.set(formerName, name);
    known.set(name, next);
  };
  for (const each of stored) put(each);
  for (const name of configured) refuseTwin(name, known.get(name)?.record);

  return {
    records: () => {
      sorted ??= [...known.values()].map(({ record }) => record).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      return sorted;
    },
    find: (cluster) => known.get(cluster),
    require: (cluster) => {
      const found = known.get(cluster);
      if (found !== undefined) return found;
      if (configured.has(cluster)) throw isConfigured(cluster);
      throw new RerootError('RR_CLUSTER_NOT_FOUND', `no cluster ${cluster} was added`, {
        remedy: 'look at `reroot cluster list`, or add the cluster with `reroot cluster add`',
      });
    },
    findListening: (mesh, cluster) => {
      const record = known.get(cluster)?.record ?? known.get(renamed.get(cluster) ?? '')?.record;
      return record?.mesh === mesh ? record : undefined;
    },
    keyringOf: (record) => {
      const ring = keyrings.get(record) ?? keyringOf(keysOf(record));
      keyrings.set(record, ring);
      return ring;
    },
    put,
    requireFree: (cluster) => {
      if (configured.has(cluster)) throw isConfigured(cluster);
      const record = known.get(cluster)?.record;
      if (record !== undefined) {
        const state = record.revoked === undefined ? 'was added already' : `was revoked by ${record.revoked.by}`;
        throw new RerootError('RR_CLUSTER_EXISTS', `cluster ${cluster} ${state}`);
      }
      const present = renamed.get(cluster);
      if (present === undefined) return;
      throw new RerootError('RR_CLUSTER_RENAMING', `the agent of cluster ${present} still goes by the name ${cluster}`);
    },
    requireOwnKeys: (cluster, { publicKeyPem, natsUser }) => {
      const other = owners.find(publicKeyPem, cluster) ?? owners.find(natsUser, cluster);
      if (other === undefined) return;
      throw new RerootError('RR_ENROL_KEYS_TAKEN', `cluster ${cluster}: the agent shows keys of cluster ${other}`);
    },
  };
}

/** Whose keys and users are whose: thousands of clusters join, and each must show others than all the rest. */
interface Owners {
  add(record: ClusterRecord): void;
  /** Takes back what was added of a record. */
  remove(record: ClusterRecord): void;
  /** The name of a cluster that owns it, and is another than this one. */
  find(owned: string, besides: string): string | undefined;
}

function createOwners(): Owners {
  const names = new Map<string, Set<string>>();
  return {
    add: (record) => {
      for (const owned of ownedBy(record)) names.set(owned, (names.get(owned) ?? new Set()).add(record.name));
    },
    remove: (record) => {
      for (const owned of ownedBy(record)) {
        const left = names.get(owned);
        left?.delete(record.name);
        if (left?.size === 0) names.delete(owned);
      }
    },
    find: (owned, besides) => [...(names.get(owned) ?? [])].find((name) => name !== besides),
  };
}

/** @throws RR_CLUSTER_TWICE */
function refuseTwin(name: string, record: ClusterRecord | undefined): void {
  if (record === undefined || record.revoked !== undefined) return;
  throw new RerootError('RR_CLUSTER_TWICE', `cluster ${name} was added by ${record.addedBy}, and stands in the configuration`, {
    place: `clusters.${name}`,
  });
}

function isConfigured(cluster: string): RerootError {
  return new RerootError('RR_CLUSTER_CONFIGURED', `the key of cluster ${cluster} stands in the configuration`);
}
