import { toRerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { type AuditDraft, type AuditOptions, itself } from '../audit.ts';
import { requireTermInForce } from '../store.ts';
import { documentForm } from './document-form.ts';
import { appendEntry, beginJournal } from './document-journal.ts';
import type { DocumentChanges, DocumentReader, DocumentSpace } from './document-space.ts';

const termForm = documentForm(z.strictObject({ value: z.int().nonnegative() }));

/** One transaction of the store. */
export interface Transaction {
  readonly documents: DocumentChanges;
  /** Begins the journal, where that has not begun. */
  readonly beginJournal: () => Promise<void>;
  /** Adds an entry to the journal. @returns its number */
  readonly append: (draft: AuditDraft) => Promise<number>;
}

/** How the store changes its documents. */
export interface Transactions {
  /** All of it or nothing. `act` may run several times. */
  readonly commit: <T>(act: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** As `commit`. @throws RR_STORE_DEPOSED when another term is in force */
  readonly fenced: <T>(term: number, act: (transaction: Transaction) => Promise<T>) => Promise<T>;
  /** As `fenced`, with bytes that are kept before and dropped again where nothing comes of it, and that is known. */
  readonly fencedWith: <T>(
    term: number,
    bytes: Uint8Array | undefined,
    act: (transaction: Transaction, blob: string | undefined) => Promise<T>,
  ) => Promise<T>;
}

/** Transactions of a space, each with its entries of the journal. */
export function createTransactions(space: DocumentSpace, audit: AuditOptions): Transactions {
  const commit = async <T>(act: (transaction: Transaction) => Promise<T>): Promise<T> => {
    // Asked for here: a transaction may run in the wake of somebody else's.
    const actor = audit.whoActs?.() ?? itself;
    const options = { ...audit, whoActs: () => actor };
    let appended = 0;
    const result = await space.transact((documents) => {
      appended = 0;
      const append = (draft: AuditDraft): Promise<number> => {
        appended += 1;
        return appendEntry(documents, draft, options);
      };
      return act({ documents, append, beginJournal: () => beginJournal(documents, options) });
    });
    if (appended > 0) audit.onAppended?.();
    return result;
  };
  const fenced: Transactions['fenced'] = (term, act) =>
    commit(async (transaction) => {
      requireTermInForce(term, await readTerm(transaction.documents));
      return act(transaction);
    });
  return {
    commit,
    fenced,
    fencedWith: async (term, bytes, act) => {
      const blob = bytes === undefined ? undefined : await space.keepBlob(bytes);
      try {
        return await fenced(term, (transaction) => act(transaction, blob));
      } catch (error) {
        // A commit of which nobody knows may have come about, and name it; else it is swept.
        const isRefused = toRerootError(error).code !== 'RR_STORE_FAILED';
        if (blob !== undefined && isRefused) await space.dropBlobs([blob]);
        throw error;
      }
    },
  };
}

/** The term in force; 0 before the first. */
export async function readTerm(documents: DocumentReader): Promise<number> {
  return termForm.find(await documents.get('head/term'), 'term')?.value ?? 0;
}

/** Raises it by one. */
export function takeTerm(documents: DocumentChanges): Promise<number> {
  return takeTerms(documents, 1);
}

/** Raises it by so many. */
export async function takeTerms(documents: DocumentChanges, by: number): Promise<number> {
  const value = (await readTerm(documents)) + by;
  documents.put('head/term', { value });
  return value;
}
