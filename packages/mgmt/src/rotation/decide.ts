import type { Verdict } from '@reroot/shared/api';
import { assertNever } from '@reroot/shared/errors';
import { excludeCluster } from './cluster-act.ts';
import { decideDeviations } from './decide-deviation.ts';
import { decideReaching, decideVerified, decideVerifying, type StepFacts } from './decide-step.ts';
import { effectivePolicyOf } from './emergency/effective-policy.ts';
import { excludeNamed } from './emergency/exclude-named.ts';
import type { Snapshot } from './evidence.ts';
import { type Judgement, judgeMesh } from './judge.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord, Transition } from './record.ts';
import { decideRestored } from './restored.ts';
import { findSpentRoot } from './root-life.ts';
import { perform } from './transition.ts';
import { meshReasons, waiting } from './verdict.ts';
import { factsFor } from './verification-facts.ts';

/** What happens next, and what it waits for if nothing does. */
export type Decision =
  | { readonly kind: 'transition'; readonly transition: Transition; readonly verdict: Verdict }
  | { readonly kind: 'wait'; readonly verdict: Verdict }
  /** No rotation is under way; the verdict says whether every cluster holds the current root. */
  | { readonly kind: 'rest'; readonly verdict: Verdict }
  /** No rotation is under way, and the current root is so near its end that one is to be started. */
  | { readonly kind: 'renew'; readonly verdict: Verdict; readonly why: string };

/**
 * Decides the next transition of a mesh from its record and the evidence alone.
 * Pure: the same arguments give the same decision, so after a crash nothing is lost by asking again.
 */
export function decide(record: RotationRecord, snapshot: Snapshot, policy: Policy, nowMs: number): Decision {
  const effective = effectivePolicyOf(policy, record);
  return decideOn(judgeMesh(record, snapshot, effective, nowMs), record, snapshot, effective, nowMs);
}

/**
 * The same, from a judgement that was made already: the one of `judgeMesh` for these arguments.
 * @param policy the effective one
 */
export function decideOn(
  judgement: Judgement,
  record: RotationRecord,
  snapshot: Snapshot,
  policy: Policy,
  nowMs: number,
): Decision {
  if (record.restored !== undefined) return decideRestored(record, snapshot, policy, nowMs);
  const { verdict } = judgement;
  const transition =
    findExpiry(record, nowMs) ??
    decideDeviations(record, snapshot, policy, nowMs) ??
    excludeNamed(record, snapshot, policy, nowMs) ??
    excludeLost(record, judgement, snapshot, nowMs) ??
    destroySpentKey(record, policy, nowMs);
  if (transition !== undefined) return { kind: 'transition', transition, verdict };

  const next = nextInState(record, judgement, snapshot, policy, nowMs);
  if (next === 'rest') return decideRest(record, policy, verdict, nowMs);
  return 'record' in next ? { kind: 'transition', transition: next, verdict } : { kind: 'wait', verdict: next };
}

function nextInState(
  record: RotationRecord,
  judgement: Judgement,
  snapshot: Snapshot,
  policy: Policy,
  nowMs: number,
): Transition | Verdict | 'rest' {
  const { clusters, heardSinceMs, verification } = snapshot;
  const { finding, countsFromMs } = factsFor(record, verification) ?? {};
  const facts: StepFacts = { record, judgement, clusters, finding, countsFromMs, heardSinceMs, policy, nowMs };
  switch (record.state) {
    case 'NOT_ROTATING':
    case 'PREVIOUS_CA':
      return 'rest';
    case 'FINISHED':
      if (nowMs - record.enteredAtMs < policy.finishedHoldMs) return 'rest';
      return perform(record, { move: 'forget' }, nowMs, { message: 'the new root is the current one; the rotation is closed' });
    case 'FAILED':
      return waitingAfterFailure(record);
    case 'ADDING_NEW_ROOT':
    case 'PROPAGATING_NEW_INTERMEDIATE':
    case 'DELETING_OLD_ROOT':
    case 'ROLLING_BACK':
      return decideReaching(facts);
    case 'VERIFYING':
      return decideVerifying(facts);
    case 'VERIFIED':
      return decideVerified(facts);
    default:
      return assertNever(record.state);
  }
}

function waitingAfterFailure({ step, rotation }: RotationRecord): Verdict {
  return waiting(meshReasons.awaitingOperator, `${rotation?.failedBecause ?? `failed at ${step}`}; retry or roll back`);
}

/** A rotation is under way while the mesh neither rests nor waits for an operator after a failure. */
function isUnderWay({ state }: RotationRecord): boolean {
  return state !== 'NOT_ROTATING' && state !== 'PREVIOUS_CA' && state !== 'FINISHED' && state !== 'FAILED';
}

/** Why the new root can no longer be handed out; rolling back stays possible, for it needs the old root only. */
function findExpiry(record: RotationRecord, nowMs: number): Transition | undefined {
  const { rotation, roots, direction } = record;
  if (!isUnderWay(record) || rotation === undefined || direction === 'back') return undefined;
  const target = roots.find(({ fingerprint }) => fingerprint === rotation.target);
  if (target === undefined || nowMs < target.notAfterMs) return undefined;
  const expired = `the new root ${target.fingerprint} expired at ${new Date(target.notAfterMs).toISOString()}`;
  return perform(record, { move: 'fail', because: expired }, nowMs, { message: 'the rotation cannot go on', errors: [expired] });
}

/** Takes the longest lost member out of the gates, where the policy says so. */
function excludeLost(record: RotationRecord, { lost }: Judgement, { clusters }: Snapshot, nowMs: number): Transition | undefined {
  const [cluster] = lost;
  if (cluster === undefined || !isUnderWay(record)) return undefined;
  const act = {
    members: clusters,
    cause: 'silence',
    by: 'reroot',
    why: 'it has been silent for as long as the policy bears',
  } as const;
  return excludeCluster(record, cluster, act, nowMs);
}

/** Journal first: the key is destroyed because the record says that it is. */
function destroySpentKey(record: RotationRecord, { rootKeyRetentionMs }: Policy, nowMs: number): Transition | undefined {
  const spent = findSpentRoot(record, rootKeyRetentionMs, nowMs);
  if (spent === undefined) return undefined;
  const message = `the private key of root ${spent.fingerprint} is destroyed`;
  return perform(record, { move: 'destroyKey', root: spent.fingerprint }, nowMs, { message });
}

/** After a rollback people have said that they do not want this rotation: none starts by itself then. */
function decideRest(record: RotationRecord, { rootGraceRatio }: Policy, verdict: Verdict, nowMs: number): Decision {
  const current = record.roots.find(({ fingerprint }) => fingerprint === record.currentRoot);
  if (current === undefined || record.state === 'PREVIOUS_CA' || rootGraceRatio <= 0) return { kind: 'rest', verdict };
  const leftMs = current.notAfterMs - nowMs;
  if (leftMs >= (current.notAfterMs - current.notBeforeMs) * rootGraceRatio) return { kind: 'rest', verdict };
  const why = `the root expires at ${new Date(current.notAfterMs).toISOString()}, and less than ${rootGraceRatio} of its life is left`;
  return { kind: 'renew', verdict, why };
}
