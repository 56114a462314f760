import { ofRoots } from '@reroot/shared/api-contract';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { errorFields, type Log } from '@reroot/shared/log';
import { createTurn, type IdempotencyStore, type KeptAnswer, type KeptRequest, type KeyedRequest } from '../../store/index.ts';
import { RetryAfter } from '../access/rate-limited.ts';
import type { MadeAnswer } from '../make-answer.ts';
import { fromHttpError } from '../problem.ts';

/** What acts that are done once work with. */
export interface ActOnceOptions {
  readonly store: IdempotencyStore;
  /** The one that this mgmt took. */
  readonly term: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the API stops. */
  readonly stopping: AbortSignal;
  /** How long a request waits for the one before it; 20 s when left out. */
  readonly waitMs?: number;
}

/** A request with a key. */
export interface Once extends KeyedRequest {
  /** Whether its answer may be kept. */
  readonly answer: 'kept' | 'secret';
  readonly act: () => Promise<KeptAnswer>;
}

/** What it is answered with. */
export interface OnceAnswered {
  readonly answer: MadeAnswer;
  readonly from: 'act' | 'memory';
}

type Ended =
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly error: RerootError }
  | { readonly kind: 'unknown' };

const defaultWaitMs = 20_000;
const retryAfterMs = 2_000;

/**
 * Does what a request with a key asks for once, and answers each further one with the same key as it answered the first. A refusal
 * that has changed nothing gives the key free.
 * @returns rejects with what the act throws; RR_API_IDEMPOTENCY_*, RR_STORE_*
 */
export function createActOnce(options: ActOnceOptions): (once: Once) => Promise<OnceAnswered> {
  const { store, term, clock, log } = options;
  const underWay = new Map<string, Promise<Ended>>();
  // What is in the store and what is under way are looked at, and changed, together.
  const turn = createTurn();
  const begin = (once: Once) =>
    turn.take(async () => {
      const name = nameOf(once);
      const before = await store.beginRequest(once, clock.now(), term);
      if (before !== undefined) return { before, first: underWay.get(name) };
      const { promise, resolve } = Promise.withResolvers<Ended>();
      underWay.set(name, promise);
      return { tell: resolve };
    });
  const end = (once: Once, ended: Ended, tell: (ended: Ended) => void): Promise<void> =>
    turn.take(async () => {
      try {
        if (ended.kind === 'answered' || ended.kind === 'done') {
          await store.endRequest(once, ended.kind === 'answered' ? ended.answer : undefined, term);
        } else if (ended.kind === 'refused') await store.forgetRequest(once, term);
      } catch (error) {
        // The act stands whatever becomes of its note: its key will say that nothing is known.
        log.error({ ...errorFields(error) }, 'what a request with a key was answered cannot be kept');
      }
      underWay.delete(nameOf(once));
      tell(ended);
    });
  return async (once) => {
    const begun = await begin(once);
    if ('before' in begun) return answerAgain(once, begun.before, begun.first, options);
    try {
      const answer = await once.act();
      await end(once, once.answer === 'kept' ? { kind: 'answered', answer } : { kind: 'done' }, begun.tell);
      return { answer, from: 'act' };
    } catch (thrown) {
      const error = fromHttpError(thrown);
      await end(once, changedNothing(error) ? { kind: 'refused', error } : { kind: 'unknown' }, begun.tell);
      throw error;
    }
  };
}

function nameOf({ principal, key }: KeyedRequest): string {
  return JSON.stringify([principal, key]);
}

const beforeAnyChange: ReadonlySet<string> = new Set(ofRoots);

/** A refusal comes before the change, and so does what fails while a root is fetched. Of a failure of the store nobody knows. */
function changedNothing({ code, entry }: RerootError): boolean {
  return entry.status < 500 || beforeAnyChange.has(code);
}

async function answerAgain(
  once: Once,
  before: KeptRequest,
  first: Promise<Ended> | undefined,
  options: ActOnceOptions,
): Promise<OnceAnswered> {
  if (before.asked !== once.asked) {
    throw new RerootError('RR_API_IDEMPOTENCY_KEY_REUSED', `the key came with another request at ${timeOf(before)}`, {
      place: 'header (Idempotency-Key)',
    });
  }
  const { outcome } = before;
  const ended = outcome.kind === 'open' ? await endOf(first, options) : outcome;
  options.log.info({ outcome: ended.kind }, 'a request came again with its key');
  switch (ended.kind) {
    case 'answered':
      return { answer: ended.answer, from: 'memory' };
    case 'refused':
      throw ended.error;
    case 'done':
      throw notKept(once, before);
    case 'unknown':
      throw new RerootError(
        'RR_API_IDEMPOTENCY_OUTCOME_UNKNOWN',
        `the request came first at ${timeOf(before)}, and whether it was done was not written down`,
      );
  }
}

/** How the first one ends. One that nobody is doing was left by a mgmt that died, or by a store that failed. */
async function endOf(first: Promise<Ended> | undefined, options: ActOnceOptions): Promise<Ended> {
  if (first === undefined) return { kind: 'unknown' };
  const { clock, stopping, waitMs = defaultWaitMs } = options;
  const enough = new AbortController();
  const waited = clock.sleep(waitMs, AbortSignal.any([stopping, enough.signal])).then(
    () => undefined,
    () => undefined,
  );
  const ended = await Promise.race([first, waited]);
  enough.abort();
  if (ended !== undefined) return ended;
  throw new RerootError('RR_API_IDEMPOTENCY_UNDER_WAY', 'the first request with this key is still being done', {
    cause: new RetryAfter(retryAfterMs),
  });
}

function notKept({ answer }: Once, before: KeptRequest): RerootError {
  const why = answer === 'secret' ? 'it holds secrets' : 'it took too much room';
  return new RerootError(
    'RR_API_IDEMPOTENCY_ANSWER_NOT_KEPT',
    `the request was done at ${timeOf(before)}, and its answer was not kept: ${why}`,
    answer === 'secret' ? {} : { remedy: 'read the mesh: it shows what has come of it' },
  );
}

function timeOf({ atMs }: KeptRequest): string {
  return new Date(atMs).toISOString();
}
