import type { Store } from '../store/index.ts';
import { createClusterIndex } from './cluster-index.ts';
import type { Enrolment } from './enrolment.ts';

/** What a replica that does not lead knows of who speaks for the clusters that were added. */
export interface FollowedEnrolment extends Pick<Enrolment, 'list' | 'find' | 'keyringOf' | 'speaking' | 'termsFor' | 'heard'> {
  /** Reads again what is stored. @throws RR_STORE_*, RR_CLUSTER_TWICE */
  refresh(): Promise<void>;
}

/** Reads who was added, and changes nothing. @throws RR_STORE_*, RR_CLUSTER_TWICE */
export async function followEnrolment(
  store: Pick<Store, 'listClusters'>,
  configured: ReadonlySet<string>,
): Promise<FollowedEnrolment> {
  let index = createClusterIndex(await store.listClusters(), configured);
  return {
    refresh: async () => {
      index = createClusterIndex(await store.listClusters(), configured);
    },
    list: () => index.records(),
    find: (cluster) => index.find(cluster),
    keyringOf: (mesh, cluster, name) => {
      const record = name === 'present' ? index.find(cluster)?.record : index.findListening(mesh, cluster);
      return record?.mesh === mesh ? index.keyringOf(record) : undefined;
    },
    speaking: () =>
      index
        .records()
        .flatMap(({ mesh, name, formerName, agent }) =>
          agent === undefined
            ? []
            : [name, ...(formerName === undefined ? [] : [formerName])].map((cluster) => ({ mesh, cluster })),
        ),
    // The leader alone tells terms, and keeps what agents have shown.
    termsFor: () => undefined,
    heard: () => undefined,
  };
}
