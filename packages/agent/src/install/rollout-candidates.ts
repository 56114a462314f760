import { assertNever } from '@reroot/shared/errors';
import type { Owner, ProxyRole, Workload } from '../cluster/cluster.ts';
import { isOfUnknownSource } from '../evidence/conclude-workload.ts';
import type { RolloutStage } from './history.ts';
import { isStartedAfter } from './moment.ts';
import type { FollowUpFacts } from './plan.ts';
import { countRepeatedNudges, enoughNudges } from './repeated-nudges.ts';

/** The facts once nothing is left to be done about the Secret and its replicas. */
export interface RolloutFacts extends FollowUpFacts {
  readonly workloads: readonly SeenWorkload[];
  readonly budget: RolloutBudget;
}

/** A workload, and whether it lags behind what is desired. */
export interface SeenWorkload {
  readonly workload: Workload;
  readonly place: 'lagging' | 'reached';
}

/** How many owners may be rolling at a time. */
export interface RolloutBudget {
  readonly maxPerNamespace: number;
  /** Over all namespaces. */
  readonly maxTogether: number;
}

/** An owner that is to be restarted, or may be restarting. */
export interface RolloutCandidate {
  readonly owner: Owner;
  readonly stage: RolloutStage;
  /** Its workloads that a restart would help. */
  readonly due: readonly Workload[];
  /** Whether some of its pods have been started since the proof, by whomever. */
  readonly renewed: 'some' | 'none';
  /** When its restart was asked for, as far as that is remembered. */
  readonly begunAtMs: number | undefined;
}

/**
 * Finds who is concerned. A workload is due when it lags, was started before the proof, and will not come by itself: one
 * that learns by pushes is given enough nudges first. What was started since and lags all the same is not helped by starting,
 * nor is what is being deleted.
 *
 * One that learns by pushes and did not answer is never due: one look that failed cannot be told from many, and most likely
 * it was reached. Should it stay silent, the life of its leaf ends the wait.
 */
export function findCandidates(facts: RolloutFacts, provenAtMs: number): readonly RolloutCandidate[] {
  const candidates = new Map<string, RolloutCandidate>();
  const nudges = countRepeatedNudges(facts.secret, facts.desired);
  for (const { owner, stage, atMs } of facts.history.begun) {
    candidates.set(keyOf(owner), { owner, stage, due: [], renewed: 'none', begunAtMs: atMs });
  }
  for (const { workload, place } of facts.workloads) {
    const { owner, role } = workload;
    if (owner === undefined) continue;
    const stage = stageOf(role);
    const before = candidates.get(keyOf(owner)) ?? { owner, stage, due: [], renewed: 'none', begunAtMs: undefined };
    const due = isDue(workload, place, nudges, provenAtMs) ? [...before.due, workload] : before.due;
    const renewed = isStartedAfter(workload, provenAtMs) ? 'some' : before.renewed;
    candidates.set(keyOf(owner), { ...before, due, renewed });
  }
  return [...candidates.values()].filter(
    ({ due, renewed, begunAtMs }) => due.length > 0 || renewed === 'some' || begunAtMs !== undefined,
  );
}

/** Workloads that a restart would help, and that nobody can restart. */
export function findUnowned(facts: RolloutFacts, provenAtMs: number): readonly Workload[] {
  const nudges = countRepeatedNudges(facts.secret, facts.desired);
  return facts.workloads
    .filter(({ workload, place }) => workload.owner === undefined && isDue(workload, place, nudges, provenAtMs))
    .map(({ workload }) => workload);
}

/** Names an owner among all of a cluster. */
export function keyOf({ kind, namespace, name }: Owner): string {
  return `${kind} ${namespace}/${name}`;
}

function isDue(workload: Workload, place: SeenWorkload['place'], nudges: number, provenAtMs: number): boolean {
  if (place === 'reached' || workload.endsAtMs !== undefined) return false;
  if (isStartedAfter(workload, provenAtMs) || isOfUnknownSource(workload)) return false;
  switch (workload.learns) {
    case 'renewed':
      return true;
    case 'pushed':
      return nudges >= enoughNudges && !isUnreachable(workload);
    default:
      return assertNever(workload.learns);
  }
}

function isUnreachable({ reading }: Workload): boolean {
  return reading.kind === 'unread' && reading.why === 'unreachable';
}

function stageOf(role: ProxyRole): RolloutStage {
  switch (role) {
    case 'gateway':
    case 'waypoint':
    case 'ztunnel':
      return 'between';
    case 'sidecar':
      return 'sidecar';
    default:
      return assertNever(role);
  }
}
