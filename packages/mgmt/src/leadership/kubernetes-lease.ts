import { createObjectCache, type KubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { LeaseLock } from './lease-lock.ts';
import { type HeldRecord, readLease, writeLease } from './lease-record.ts';

/** Where the Lease is. */
export interface KubernetesLeaseOptions {
  readonly api: KubeApi;
  readonly namespace: string;
  readonly name: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** A Lease of `coordination.k8s.io/v1`. */
export function createKubernetesLease({ api, namespace, name, clock, random, log }: KubernetesLeaseOptions): LeaseLock {
  const collection = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  const path = `${collection}/${name}`;
  return {
    read: async (signal) => {
      const found = await api.find(path, signal);
      return found === undefined ? undefined : readLease(found);
    },
    create: async (record, signal) => {
      const { metadata, spec } = writeLease(record);
      const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace, ...metadata }, spec };
      return readLease(await api.create(collection, lease, signal));
    },
    update: async (version, record, signal): Promise<HeldRecord> => {
      const { metadata, spec } = writeLease(record);
      return readLease(await api.mergePatch(path, { metadata: { ...metadata, resourceVersion: version }, spec }, signal));
    },
    watch: async (onChange, signal) => {
      const query = { fieldSelector: `metadata.name=${name}` };
      const reduce = (object: unknown): unknown => readLease(object);
      await createObjectCache({ api, path: collection, query, reduce, onChange, clock, random, log }).run(signal);
    },
  };
}
