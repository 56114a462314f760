import type { ObjectCache } from '@reroot/kube-api';

/** A cache that holds what it was given, or fails with it. */
export function listedCache<T>(content: readonly T[] | Error): ObjectCache<T> {
  const list = (): readonly T[] => {
    if (content instanceof Error) throw content;
    return content;
  };
  return {
    run: async () => undefined,
    list,
    untilListed: async (signal) => {
      signal.throwIfAborted();
      list();
    },
  };
}
