import type { Verdict } from '@reroot/shared/api';
import { type Assignment, assignmentOf, isMember, memberAssignmentOf } from './assignment.ts';
import type { ClusterEvidence, Snapshot } from './evidence.ts';
import type { Findings } from './findings.ts';
import { type GatePolicy, measure } from './gate.ts';
import type { Policy } from './policy.ts';
import type { RotationRecord } from './record.ts';
import { type Ear, silenceOf } from './silence.ts';
import { verdictOf } from './verdict.ts';
import { everyCluster, isReleased } from './wave.ts';

/** What the evidence of a whole mesh says. */
export interface Judgement {
  /** Of every member against what it was told. */
  readonly verdict: Verdict;
  /** Members that lag behind although the wave has not reached them: they have left the row that they were proven on. */
  readonly laggingAhead: number;
  /** Members that lag behind with what a wave has told them. */
  readonly laggingTold: number;
  readonly members: number;
  /** Members whose last report counts. */
  readonly reporting: number;
  /** Members that have not been heard for as long as the policy bears, longest first. */
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
  return {
    verdict: verdictOf(found, passedText(record)),
    laggingAhead,
    laggingTold: lagging.length - laggingAhead,
    members: members.length,
    reporting: members.filter((cluster) => !isSilent(snapshot.evidence.get(cluster), policy, nowMs)).length,
    lost: findLost(members, snapshot, policy, nowMs),
  };
}

/** Judges one cluster against what it was told, member or not. */
export function judgeCluster(record: RotationRecord, cluster: string, ear: Ear, policy: JudgePolicy, nowMs: number): Verdict {
  const goal = assignmentOf(record, cluster) ?? memberAssignmentOf(record, cluster);
  const judged = isMember(record, cluster) ? policy : returningPolicy(policy);
  const found = findAgainst(goal, cluster, ear, judged, nowMs);
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

/** Whether a cluster's last report no longer counts. */
export function isSilent(
  evidence: ClusterEvidence | undefined,
  { silentAfterMs }: Pick<JudgePolicy, 'silentAfterMs'>,
  nowMs: number,
): boolean {
  return evidence === undefined || nowMs - evidence.receivedAtMs > silentAfterMs;
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

/** Members that have not been heard for as long as the policy bears, longest first. */
export function findLost(
  members: readonly string[],
  { evidence, heardSinceMs }: Snapshot,
  policy: JudgePolicy,
  nowMs: number,
): readonly string[] {
  const { silentClusters } = policy;
  if (silentClusters.kind === 'wait') return [];
  const heardAtMs = (cluster: string): number => evidence.get(cluster)?.receivedAtMs ?? heardSinceMs;
  return (
    members
      .filter((cluster) => nowMs - heardAtMs(cluster) >= silentClusters.afterMs)
      // The policy may bear less silence than it takes for a report to count no more.
      .filter((cluster) => isSilent(evidence.get(cluster), policy, nowMs))
      .toSorted((a, b) => heardAtMs(a) - heardAtMs(b))
  );
}
