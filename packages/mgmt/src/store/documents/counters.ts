import { z } from 'zod';
import type { EventMark } from '../event-log.ts';
import { documentForm } from './document-form.ts';
import type { DocumentChanges, DocumentReader } from './document-space.ts';

const mark = z.strictObject({ number: z.int().nonnegative(), atMs: z.int().nonnegative() });
const countersForm = documentForm(z.strictObject({ condition: mark, proof: mark, root: mark, request: mark }));

/** What is numbered over all meshes. */
export type Counted = 'condition' | 'proof' | 'root' | 'request';

/** The last one of each that was written. */
export type Counters = Readonly<Record<Counted, EventMark>>;

const none: EventMark = { number: 0, atMs: 0 };

/** Reads them. @throws RR_STORE_CORRUPT */
export async function readCounters(documents: DocumentReader): Promise<Counters> {
  const found = countersForm.find(await documents.get('head/counters'), 'counters');
  return found ?? { condition: none, proof: none, root: none, request: none };
}

/** Takes a number for given. */
export async function noteCounted(documents: DocumentChanges, counted: Counted, last: EventMark): Promise<void> {
  documents.put('head/counters', { ...(await readCounters(documents)), [counted]: last });
}

/** Gives the next number of its kind, which is never given again. */
export async function nextNumber(documents: DocumentChanges, counted: Counted, atMs = 0): Promise<number> {
  const counters = await readCounters(documents);
  const number = counters[counted].number + 1;
  documents.put('head/counters', { ...counters, [counted]: { number, atMs } });
  return number;
}
