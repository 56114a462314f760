import type { Verdict } from '@reroot/shared/api';
import { assertNever } from '@reroot/shared/errors';
import type { Act } from './act.ts';
import { isMember } from './assignment.ts';
import { awaitsFirstReports } from './awaits-first-reports.ts';
import { countOverlap, markLag } from './count-proof.ts';
import { decideAutomatic } from './decide-automatic.ts';
import { awaitsApproval } from './emergency/emergency.ts';
import { findRenewal } from './find-renewal.ts';
import type { Judgement } from './judge.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord, Transition, Wave } from './record.ts';
import { objectToRollback } from './root-life.ts';
import { rowAfter } from './row.ts';
import { leavesAtMs, overlapLeft, windowClosed } from './step-waits.ts';
import { perform } from './transition.ts';
import { meshReasons, waiting } from './verdict.ts';
import type { VerificationFinding } from './verification-facts.ts';
import { everyCluster, noWave, provenSince, waveAfter, wholeWave } from './wave.ts';

/** What the decision about a step rests on. */
export interface StepFacts {
  readonly record: RotationRecord;
  readonly judgement: Judgement;
  /** All clusters of the mesh. */
  readonly clusters: readonly string[];
  /** What automatic verification has found on the very moment that the record is in. */
  readonly finding: VerificationFinding | undefined;
  /** Since when the time for a verdict counts; from VERIFYING on where that is undefined. */
  readonly countsFromMs: number | undefined;
  /** Since when mgmt has been listening. */
  readonly heardSinceMs: number;
  readonly policy: Policy;
  readonly nowMs: number;
}

/** While a step is being given to the clusters: the next wave, or the end of the step, or what is waited for. */
export function decideReaching(facts: StepFacts): Transition | Verdict {
  const { record, judgement } = facts;
  const { step, wave } = record;
  if (awaitsApproval(record)) return awaitingApproval(record);
  const late = timedOut(facts);
  if (late !== undefined) return late;
  if (wave.through === everyCluster) {
    if (!judgement.verdict.passed) return judgement.verdict;
    return move(facts, { move: 'verify' }, `every cluster is proven to hold ${step}`);
  }
  return wave.index === 0 ? decideFirstWave(facts) : decideNextWave(facts);
}

/** While people, or mgmt by itself, look at the traffic. */
export function decideVerifying(facts: StepFacts): Transition | Verdict {
  const { record, judgement } = facts;
  const method = record.rotation?.verification ?? 'none';
  if (method === 'none') {
    return move(facts, { move: 'confirm', answer: undefined }, `${record.step} goes on without verification`);
  }
  const counted = countOverlap(facts, record.step) ?? markLag(facts);
  if (counted !== undefined) return counted;
  if (method === 'automatic') return decideAutomatic(facts);
  if (!judgement.verdict.passed) return judgement.verdict;
  return waiting(meshReasons.awaitingVerification, `verify ${record.step} and answer`);
}

/** Once a step is accepted. */
export function decideVerified(facts: StepFacts): Transition | Verdict {
  const { record, judgement, policy, nowMs } = facts;
  const { step, direction, rotation } = record;
  const approved = approvalOf(record);
  if (approved !== undefined && nowMs - approved.atMs >= policy.approvals.expireAfterMs) {
    return move(facts, { move: 'lapse' }, `the ${approved.what} has expired before ${step} could be left`);
  }
  const counted = countOverlap(facts, step) ?? markLag(facts);
  if (counted !== undefined) return counted;
  // Evidence is asked again here: between the proof and the approval a replica may have come back with old trust,
  // and the next row must not begin while it is anywhere two rows away.
  if (!judgement.verdict.passed) return judgement.verdict;
  if (direction === 'back') {
    if (step === 'PREVIOUS_CA') return move(facts, { move: 'settle' }, 'the mesh is back on the root it had before');
    return waiting(meshReasons.awaitingOperator, `rolled back to ${step}; continue or roll back further`);
  }
  const next = rotation === undefined ? undefined : rowAfter(rotation.strategy, step);
  if (next === undefined)
    return findRenewal(facts, nowMs) ?? move(facts, { move: 'finish' }, 'every cluster trusts the new root alone');
  const renewal = judgement.losses === undefined ? findRenewal(facts, leavesAtMs(facts, step)) : undefined;
  const held = renewal ?? overlapLeft(facts, step) ?? judgement.losses ?? windowClosed(facts);
  if (held !== undefined) return held;
  // The waves of the next row are counted from its beginning.
  const wave = nextWave({ ...facts, record: { ...record, wave: noWave(nowMs) } });
  return move(facts, { move: 'advance', wave }, `${step} is verified; ${next} begins${waveText(facts, wave.through)}`);
}

/** What has let the step pass, and when; undefined where that holds for ever. */
function approvalOf({ rotation, direction, answer, enteredAtMs }: RotationRecord): { what: string; atMs: number } | undefined {
  if (direction === 'back' || rotation === undefined) return undefined;
  switch (rotation.verification) {
    case 'none':
      return undefined;
    case 'manual':
      return answer === undefined ? undefined : { what: `approval by ${answer.by}`, atMs: answer.atMs };
    case 'automatic':
      return { what: 'automatic verification', atMs: enteredAtMs };
    default:
      return assertNever(rotation.verification);
  }
}

