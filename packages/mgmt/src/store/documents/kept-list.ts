import { z } from 'zod';
import { type DocumentForm, documentForm } from './document-form.ts';
import { type DocumentChanges, type DocumentReader } from './document-space.ts';

/** An entry of a list. Numbers grow. */
interface Numbered {
  readonly number: number;
}

/** A list of which the newest entries are kept, in the documents of a group. */
export interface KeptList<T extends Numbered> {
  /** Oldest first; `limit` at most. */
  readonly read: (documents: DocumentReader, group: string, limit: number) => Promise<readonly T[]>;
  /** @returns those that are no longer kept */
  readonly append: (documents: DocumentChanges, group: string, entry: T, limit: number) => Promise<readonly T[]>;
}

/** So much goes into one document: it is written as a whole with each entry. */
const maxEntries = 50;
const maxCharacters = 32_768;

interface Part<T> {
  readonly key: string;
  readonly entries: readonly T[];
}

/**
 * Each document has a part of the list, and a new part takes the place of one of which nothing is kept any more. So none is ever deleted,
 * and the limit of the list bounds how many there are.
 */
export function createKeptList<T extends Numbered>(entry: z.ZodType<T>, what: string): KeptList<T> {
  const form: DocumentForm<{ entries: readonly T[] }> = documentForm(z.strictObject({ entries: z.array(entry).min(1) }));
  const readParts = async (documents: DocumentReader, group: string): Promise<readonly Part<T>[]> => {
    const found = await documents.list(group);
    const parts = found.map(({ key, value }) => ({ key, entries: form.read(value, `${what} in ${key}`).entries }));
    return parts.toSorted((a, b) => firstOf(a) - firstOf(b));
  };
  return {
    read: async (documents, group, limit) => newest(await readParts(documents, group), limit),
    append: async (documents, group, added, limit) => {
      const parts = await readParts(documents, group);
      const last = parts.at(-1);
      const isFull = last === undefined || last.entries.length >= maxEntries || sizeOf(last.entries) >= maxCharacters;
      if (isFull) documents.put(`${group}/${freeSlot(parts, limit)}`, { entries: [added] });
      else documents.put(last.key, { entries: [...last.entries, added] });
      const kept = newest(parts, limit);
      return kept.slice(0, Math.max(0, kept.length + 1 - limit));
    },
  };
}

function firstOf<T extends Numbered>({ entries }: Part<T>): number {
  return entries[0]?.number ?? 0;
}

function newest<T>(parts: readonly Part<T>[], limit: number): readonly T[] {
  return parts.flatMap(({ entries }) => entries).slice(-limit);
}

function sizeOf(entries: readonly unknown[]): number {
  return JSON.stringify(entries).length;
}

/** That of a part of which nothing will be kept once one entry more is there; else one that was never used. */
function freeSlot<T>(parts: readonly Part<T>[], limit: number): number {
  let newer = 1;
  for (const { key, entries } of parts.toReversed()) {
    if (newer >= limit) return Number(key.slice(key.lastIndexOf('/') + 1));
    newer += entries.length;
  }
  return parts.length;
}
