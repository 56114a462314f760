import type { DocumentChanges, DocumentReader } from '../documents/document-space.ts';
import { recordEdits } from '../documents/recorded-edits.ts';
import type { Edit } from './head-form.ts';
import { editsOf } from './space-state.ts';

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
      for (const [key, edit] of own.edits()) {
        if (edit === undefined) all.documents.delete(key);
        else all.documents.put(key, edit);
        characters += edit === undefined || key.startsWith('head/') ? 0 : JSON.stringify(edit).length;
      }
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
