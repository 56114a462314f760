import type { Step } from '@reroot/shared/protocol';
import { awaitsFirstReports } from './awaits-first-reports.ts';
import type { StepFacts } from './decide-step.ts';
import type { Transition } from './record.ts';
import { isOverlap } from './row.ts';
import { perform } from './transition.ts';
import { provenSince } from './wave.ts';

/**
 * Counts the time for which both roots are trusted: from a proof on, and anew after each time that it was lost, for leaves
 * that were signed meanwhile by the other root live on.
 * @param step the row that every cluster holds
 */
export function countOverlap(facts: StepFacts, step: Step): Transition | undefined {
  const { record, judgement, policy, nowMs } = facts;
  const { passed } = judgement.verdict;
  const isProven = provenSince(record.wave, nowMs) !== undefined;
  const counts = isOverlap(step) && policy.minimumOverlapMs > 0 && passed !== isProven;
  if (!counts || awaitsFirstReports(facts)) return undefined;
  return passed
    ? note(facts, 'prove', `${step} is proven; its overlap is counted from now on`)
    : note(facts, 'doubt', `${step} is no longer proven; its overlap is counted anew`);
}

/**
 * Writes down that a cluster lags behind a step that mgmt verifies by itself, and since when none does any more: what was found
 * before counts no more then, after a restart of mgmt either.
 */
export function markLag(facts: StepFacts): Transition | undefined {
  const { record, judgement, nowMs } = facts;
  const { passed, reason } = judgement.verdict;
  const isMarked = passed === (provenSince(record.wave, nowMs) !== undefined);
  if (record.rotation?.verification !== 'automatic' || isMarked || awaitsFirstReports(facts)) return undefined;
  return passed
    ? note(facts, 'prove', `${record.step} is proven again, and is verified anew`)
    : note(facts, 'doubt', `${record.step} is no longer proven (${reason}); what was verified counts no more`);
}

function note({ record, nowMs }: StepFacts, move: 'prove' | 'doubt', message: string): Transition {
  return perform(record, { move }, nowMs, { message });
}
