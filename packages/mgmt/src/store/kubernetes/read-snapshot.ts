import type { DocumentReader } from '../documents/document-space.ts';
import { type DocumentTree, emptyTree } from '../documents/document-tree.ts';
import { type ReadingFrom, readSpace } from './read-space.ts';
import { type IsCold, loadState } from './space-state.ts';

/**
 * Reads all documents of a space, the cold ones too, as they are at one moment: whoever reads them one after the other has to begin anew
 * with each commit of others, and comes to no end where those never pause.
 * @throws RR_STORE_CORRUPT, RR_STORE_NEWER, and what the API rejects with
 */
export async function readSnapshot(from: ReadingFrom, isCold: IsCold): Promise<DocumentReader> {
  const tree = await readTree(from, isCold);
  return { get: async (key) => tree.get(key), list: async (group) => tree.list(group) };
}

async function readTree(from: ReadingFrom, isCold: IsCold): Promise<DocumentTree> {
  const { head, documents } = await readSpace(from, ['hot', 'cold']);
  if (head === undefined) return emptyTree;
  const { cold = [], hot = [] } = Object.groupBy(documents, ({ key }) => (isCold(key) ? 'cold' : 'hot'));
  const state = loadState(head, hot, isCold);
  const edits = new Map(cold.map(({ key, value }) => [key, value]));
  // What the head has is not older than what its Secret has.
  for (const { key, value } of state.recent.values()) if (isCold(key)) edits.set(key, value);
  return state.tree.edited(edits);
}
