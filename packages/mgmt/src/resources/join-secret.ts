import type { KubeApi, KubeObject } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import { type JoinFile, joinFileText } from '@reroot/shared/join-file';
import { resourceApiVersion } from '@reroot/shared/resources';
import { managedBy, managedByLabel, type ResourceObject } from './resource-object.ts';

/** Until when the join file in a Secret is good. */
const expiryAnnotation = 'reroot.dev/expires-at';

/** The Secrets in which join files lie until they are used. */
export interface JoinSecrets {
  /** Until when the join file in the Secret of a cluster is good; undefined where there is no such Secret. */
  readExpiry(cluster: string, signal: AbortSignal): Promise<string | undefined>;
  /** @throws RR_CLUSTER_CONFLICT where a Secret of the name is there that is none of reroot's */
  write(owner: ResourceObject, joinFile: JoinFile, signal: AbortSignal): Promise<void>;
  remove(cluster: string, signal: AbortSignal): Promise<void>;
}

/** The name of the Secret of a cluster. */
export function joinSecretOf(cluster: string): string {
  return `${cluster}-join`;
}

/** In the namespace of the objects themselves: a Secret goes when its ManagedCluster goes. */
export function createJoinSecrets(api: KubeApi, namespace: string): JoinSecrets {
  const collection = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
  const at = (cluster: string): string => `${collection}/${encodeURIComponent(joinSecretOf(cluster))}`;
  const find = (cluster: string, signal: AbortSignal): Promise<KubeObject | undefined> => api.find(at(cluster), signal);
  return {
    readExpiry: async (cluster, signal) => (await find(cluster, signal))?.metadata.annotations?.[expiryAnnotation],
    write: async ({ name, uid }, joinFile, signal) => {
      const metadata = {
        name: joinSecretOf(name),
        labels: { [managedByLabel]: managedBy },
        annotations: { [expiryAnnotation]: joinFile.enrolment.expiresAt },
        ownerReferences: [{ apiVersion: resourceApiVersion, kind: 'ManagedCluster', name, uid }],
      };
      const data = { 'join.yaml': Buffer.from(joinFileText(joinFile)).toString('base64') };
      const before = await find(name, signal);
      if (before === undefined) {
        await api.create(collection, { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, data }, signal);
        return;
      }
      if (before.metadata.labels?.[managedByLabel] !== managedBy) {
        throw new RerootError('RR_CLUSTER_CONFLICT', `Secret ${namespace}/${joinSecretOf(name)} is there, and none of reroot's`, {
          remedy: 'give that Secret another name, or delete it',
        });
      }
      await api.mergePatch(at(name), { metadata, data }, signal);
    },
    remove: async (cluster, signal) => {
      try {
        if ((await find(cluster, signal))?.metadata.labels?.[managedByLabel] === managedBy)
          await api.delete(at(cluster), undefined, signal);
      } catch (error) {
        if (!(error instanceof RerootError) || error.code !== 'RR_OBJECT_NOT_FOUND') throw error;
      }
    },
  };
}
