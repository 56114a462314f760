import type { Clock } from '@reroot/shared/clock';

/** How long answers are kept, and how many. */
export interface AnswerCacheOptions {
  readonly ttlMs: number;
  readonly maxEntries: number;
  readonly clock: Clock;
}

/** Answers of somebody who is asked over the network. */
export interface AnswerCache<T> {
  /** The answer that is kept, or on its way; undefined where there is none. */
  find(key: string): Promise<T> | undefined;
  /** Asks, and keeps what comes. A question that fails is not kept. */
  ask(key: string, question: () => Promise<T>): Promise<T>;
}

/** Forgets what is older than `ttlMs`, and beyond `maxEntries` what was asked longest ago. */
export function createAnswerCache<T>({ ttlMs, maxEntries, clock }: AnswerCacheOptions): AnswerCache<T> {
  const entries = new Map<string, { readonly answer: Promise<T>; readonly askedAtMs: number }>();
  const find = (key: string): Promise<T> | undefined => {
    const entry = entries.get(key);
    if (entry === undefined) return undefined;
    const ageMs = clock.now() - entry.askedAtMs;
    // A clock that was set back must not keep an answer for longer.
    if (ageMs >= 0 && ageMs < ttlMs) return entry.answer;
    entries.delete(key);
    return undefined;
  };
  return {
    find,
    ask: (key, question) => {
      const answer = question();
      const entry = { answer, askedAtMs: clock.now() };
      entries.set(key, entry);
      const [oldest] = entries.keys();
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
      const forget = (): void => {
        if (entries.get(key) === entry) entries.delete(key);
      };
      answer.catch(forget);
      return answer;
    },
  };
}
