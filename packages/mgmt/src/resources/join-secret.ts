import type { KubeApi, KubeObject } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import { type JoinFile, joinFileText } from '@reroot/shared/join-file';
import { resourceApiVersion } from '@reroot/shared/resources';
import { managedBy, managedByLabel, type ResourceObject } from './resource-object.ts';

/** Until when the join file in a Secret is good. */
const expiryAnnotation = 'reroot.dev/expires-at';

/** The Secrets in which join files lie until they are used. */
export interface JoinSecrets {
  /**
   * Sees to it that the Secret of a cluster is there and reroot's own, before a join file is opened that could be put nowhere.
   * @returns until when the join file in it is good; undefined where it holds none
   * @throws RR_CLUSTER_CONFLICT where a Secret of the name is there that is none of reroot's
   */
  claim(owner: ResourceObject, signal: AbortSignal): Promise<string | undefined>;
  /** Puts a join file into a Secret that was claimed. */
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
  const metadataOf = ({ name, uid }: ResourceObject): object => ({
    name: joinSecretOf(name),
    labels: { [managedByLabel]: managedBy },
    ownerReferences: [{ apiVersion: resourceApiVersion, kind: 'ManagedCluster', name, uid }],
  });
  return {
    claim: async (owner, signal) => {
      const before = await find(owner.name, signal);
      if (before === undefined) {
        const made = { apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata: metadataOf(owner) };
        await api.create(collection, made, signal);
        return undefined;
      }
      if (before.metadata.labels?.[managedByLabel] === managedBy) return before.metadata.annotations?.[expiryAnnotation];
      throw new RerootError(
        'RR_CLUSTER_CONFLICT',
        `Secret ${namespace}/${joinSecretOf(owner.name)} is there, and none of reroot's`,
        {
          remedy: 'give that Secret another name, or delete it',
        },
      );
    },
    write: async (owner, joinFile, signal) => {
      const annotations = { [expiryAnnotation]: joinFile.enrolment.expiresAt };
      const data = { 'join.yaml': Buffer.from(joinFileText(joinFile)).toString('base64') };
      await api.mergePatch(at(owner.name), { metadata: { ...metadataOf(owner), annotations }, data }, signal);
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
