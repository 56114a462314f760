import type { Verdict } from '@reroot/shared/api';
import { type Assignment, assignmentOf, isMember, memberAssignmentOf } from './assignment.ts';
import type { Snapshot } from './evidence.ts';
import type { Findings } from './findings.ts';
import { type GatePolicy, measure } from './gate.ts';
import type { Looking } from './matrix/find-losses.ts';
import { judgeMatrix } from './matrix/judge-matrix.ts';
import type { Look } from './matrix/live-places.ts';
import { lookAt } from './matrix/look-at.ts';
import { classify } from './matrix/trust-classes.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { reportOf } from './reported-problems.ts';
import { type Ear, isSilent, isUnheard, silenceOf } from './silence.ts';
import { verdictOf } from './verdict.ts';
import { everyCluster, isReleased } from './wave.ts';

/** What the evidence of a whole mesh says. */
export interface Judgement {
  /** Of every member against what it was told and, once all of them have passed, of the trust between them. */
  readonly verdict: Verdict;
  /** What keeps the verdict from passing: members by themselves, or the trust between them. */
  readonly blockedBy: 'nothing' | 'members' | 'matrix';
  /** What the row that is told next would break, once the verdict has passed; undefined when nothing. */
  readonly losses: Verdict | undefined;
  /** Members that lag behind although the wave has not reached them: they have left the row that they were proven on. */
  readonly laggingAhead: number;
  /** Members that lag behind with what a wave has told them. */
  readonly laggingTold: number;
  /** Members that lag behind and have told this mgmt nothing yet, but perhaps what is of the term before. */
  readonly unheard: number;
  readonly members: number;
  /** From `findLost`. */
  readonly lost: readonly string[];
}

/** What of the policy judging needs. */
export type JudgePolicy = GatePolicy & Pick<Policy, 'silentAfterMs' | 'silentClusters'>;

/** Judges every member of a mesh against what it was told. */
export function judgeMesh(record: RotationRecord, snapshot: Snapshot, policy: JudgePolicy, nowMs: number): Judgement {
  const members = snapshot.clusters.filter((cluster) => isMember(record, cluster));
  const found = members.map((cluster) => findLaggards(record, cluster, snapshot, policy, nowMs));
  const lagging = members.filter((_, index) => found[index] !== undefined);
  const laggingAhead = lagging.filter((cluster) => !isReleased(record, cluster)).length;
  const lookOf = (cluster: string): Look => lookAt(cluster, snapshot, policy, nowMs);
  return {
    ...judgeTrust(record, verdictOf(found, passedText(record)), () => ({ members, lookOf, classes: classify(members, lookOf) })),
    laggingAhead,
    laggingTold: lagging.length - laggingAhead,
    unheard: lagging.filter((cluster) => isUnheard(snapshot.evidence.get(cluster))).length,
    members: members.length,
    lost: findLost(members, snapshot, policy, nowMs),
  };
}

/**
 * The last gate: what members hold is compared among them once each of them has passed by itself.
 * @param compare asked then alone, for it costs more than a glance
 */
export function judgeTrust(
  record: RotationRecord,
  verdict: Verdict,
  compare: () => Looking,
): Pick<Judgement, 'verdict' | 'blockedBy' | 'losses'> {
  if (!verdict.passed) return { verdict, blockedBy: 'members', losses: undefined };
  const { refusals, losses } = judgeMatrix(record, compare());
  return { verdict: refusals ?? verdict, blockedBy: refusals === undefined ? 'nothing' : 'matrix', losses };
}

/** Judges one cluster against what it was told, member or not. */
export function judgeCluster(record: RotationRecord, cluster: string, ear: Ear, policy: JudgePolicy, nowMs: number): Verdict {
  const goal = assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster);
  const judged = isMember(record, cluster) ? policy : returningPolicy(policy);
  const report = reportOf(record, cluster, ear);
  const evidence = report === undefined ? ear.evidence : new Map([[cluster, report]]);
  const found = findAgainst(goal, cluster, { ...ear, evidence }, judged, nowMs);
  return verdictOf([found], `the cluster holds ${goal.row.step}`);
}

/** A returning cluster passes several rows in a row: nothing but its workloads' own evidence says that none is left behind. */
export function returningPolicy<P extends GatePolicy>(policy: P): P {
  return { ...policy, requiredEvidence: 'held' };
}

/** The sentence of a verdict that passes. */
export function passedText({ step, wave }: RotationRecord): string {
  if (wave.through === everyCluster) return `every cluster holds ${step}`;
  return wave.index === 0 ? `every cluster holds the row before ${step}` : `every cluster that was told holds ${step}`;
}

/** What a member lags behind with, if with anything; the silence of a cluster hides everything else. */
export function findLaggards(
  record: RotationRecord,
  cluster: string,
  ear: Ear,
  policy: JudgePolicy,
  nowMs: number,
): Findings | undefined {
  return findAgainst(memberAssignmentOf(record, cluster), cluster, ear, policy, nowMs);
}

function findAgainst(goal: Assignment, cluster: string, ear: Ear, policy: JudgePolicy, nowMs: number): Findings | undefined {
  const evidence = ear.evidence.get(cluster);
  if (evidence === undefined || isSilent(evidence, policy, nowMs)) {
    return silenceOf(cluster, ear, policy.silentAfterMs, () => nowMs);
  }
  return measure(cluster, evidence, goal, policy);
}

/**
 * Members that have not been heard for as long as the policy bears, longest first, while more than half of all have reported steadily. After
 * a loss of the bus, or of mgmt's own ear, the time counts from when they do again: those that come back last are late, not lost.
 */
export function findLost(
  members: readonly string[],
  { evidence, heardSinceMs, steadySinceMs }: Snapshot,
  policy: JudgePolicy,
  nowMs: number,
): readonly string[] {
  const { silentClusters } = policy;
  if (silentClusters.kind === 'wait') return [];
  const reporting = members.filter((cluster) => !isSilent(evidence.get(cluster), policy, nowMs));
  const steady = reporting.map((cluster) => steadySinceMs?.get(cluster) ?? Number.NEGATIVE_INFINITY).toSorted((a, b) => a - b);
  const sinceMs = steady[Math.floor(members.length / 2)];
  if (sinceMs === undefined || nowMs - sinceMs < silentClusters.afterMs) return [];
  const heardAtMs = (cluster: string): number => evidence.get(cluster)?.receivedAtMs ?? heardSinceMs;
  return (
    members
      .filter((cluster) => nowMs - heardAtMs(cluster) >= silentClusters.afterMs)
      // The policy may bear less silence than it takes for a report to count no more.
      .filter((cluster) => isSilent(evidence.get(cluster), policy, nowMs))
      .toSorted((a, b) => heardAtMs(a) - heardAtMs(b))
  );
}
