import type { Laggard } from '@reroot/shared/api';
import { errorMessage } from '@reroot/shared/errors';
import type { ProvenCheck } from '../store/index.ts';
import { boundEvidence } from './bound-evidence.ts';
import { type Check, type CheckContext, type CheckResult, found } from './check.ts';
import { type Clocks, toWall } from './steady-time.ts';
import type { Subject } from './subject.ts';

/** What running checks works with. */
export interface RunOptions extends Clocks {
  readonly subject: () => Subject;
  readonly proofId: string;
  readonly signal: AbortSignal;
  /** By the steady clock; what is unavailable until then stays so. */
  readonly deadlineMs: number;
  /** What a check that fails means for those after it. */
  readonly onFailure: 'stop' | 'go-on';
  /** Says how far it is, and which check has come to an end. */
  readonly onProgress: (message: string, laggards: readonly Laggard[]) => void;
  readonly onResult?: (results: readonly ProvenCheck[]) => void;
}

/** How long is waited before something that is unavailable is looked at again. */
const retryMs = 2_000;

/**
 * Makes the checks one after the other. Where a failure ends it, what has aged meanwhile is asked again in the end. One that is
 * unavailable is tried again until the deadline: before the next one begins or,
 * where a failure does not end it, once all of them were made.
 * @throws the signal's reason
 */
export async function runChecks(checks: readonly Check[], options: RunOptions): Promise<readonly ProvenCheck[]> {
  const results: ProvenCheck[] = [];
  const askedAtMs: number[] = [];
  const take = (index: number, { name }: Check, result: CheckResult): void => {
    results[index] = { name, ...result, evidence: boundEvidence(result.evidence) };
    options.onResult?.([...results]);
  };
  if (options.onFailure === 'stop') {
    const ask = async (index: number, check: Check): Promise<CheckResult['outcome']> => {
      const noted = { ...options, onAttempt: (atMs: number) => void (askedAtMs[index] = atMs) };
      const result = await attemptUntilDeadline(check, undefined, results.slice(0, index), noted);
      take(index, check, result);
      return result.outcome;
    };
    for (const [index, check] of checks.entries()) if ((await ask(index, check)) === 'failed') return results;
    await askAgedAgain(checks, results, askedAtMs, { ask, take, ...options });
    return results;
  }
  for (const [index, check] of checks.entries()) take(index, check, await attemptOnce(check, undefined, results, options));
  for (const [index, check] of checks.entries()) {
    const { outcome } = results[index] ?? {};
    if (outcome !== 'unavailable') continue;
    take(index, check, await attemptUntilDeadline(check, results[index], results.slice(0, index), options));
  }
  return results;
}

interface Asking extends Clocks, Pick<RunOptions, 'deadlineMs'> {
  readonly ask: (index: number, check: Check) => Promise<CheckResult['outcome']>;
  readonly take: (index: number, check: Check, result: CheckResult) => void;
}

/** An answer that is older than it may be lets no step pass: what it spoke of may have changed while others were waited for. */
async function askAgedAgain(
  checks: readonly Check[],
  results: readonly ProvenCheck[],
  askedAtMs: readonly number[],
  { ask, take, deadlineMs, ...clocks }: Asking,
): Promise<void> {
  const { steadyClock } = clocks;
  const isAged = ({ countsForMs = Number.POSITIVE_INFINITY }: Check, index: number): boolean =>
    results[index]?.outcome === 'passed' && steadyClock.now() - (askedAtMs[index] ?? 0) > countsForMs;
  for (;;) {
    if (results.some(({ outcome }) => outcome === 'unavailable')) return;
    const index = checks.findIndex(isAged);
    const aged = checks[index];
    if (aged === undefined) return;
    if (steadyClock.now() >= deadlineMs) {
      const asked = new Date(toWall(clocks, askedAtMs[index] ?? 0)).toISOString();
      const message = `it was asked at ${asked}, and its answer counts for ${(aged.countsForMs ?? 0) / 1_000} s`;
      take(index, aged, found('unavailable', message, results[index]?.evidence));
      return;
    }
    if ((await ask(index, aged)) !== 'passed') return;
  }
}

interface Attempting extends RunOptions {
  /** Told when an attempt begins, by the steady clock. */
  readonly onAttempt?: (atMs: number) => void;
}

async function attemptUntilDeadline(
  check: Check,
  first: CheckResult | undefined,
  before: readonly ProvenCheck[],
  options: Attempting,
): Promise<CheckResult> {
  const { steadyClock, signal, deadlineMs } = options;
  let last = first;
  for (;;) {
    last ??= await attemptOnce(check, undefined, before, options);
    if (last.outcome !== 'unavailable' || steadyClock.now() + retryMs >= deadlineMs) return last;
    options.onProgress(`${check.name}: ${last.message}; it is tried again`, last.laggards);
    await steadyClock.sleep(retryMs, signal);
    last = await attemptOnce(check, last, before, options);
  }
}

/**
 * Whatever an attempt waits for, it waits for no longer than until the deadline.
 * @param last what was found before: it says more than that the time is over
 */
async function attemptOnce(
  check: Check,
  last: CheckResult | undefined,
  before: readonly ProvenCheck[],
  options: Attempting,
): Promise<CheckResult> {
  const { subject, proofId, clock, steadyClock, signal, deadlineMs, onProgress } = options;
  options.onAttempt?.(steadyClock.now());
  const late = new AbortController();
  const done = new AbortController();
  steadyClock.sleep(Math.max(0, deadlineMs - steadyClock.now()), AbortSignal.any([signal, done.signal])).then(
    () => late.abort(new Error('the time is over')),
    () => undefined,
  );
  const context: CheckContext = {
    ...{ subject, before, proofId, clock, steadyClock },
    signal: AbortSignal.any([signal, late.signal]),
    progress: (message, laggards = []) => onProgress(`${check.name}: ${message}`, laggards),
  };
  try {
    return await check.attempt(context);
  } catch (error) {
    signal.throwIfAborted();
    if (last !== undefined && late.signal.aborted) return last;
    return found('unavailable', errorMessage(error));
  } finally {
    done.abort();
  }
}
