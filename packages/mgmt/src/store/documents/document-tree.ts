import { groupOf, type KeyedDocument } from './document-space.ts';

/** What a transaction does to documents, by key; undefined: deleted. */
export type Edits = ReadonlyMap<string, object | undefined>;

/** Documents of one version. It never changes: `edited` makes the next one. */
export interface DocumentTree {
  get(key: string): unknown;
  /** Sorted by key. */
  list(group: string): readonly KeyedDocument[];
  /** All of them, in no order. */
  values(): Iterable<unknown>;
  edited(edits: Edits): DocumentTree;
}

type Group = ReadonlyMap<string, unknown>;

/** Without a document. */
export const emptyTree: DocumentTree = treeOf(new Map());

function treeOf(groups: ReadonlyMap<string, Group>): DocumentTree {
  return {
    get: (key) => groups.get(groupOf(key))?.get(key),
    list: (group) => sorted([...(groups.get(group) ?? [])]),
    values: () => [...groups.values()].flatMap((group) => [...group.values()]),
    edited: (edits) => {
      const next = new Map(groups);
      for (const [group, changes] of Map.groupBy(edits, ([key]) => groupOf(key))) {
        const documents = new Map(groups.get(group));
        for (const [key, value] of changes) {
          if (value === undefined) documents.delete(key);
          else documents.set(key, value);
        }
        next.set(group, documents);
      }
      return treeOf(next);
    },
  };
}

function sorted(documents: readonly (readonly [string, unknown])[]): readonly KeyedDocument[] {
  return documents.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => ({ key, value }));
}
