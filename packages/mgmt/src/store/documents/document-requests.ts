import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { IdempotencyLimits, KeyedRequest } from '../idempotency.ts';
import { nextNumber } from './counters.ts';
import { documentForm } from './document-form.ts';
import type { DocumentChanges, DocumentReader } from './document-space.ts';

/** `open`: under way, or mgmt died of it. `blob` names the answer; without it, it was not kept, or no longer is. */
const outcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('done'), answer: z.strictObject({ blob: z.string(), bytes: z.int() }).exactOptional() }),
]);
const request = z.strictObject({
  number: z.int().positive(),
  principal: z.string(),
  key: z.string(),
  asked: z.string(),
  atMs: z.int(),
  outcome,
});
const slotForm = documentForm(z.strictObject({ requests: z.array(request) }));

/** A request as it lies in its document. */
export type RequestEntry = z.infer<typeof request>;

/** An answer that was kept. */
export type AnswerRef = NonNullable<Extract<RequestEntry['outcome'], { kind: 'done' }>['answer']>;

/**
 * Requests lie in so many documents, each by its hash: they come and go by thousands, and no document is ever deleted.
 */
const slots = 64;

/**
 * Runs inside the transaction of the caller.
 * @returns the one of before, if there is one, and the blobs that nobody needs any more
 */
export async function beginRequest(
  documents: DocumentChanges,
  asked: KeyedRequest,
  nowMs: number,
  limits: IdempotencyLimits,
): Promise<{ readonly known: RequestEntry | undefined; readonly dropped: readonly string[] }> {
  const before = await readRequests(documents);
  const alive = before.filter(({ atMs }) => atMs > nowMs - limits.ageMs);
  const known = alive.find((each) => isSame(each, asked));
  if (known !== undefined) return { known, dropped: write(documents, before, alive) };
  const { principal, key } = asked;
  const number = await nextNumber(documents, 'request');
  const added: RequestEntry = { number, principal, key, asked: asked.asked, atMs: nowMs, outcome: { kind: 'open' } };
  const all = [...alive, added];
  const own = new Set(all.filter((each) => each.principal === principal).slice(-limits.requestsOfOne));
  const kept = all.filter((each) => each.principal !== principal || own.has(each)).slice(-limits.requests);
  return { known: undefined, dropped: write(documents, before, kept) };
}

/**
 * Runs inside the transaction of the caller.
 * @returns the blobs that nobody needs any more
 */
export async function endRequest(
  documents: DocumentChanges,
  asked: KeyedRequest,
  answer: AnswerRef | undefined,
  limits: IdempotencyLimits,
): Promise<readonly string[]> {
  const before = await readRequests(documents);
  const ended: RequestEntry['outcome'] = answer === undefined ? { kind: 'done' } : { kind: 'done', answer };
  const changed = before.map((each) => (isSame(each, asked) ? { ...each, outcome: ended } : each));
  let bytes = 0;
  const kept = changed.toReversed().map((each) => {
    bytes += answerOf(each)?.bytes ?? 0;
    return bytes > limits.bytes && answerOf(each) !== undefined ? { ...each, outcome: { kind: 'done' as const } } : each;
  });
  const dropped = write(documents, before, kept.toReversed());
  const isKept = kept.some((each) => answerOf(each)?.blob === answer?.blob);
  return answer === undefined || isKept ? dropped : [...dropped, answer.blob];
}

/**
 * Runs inside the transaction of the caller.
 * @returns the blobs that nobody needs any more
 */
export async function forgetRequest(documents: DocumentChanges, asked: KeyedRequest): Promise<readonly string[]> {
  const before = await readRequests(documents);
  return write(
    documents,
    before,
    before.filter((each) => !isSame(each, asked)),
  );
}

function isSame(entry: RequestEntry, { principal, key }: KeyedRequest): boolean {
  return entry.principal === principal && entry.key === key;
}

function answerOf({ outcome }: RequestEntry): AnswerRef | undefined {
  return outcome.kind === 'done' ? outcome.answer : undefined;
}

/** In the order in which they came. */
async function readRequests(documents: DocumentReader): Promise<readonly RequestEntry[]> {
  const found = await documents.list('request');
  return found.flatMap(({ key, value }) => slotForm.read(value, key).requests).toSorted((a, b) => a.number - b.number);
}

/** Writes the documents that change. @returns the blobs of before that are named no more */
function write(documents: DocumentChanges, before: readonly RequestEntry[], after: readonly RequestEntry[]): readonly string[] {
  const [gone, come] = [new Set(before).difference(new Set(after)), new Set(after).difference(new Set(before))];
  const changed = new Set([...gone, ...come].map(slotOf));
  for (const slot of changed) {
    documents.put(`request/${slot}`, { requests: after.filter((each) => slotOf(each) === slot) });
  }
  const named = new Set(after.map((each) => answerOf(each)?.blob));
  return [...gone].flatMap((each) => answerOf(each)?.blob ?? []).filter((blob) => !named.has(blob));
}

const known = new WeakMap<RequestEntry, number>();

function slotOf(entry: RequestEntry): number {
  const before = known.get(entry);
  if (before !== undefined) return before;
  const digest = createHash('sha256')
    .update(JSON.stringify([entry.principal, entry.key]))
    .digest();
  const slot = digest.readUInt32BE() % slots;
  known.set(entry, slot);
  return slot;
}