/** Nothing is asked of the evidence before: whoever approves wants to see what is waited for, and it is a person. */
function awaitingApproval({ rotation }: RotationRecord): Verdict {
  const { startedBy = '', emergency } = rotation ?? {};
  const who = `another person than ${startedBy} must approve it`;
  return waiting(
    meshReasons.awaitingApproval,
    `an emergency rotation was started by ${startedBy}, and ${who}: ${emergency?.reason ?? ''}`,
  );
}

/** Nobody has been told: everybody must be proven to hold the row before. */
function decideFirstWave(facts: StepFacts): Transition | Verdict {
  const { record, judgement, nowMs } = facts;
  // Strategy NONE is for a mesh that may drop traffic, and perhaps does already: nothing can be asked of it first.
  if (!judgement.verdict.passed && record.rotation?.strategy !== 'NONE') {
    return countOverlap(facts, record.base.step) ?? judgement.verdict;
  }
  if (record.direction === 'back') {
    const held = countOverlap(facts, record.base.step) ?? overlapLeft(facts, record.base.step);
    if (held !== undefined) return held;
    return move(facts, { move: 'release', wave: wholeWave(nowMs) }, `every cluster is told ${record.step}`);
  }
  return judgement.losses ?? windowClosed(facts) ?? release(facts);
}

function decideNextWave(facts: StepFacts): Transition | Verdict {
  const { record, judgement, policy, nowMs } = facts;
  const { wave } = record;
  const { soakMs, onFailure } = policy.waves;
  if (!judgement.verdict.passed) {
    const passedOver =
      onFailure === 'continue' && judgement.laggingAhead === 0 && judgement.blockedBy === 'members' && isLate(facts);
    if (passedOver) return windowClosed(facts) ?? release(facts);
    // One that nobody has told yet holds up the next wave, and says nothing about this one.
    if (wave.provenAtMs === undefined || judgement.laggingTold === 0 || awaitsFirstReports(facts)) return judgement.verdict;
    return move(facts, { move: 'doubt' }, `wave ${wave.index} is no longer proven`);
  }
  const closed = windowClosed(facts);
  const provenAtMs = provenSince(wave, nowMs);
  if (provenAtMs === undefined && (soakMs > 0 || closed !== undefined)) {
    const soaks = soakMs > 0 ? `, and soaks for ${soakMs / 1000} s` : '';
    return move(facts, { move: 'prove' }, `wave ${wave.index} is proven${soaks}`);
  }
  const soakedAtMs = (provenAtMs ?? nowMs) + soakMs;
  if (nowMs < soakedAtMs) {
    return waiting(meshReasons.waveSoaking, `wave ${wave.index} soaks until ${new Date(soakedAtMs).toISOString()}`);
  }
  return judgement.losses ?? closed ?? release(facts);
}

function release(facts: StepFacts): Transition {
  const { record } = facts;
  const wave = nextWave(facts);
  return move(facts, { move: 'release', wave }, `${record.step} goes on${waveText(facts, wave.through, wave.index)}`);
}

/** Listed only when a wave is made of them: there may be thousands. */
function membersOf({ record, clusters }: StepFacts): readonly string[] {
  return clusters.filter((cluster) => isMember(record, cluster));
}

/** Strategy NONE drops traffic for as long as both roots are in use: it has one wave, canaries or not. */
function nextWave(facts: StepFacts): Wave {
  const { record, policy, nowMs } = facts;
  if (record.rotation?.strategy === 'NONE') return wholeWave(nowMs);
  return waveAfter(record, membersOf(facts), policy.waves.size, nowMs);
}

function waveText(facts: StepFacts, through: string, index = 1): string {
  const last = through === everyCluster ? 'the last clusters' : `the clusters up to ${through.slice(2)}`;
  return index === 1 && through === everyCluster
    ? ' in every cluster'
    : ` with wave ${index}: ${last} of ${facts.judgement.members}`;
}

/** A step that takes too long is held or taken back, as the policy says. A rollback may take all the time it needs. */
function timedOut(facts: StepFacts): Transition | undefined {
  const { record, policy, judgement } = facts;
  const { wave, step } = record;
  const behind = judgement.laggingTold > 0 || judgement.blockedBy === 'matrix';
  if (!behind || !isLate(facts) || awaitsFirstReports(facts)) return undefined;
  const passedOver = policy.waves.onFailure === 'continue' && wave.through !== everyCluster;
  if (passedOver) return undefined;
  const message = `wave ${wave.index} of ${step} was not proven within ${(policy.stepTimeout.afterMs ?? 0) / 1000} s`;
  const errors = [judgement.verdict.message];
  return policy.stepTimeout.then === 'hold' || objectToRollback(record, facts.nowMs) !== undefined
    ? perform(record, { move: 'fail', because: message }, facts.nowMs, { message, errors })
    : perform(record, { move: 'stepBack' }, facts.nowMs, { message, errors });
}

/** A wave that was proven once was in time; when it is in doubt again, its time begins anew. */
function isLate({ record, policy, nowMs }: StepFacts): boolean {
  const { afterMs } = policy.stepTimeout;
  const { wave, direction } = record;
  if (direction === 'back' || wave.index === 0 || wave.provenAtMs !== undefined) return false;
  return afterMs !== undefined && nowMs - wave.releasedAtMs >= afterMs;
}

function move({ record, nowMs }: StepFacts, act: Act, message: string): Transition {
  return perform(record, act, nowMs, { message });
}
