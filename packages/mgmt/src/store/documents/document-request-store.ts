import type { IdempotencyLimits, IdempotencyStore, KeptOutcome } from '../idempotency.ts';
import { packAnswer, unpackAnswer } from '../kept-answer.ts';
import { beginRequest, endRequest, forgetRequest, type RequestEntry } from './document-requests.ts';
import type { DocumentSpace } from './document-space.ts';
import type { Transactions } from './document-transactions.ts';

/** The part of a store of documents that is about requests with keys. */
export function createRequestStore(
  space: DocumentSpace,
  { fenced, fencedWith }: Transactions,
  limits: IdempotencyLimits,
): IdempotencyStore {
  return {
    beginRequest: async (request, nowMs, term) => {
      const begun = await fenced(term, ({ documents }) => beginRequest(documents, request, nowMs, limits));
      await space.dropBlobs(begun.dropped);
      if (begun.known === undefined) return undefined;
      const { asked, atMs } = begun.known;
      return { asked, atMs, outcome: await readOutcome(space, begun.known) };
    },
    endRequest: async (request, answer, term) => {
      const packed = packAnswer(answer);
      const kept = packed === undefined || packed.byteLength > limits.bytesOfOne ? undefined : packed;
      const dropped = await fencedWith(term, kept, ({ documents }, blob) => {
        const ref = blob === undefined || kept === undefined ? undefined : { blob, bytes: kept.byteLength };
        return endRequest(documents, request, ref, limits);
      });
      await space.dropBlobs(dropped);
    },
    forgetRequest: async (request, term) => {
      await space.dropBlobs(await fenced(term, ({ documents }) => forgetRequest(documents, request)));
    },
  };
}

async function readOutcome(space: DocumentSpace, { key, outcome }: RequestEntry): Promise<KeptOutcome> {
  if (outcome.kind === 'open') return outcome;
  const bytes = outcome.answer === undefined ? undefined : await space.readBlob(outcome.answer.blob);
  return bytes === undefined ? { kind: 'done' } : { kind: 'answered', answer: unpackAnswer(bytes, key) };
}
