import type { DocumentChanges, DocumentReader } from '../documents/document-space.ts';
import type { Edits } from '../documents/document-tree.ts';
import { recordEdits } from '../documents/recorded-edits.ts';
import type { Edit } from './head-form.ts';
import { pack, requireFits } from './secret-form.ts';
import { editsOf, isInHead } from './space-state.ts';

/** A transaction that waits. */
export interface Waiting {
  readonly act: (documents: DocumentChanges) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What came of transactions that ran one after the other; nothing of it is committed yet. */
export interface Ran {
  readonly edits: readonly Edit[];
  /** Tells each of its outcome, once that holds. */
  readonly settle: () => void;
  readonly ran: readonly Waiting[];
  /** Those that are to go into another commit. */
  readonly left: readonly Waiting[];
}

/** So much goes into one commit, as JSON: the head must not grow too large. */
const maxCharacters = 384 * 1024;

/** A document of fewer characters fits into a Secret in any case. */
const surelyFits = 512 * 1024;

/**
 * How much edits add to a commit, as JSON.
 * @throws RR_STORE_TOO_LARGE for a document that no Secret can hold
 */
function sizeOf(edits: Edits): number {
  let characters = 0;
  for (const [key, edit] of edits) {
    if (edit === undefined || isInHead(key)) continue;
    const { length } = JSON.stringify(edit);
    if (length > surelyFits) requireFits(`document ${key}`, { value: pack(edit) });
    characters += length;
  }
  return characters;
}

/** Runs transactions, each on what those before it have left. One that fails leaves nothing. */
export async function runActs(base: DocumentReader, waiting: readonly Waiting[]): Promise<Ran> {
  const all = recordEdits(base);
  const settled: (() => void)[] = [];
  let characters = 0;
  for (const { act, resolve, reject } of waiting) {
    if (characters >= maxCharacters) break;
    const own = recordEdits(all.documents);
    try {
      const value = await act(own.documents);
      const size = sizeOf(own.edits());
      for (const [key, edit] of own.edits()) {
        if (edit === undefined) all.documents.delete(key);
        else all.documents.put(key, edit);
      }
      characters += size;
      settled.push(() => resolve(value));
    } catch (error) {
      settled.push(() => reject(error));
    }
  }
  const settle = (): void => {
    for (const tell of settled) tell();
  };
  const ran = waiting.slice(0, settled.length);
  return { edits: editsOf(all.edits()), settle, ran, left: waiting.slice(settled.length) };
}
