import { isDeepStrictEqual } from 'node:util';
import { RerootError } from '@reroot/shared/errors';

/** Objects of one collection, each reduced to what is needed of it. */
export interface KeptObjects<T> {
  /** By namespace and name. The same array until something changes. */
  list(): readonly T[];
  put(object: unknown): Change;
  remove(object: unknown): Change;
  /** Begins a complete set: what has not been added when it is finished is removed. */
  replace(): Replacement;
}

/** A complete set in the making; what is kept does not change before it is finished. */
export interface Replacement {
  add(object: unknown): void;
  finish(): Change;
}

/** Whether `list` gives something else than before. */
export type Change = 'changed' | 'same';

/** Holds nothing yet. */
export function createKeptObjects<T>(reduce: (object: unknown) => T | undefined): KeptObjects<T> {
  let kept = new Map<string, T>();
  let sorted: readonly T[] | undefined = [];

  const settle = (change: Change): Change => {
    if (change === 'changed') sorted = undefined;
    return change;
  };
  const remove = (key: string): Change => settle(kept.delete(key) ? 'changed' : 'same');
  return {
    list: () => {
      sorted ??= [...kept].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
      return sorted;
    },
    put: (object) => {
      const key = keyOf(object);
      const value = reduce(object);
      if (value === undefined) return remove(key);
      if (isDeepStrictEqual(kept.get(key), value)) return 'same';
      kept.set(key, value);
      return settle('changed');
    },
    remove: (object) => remove(keyOf(object)),
    replace: () => {
      const next = new Map<string, T>();
      return {
        add: (object) => {
          const value = reduce(object);
          if (value === undefined) next.delete(keyOf(object));
          else next.set(keyOf(object), value);
        },
        finish: () => {
          const same = next.size === kept.size && [...next].every(([key, value]) => isDeepStrictEqual(kept.get(key), value));
          if (!same) kept = next;
          return settle(same ? 'same' : 'changed');
        },
      };
    },
  };
}

/** A name holds no NUL, so that keys sort by the namespace first. */
function keyOf(object: unknown): string {
  const { namespace, name } = metadataOf(object);
  if (typeof name !== 'string') throw new RerootError('RR_CLUSTER_UNREACHABLE', 'the cluster sent an object without a name');
  return `${typeof namespace === 'string' ? namespace : ''}\0${name}`;
}

/** The metadata of an object, or of a list. */
export function metadataOf(object: unknown): Readonly<Record<string, unknown>> {
  const metadata: unknown = typeof object === 'object' && object !== null && 'metadata' in object ? object.metadata : undefined;
  return typeof metadata === 'object' && metadata !== null ? (metadata as Readonly<Record<string, unknown>>) : {};
}
