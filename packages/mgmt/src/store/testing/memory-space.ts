import { randomUUID } from 'node:crypto';
import { createListeners } from '../change-listeners.ts';
import type { DocumentSpace } from '../documents/document-space.ts';
import { type DocumentTree, emptyTree } from '../documents/document-tree.ts';
import { recordEdits } from '../documents/recorded-edits.ts';
import { createTurn } from '../turn.ts';

/** Documents that end with the process. */
export function createMemorySpace(): DocumentSpace {
  const turn = createTurn();
  const listeners = createListeners();
  const blobs = new Map<string, Uint8Array>();
  let tree: DocumentTree = emptyTree;
  return {
    get: async (key) => tree.get(key),
    list: async (group) => tree.list(group),
    snapshot: async () => {
      const now = tree;
      return { get: async (key) => now.get(key), list: async (group) => now.list(group) };
    },
    transact: (act) =>
      turn.take(async () => {
        const recorded = recordEdits({ get: async (key) => tree.get(key), list: async (group) => tree.list(group) });
        const result = await act(recorded.documents);
        const edits = recorded.edits();
        if (edits.size === 0) return result;
        // A disk keeps no object either.
        tree = tree.edited(new Map([...edits].map(([key, value]) => [key, throughJson(value)])));
        listeners.tell();
        return result;
      }),
    keepBlob: async (bytes) => {
      const id = randomUUID();
      blobs.set(id, Uint8Array.from(bytes));
      return id;
    },
    readBlob: async (id) => blobs.get(id),
    dropBlobs: async (ids) => {
      for (const id of ids) blobs.delete(id);
    },
    onChange: (listener) => listeners.add(listener),
    close: async () => undefined,
  };
}

function throughJson(value: object | undefined): object | undefined {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as object);
}
