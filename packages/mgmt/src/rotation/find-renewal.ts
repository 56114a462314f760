import type { Verdict } from '@reroot/shared/api';
import { defaultAutomaticPolicy } from './automatic-policy.ts';
import type { StepFacts } from './decide-step.ts';
import type { Transition } from './record.ts';
import { perform } from './transition.ts';
import { meshReasons, waiting } from './verdict.ts';

/** For how long a verdict speaks for a row that is about to be left; twice its timeout, where that is longer. */
const leastFreshMs = 900_000;

/**
 * What must happen before a row that mgmt has verified by itself is left: a verdict that has waited, for a window or for the
 * overlap, says how things were. It is renewed shortly before the wait ends, and not earlier, for the wait may be of days.
 * @param leavesAtMs when nothing else holds the row any more
 * @returns undefined where the verdict is new enough, or need not be renewed yet
 */
export function findRenewal(facts: StepFacts, leavesAtMs: number): Transition | Verdict | undefined {
  const { record, policy, finding, nowMs } = facts;
  const { rotation, step, enteredAtMs } = record;
  // A person who has let the step pass has not gone by what was found.
  if (rotation?.verification !== 'automatic' || record.answer?.atMs === enteredAtMs) return undefined;
  if (finding?.kind === 'failed') {
    const message = `${step} is verified anew, for it was no longer in order before it could be left: ${finding.message} (proof ${finding.proof})`;
    const errors = finding.laggards.map((laggard) => `${laggard.cluster}: ${laggard.message}`);
    return perform(record, { move: 'lapse' }, nowMs, { message, errors });
  }
  const { timeoutMs } = policy.automatic ?? defaultAutomaticPolicy;
  const provenAtMs = finding?.kind === 'passed' ? finding.sinceMs : enteredAtMs;
  if (nowMs < leavesAtMs - timeoutMs || isFresh(facts, provenAtMs, timeoutMs)) return undefined;
  if (finding?.kind === 'running') {
    const { message, laggards } = finding;
    return { ...waiting(meshReasons.verificationRunning, message), laggards, laggardCount: laggards.length };
  }
  const since = new Date(provenAtMs).toISOString();
  return waiting(meshReasons.verificationRunning, `${step} was verified at ${since}, and is so once more before it is left`);
}

/**
 * What was found before a cluster lagged behind says nothing of what it has come back with; and nobody knows the age of what was found
 * before the clock was set back, if that is still to come.
 */
function isFresh({ record, nowMs }: StepFacts, provenAtMs: number, timeoutMs: number): boolean {
  const { wave } = record;
  const ageMs = nowMs - provenAtMs;
  const isYoung = ageMs >= 0 && ageMs < Math.max(leastFreshMs, 2 * timeoutMs);
  return isYoung && wave.provenAtMs !== undefined && provenAtMs >= wave.provenAtMs;
}
