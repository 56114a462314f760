import { isMember, isOutdated, type RotationRecord } from '../rotation/index.ts';
import type { Subject } from './subject.ts';
import type { Found } from './verify-step.ts';

/** The verification of one step. */
export interface StepRun {
  /** `over`: the time was over before the checks could be made, and says no more than that. */
  readonly kind: 'checks' | 'over';
  /** Those that it began with, and what they were found by. */
  readonly members: ReadonlySet<string>;
  readonly of: MemberFacts;
  /** Since when no cluster had lagged behind when it began. */
  readonly provenAtMs: number | undefined;
  readonly leaveOff: () => void;
}

/** What says who counts; the same object for as long as it says the same. */
interface MemberFacts {
  readonly clusters: readonly string[];
  readonly deviations: RotationRecord['deviations'];
}

/** A run that begins with a mesh as it is. */
export function newRun(subject: Subject, { kind, leaveOff }: Pick<StepRun, 'kind' | 'leaveOff'>): StepRun {
  const of = memberFactsOf(subject);
  return { kind, members: membersOf(of), of, provenAtMs: subject.record.wave.provenAtMs, leaveOff };
}

/**
 * Whether what a run finds is of a mesh that is not so any more. What it has found of a step counts here no more where it does not
 * for a decision: else each would wait for the other.
 */
export function isOfBefore(run: StepRun, found: Found | undefined, subject: Subject): boolean {
  const { record } = subject;
  if (record.state === 'VERIFYING' && isOutdated(record, found?.finding)) return true;
  return run.provenAtMs !== record.wave.provenAtMs || hasMore(run, memberFactsOf(subject));
}

/** Whether a cluster counts that did not when the run began. That one counts no more leaves what was found as it is. */
function hasMore({ members, of }: StepRun, now: MemberFacts): boolean {
  if (of.clusters === now.clusters && of.deviations === now.deviations) return false;
  return [...membersOf(now)].some((cluster) => !members.has(cluster));
}

function memberFactsOf({ record, snapshot }: Subject): MemberFacts {
  return { clusters: snapshot.clusters, deviations: record.deviations };
}

function membersOf({ clusters, deviations }: MemberFacts): ReadonlySet<string> {
  return new Set(clusters.filter((cluster) => isMember({ deviations }, cluster)));
}
