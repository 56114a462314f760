import type { z } from 'zod';
import { checkStored } from '../stored-form.ts';

/** How documents of a kind are read back. */
export interface DocumentForm<T> {
  /**
   * Reads one. A value is checked once: it is the same object until the document changes.
   * @param place names the document in errors
   * @throws RR_STORE_CORRUPT when it is not what reroot writes
   */
  read(value: unknown, place: string): T;
  /** As `read`; undefined where there is none. */
  find(value: unknown, place: string): T | undefined;
}

/** The form of documents that the schema describes. */
export function documentForm<T>(schema: z.ZodType<T>): DocumentForm<T> {
  const known = new WeakMap<object, T>();
  const read = (value: unknown, place: string): T => {
    const key = Object(value) as object;
    const before = known.get(key);
    if (before !== undefined) return before;
    const parsed = checkStored(schema, value, place);
    known.set(key, parsed);
    return parsed;
  };
  return { read, find: (value, place) => (value === undefined ? undefined : read(value, place)) };
}
