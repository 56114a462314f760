import type { Clock } from '../clock/index.ts';
import { type ErrorCode, RerootError } from '../errors/index.ts';

/** How long something may take, and what it is called when it takes longer. */
export interface Deadline {
  readonly ms: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Code of the error when time runs out. */
  readonly code: ErrorCode;
  /** Who is waited for; the subject of the error's sentence. */
  readonly who: string;
}

/** One for all: nobody reads it, and to make an error with its stack takes longer than the rest. */
const workDone = new Error('the work is done');

/**
 * Gives `work` a signal that aborts at the deadline, and does not wait for it any longer even if it ignores that signal.
 * @returns what `work` gave
 * @throws what `work` threw; an error of `deadline.code` when time runs out; the outer signal's reason when it aborts
 */
export async function withDeadline<T>(deadline: Deadline, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { ms, clock, signal, code, who } = deadline;
  signal.throwIfAborted();
  const late = new AbortController();
  const done = new AbortController();
  const inner = AbortSignal.any([signal, late.signal]);
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(inner.reason);
  inner.addEventListener('abort', onAbort);
  clock.sleep(ms, done.signal).then(
    () => late.abort(new RerootError(code, `${who} did not answer within ${ms} ms`)),
    () => undefined,
  );
  try {
    return await Promise.race([work(inner), aborted.promise]);
  } finally {
    inner.removeEventListener('abort', onAbort);
    done.abort(workDone);
  }
}
