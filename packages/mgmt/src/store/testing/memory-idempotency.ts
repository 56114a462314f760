import { type IdempotencyLimits, type IdempotencyStore, type KeptOutcome, type KeyedRequest } from '../idempotency.ts';
import { packAnswer } from '../sqlite-idempotency.ts';

interface Kept extends KeyedRequest {
  readonly atMs: number;
  outcome: KeptOutcome;
}

/** The part of a store without a disk that is about requests with keys. */
export function memoryIdempotency(limits: IdempotencyLimits, requireTerm: (term: number) => void): IdempotencyStore {
  let all: Kept[] = [];
  const find = ({ principal, key }: KeyedRequest) => all.find((kept) => kept.principal === principal && kept.key === key);
  const bytesOf = ({ outcome }: Kept) => (outcome.kind === 'answered' ? (packAnswer(outcome.answer)?.byteLength ?? 0) : 0);
  return {
    beginRequest: async (request, nowMs, term) => {
      requireTerm(term);
      all = all.filter(({ atMs }) => atMs > nowMs - limits.ageMs);
      const known = find(request);
      if (known !== undefined) return { asked: known.asked, atMs: known.atMs, outcome: known.outcome };
      all.push({ ...request, atMs: nowMs, outcome: { kind: 'open' } });
      const own = all.filter(({ principal }) => principal === request.principal).slice(-limits.requestsOfOne);
      all = all.filter((kept) => kept.principal !== request.principal || own.includes(kept)).slice(-limits.requests);
      return undefined;
    },
    endRequest: async (request, answer, term) => {
      requireTerm(term);
      const kept = find(request);
      if (kept === undefined) return;
      const isKept = answer !== undefined && (packAnswer(answer)?.byteLength ?? 0) <= limits.bytesOfOne;
      kept.outcome = isKept ? { kind: 'answered', answer } : { kind: 'done' };
      let bytes = 0;
      for (const each of all.toReversed()) {
        bytes += bytesOf(each);
        if (bytes > limits.bytes && each.outcome.kind === 'answered') each.outcome = { kind: 'done' };
      }
    },
    forgetRequest: async (request, term) => {
      requireTerm(term);
      all = all.filter((kept) => kept !== find(request));
    },
  };
}
