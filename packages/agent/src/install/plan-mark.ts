import { momentOfProof } from './moment.ts';
import type { FollowUpFacts, InstallPlan } from './plan.ts';
import { allLoaded } from './proof.ts';
import { countRepeatedNudges, enoughNudges } from './repeated-nudges.ts';
import { findRestartsDue } from './restart-due.ts';

/**
 * Keeps the moment since when every replica has been proven to hold the files, once some workload makes it needed; takes it
 * back when a replica is found to hold other certificates after all, for it may have signed for any workload since.
 * @returns undefined when nothing is to be written
 */
export function planMark(facts: FollowUpFacts): InstallPlan | undefined {
  const { secret, proof, nowMs } = facts;
  const bundle = secret.rootCert;
  const fellBack = proof.replicas.some(({ state }) => state === 'differs');
  if (fellBack && secret.annotations?.provenAtMs !== undefined) return { kind: 'mark', bundle, provenAtMs: undefined };
  if (!allLoaded(proof) || findRestartsDue(secret, proof.replicas).length > 0) return undefined;
  if (momentOfProof(secret) !== undefined || !isNeeded(facts)) return undefined;
  // A clock that was put back: what it says now would not count.
  if (nowMs < (secret.annotations?.filesWrittenAtMs ?? 0)) return undefined;
  return { kind: 'mark', bundle, provenAtMs: nowMs };
}

/** Also for workloads that learn by pushes and were not reached: which of them to restart is told by their start. */
function isNeeded({ secret, desired, proof }: FollowUpFacts): boolean {
  if (proof.moment === 'needed') return true;
  if (proof.workloads !== 'lagging' || desired.workloadRestart === 'never') return false;
  return countRepeatedNudges(secret, desired) >= enoughNudges;
}
