/**
 * What a record keyed by the names of clusters has under a name; undefined where it has nothing, or where there is no record. Every
 * look-up by such a name goes through here: a cluster may be called `constructor`, which every object inherits something under.
 */
export function entryOf<T>(entries: Readonly<Record<string, T>> | undefined, cluster: string): T | undefined {
  return entries !== undefined && Object.hasOwn(entries, cluster) ? entries[cluster] : undefined;
}
