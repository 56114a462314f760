import type { ObjectCache } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { Replica } from '../../cluster/cluster.ts';
import { listWhenReady } from '../list-when-ready.ts';
import type { IstiodPod } from './istiod-pod.ts';

/** The pods of istiod in all its namespaces, every revision of it. */
export interface IstiodPods {
  list(signal: AbortSignal): Promise<readonly IstiodPod[]>;
  /** @throws RR_REPLICA_UNREACHABLE when there is no such replica */
  find(replica: string, signal: AbortSignal): Promise<IstiodPod>;
  asReplica(pod: IstiodPod): Replica;
}

/** @param caches one of each namespace, the primary's first */
export function createIstiodPods(caches: readonly ObjectCache<IstiodPod>[], primaryNamespace: string): IstiodPods {
  const nameOf = ({ namespace, pod }: IstiodPod): string => (namespace === primaryNamespace ? pod : `${namespace}/${pod}`);
  const list = async (signal: AbortSignal): Promise<readonly IstiodPod[]> => {
    const listed = await Promise.all(caches.map((cache) => listWhenReady(cache, signal)));
    return listed.flat();
  };
  return {
    list,
    find: async (replica, signal) => {
      const found = (await list(signal)).find((pod) => nameOf(pod) === replica);
      if (found !== undefined) return found;
      throw new RerootError('RR_REPLICA_UNREACHABLE', `replica ${replica} does not exist`);
    },
    asReplica: (pod) => ({ name: nameOf(pod), startedAtMs: pod.startedAtMs, multiRoot: pod.multiRoot }),
  };
}
