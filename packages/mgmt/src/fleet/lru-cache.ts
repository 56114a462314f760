/** A map that forgets what was used longest ago when it grows beyond its limit. */
export interface LruCache<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

/** Starts empty. */
export function createLruCache<K, V extends object>(limit: number): LruCache<K, V> {
  // A Map keeps the order of insertion: what was used is put in again, so that the oldest stands first.
  const entries = new Map<K, V>();
  const put = (key: K, value: V): void => {
    entries.delete(key);
    entries.set(key, value);
    const [oldest] = entries.keys();
    if (entries.size > limit && oldest !== undefined) entries.delete(oldest);
  };
  return {
    get: (key) => {
      const value = entries.get(key);
      if (value !== undefined) put(key, value);
      return value;
    },
    set: put,
  };
}
