import { type DocumentChanges, type DocumentReader, groupOf, type KeyedDocument } from './document-space.ts';
import type { Edits } from './document-tree.ts';

/** What a transaction does, written down. */
export interface RecordedEdits {
  /** For the transaction: it sees what it has changed so far. */
  readonly documents: DocumentChanges;
  edits(): Edits;
}

/** Begins without any. */
export function recordEdits(base: DocumentReader): RecordedEdits {
  const edits = new Map<string, object | undefined>();
  return {
    documents: {
      get: async (key) => (edits.has(key) ? edits.get(key) : base.get(key)),
      list: async (group) => overlay(await base.list(group), group, edits),
      put: (key, value) => {
        edits.set(key, value);
      },
      delete: (key) => {
        edits.set(key, undefined);
      },
    },
    edits: () => edits,
  };
}

/** The documents of a group with those that are changed in their place, sorted by key. */
export function overlay(documents: readonly KeyedDocument[], group: string, edits: Edits): readonly KeyedDocument[] {
  const changed = [...edits].filter(([key]) => groupOf(key) === group);
  if (changed.length === 0) return documents;
  const merged = new Map<string, unknown>(documents.map(({ key, value }) => [key, value]));
  for (const [key, value] of changed) {
    if (value === undefined) merged.delete(key);
    else merged.set(key, value);
  }
  return [...merged].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value }));
}
