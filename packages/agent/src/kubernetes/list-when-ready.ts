import type { ObjectCache } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';

/**
 * What a cache holds, after its first list. What the cluster forbids, or refuses otherwise, is told at once; for one that
 * has not answered yet it waits until the signal aborts.
 */
export async function listWhenReady<T>(cache: ObjectCache<T>, signal: AbortSignal): Promise<readonly T[]> {
  signal.throwIfAborted();
  try {
    return cache.list();
  } catch (error) {
    if (!(error instanceof RerootError) || error.code !== 'RR_CLUSTER_UNREACHABLE') throw error;
  }
  await cache.untilListed(signal);
  return cache.list();
}
