/**
 * The rotation state machine, pure: no I/O, no clock, no randomness.
 *
 *   const decision = decide(record, snapshot, policy, nowMs);
 *   if (decision.kind === 'transition') store(decision.transition);   // then act on assignmentOf(record, cluster)
 */
export type { Act } from './act.ts';
export { heldBack, isAdopted, isForeign } from './adopted.ts';
export { type AdoptionRequest, requestAdoption } from './adoption.ts';
export { type AlarmPolicy, findAlarms, type KnownAlarm } from './alarm.ts';
export { type Assignment, assignmentOf, isMember, memberAssignmentOf } from './assignment.ts';
export {
  type AutomaticPolicy,
  defaultAutomaticPolicy,
  type ExternalCheck,
  ownCheckNames,
  type PathProbe,
  type PrometheusCheck,
  type PrometheusLimit,
  type WebhookCheck,
} from './automatic-policy.ts';
export { bridge } from './bridge.ts';
export { changeMembers, excludeCluster, includeCluster, renameCluster } from './cluster-act.ts';
export { type Decision, decide, decideOn } from './decide.ts';
export { quarantineOf } from './decide-deviation.ts';
export { type Drift, findDrift, showsDrift } from './drift.ts';
export { type DriftKind, driftKinds } from './drift-kind.ts';
export { type AskedFor, effectivePolicyOf, emergencyPolicyOf, hurry } from './emergency/effective-policy.ts';
export { awaitsApproval, type Emergency } from './emergency/emergency.ts';
export { type EmergencyPlan, lossesOf, lossReasons } from './emergency/losses.ts';
export { entryOf } from './entry-of.ts';
export type {
  ClusterEvidence,
  Holding,
  NamespaceHolding,
  ReplicaHolding,
  ReportedProblem,
  Snapshot,
  WorkloadHolding,
} from './evidence.ts';
export { type EvidenceLevel, evidenceLevelOf, evidenceLevels } from './evidence-level.ts';
export { findLaggards, type Judgement, judgeCluster, judgeMesh } from './judge.ts';
export { createJudgeIndex, type JudgeIndex } from './judge-index.ts';
export { isAnswering, type LinkAccess, type LinkAnswer, type LinkFacts, type Links, type LinkTiming, noLinks } from './link.ts';
export { shallVerify } from './matrix/apart.ts';
export { comingRowOf, matrixGates } from './matrix/coming-row.ts';
export { type CellExplanation, explainPair } from './matrix/explain-cell.ts';
export { type ClassMember, type ListedClass, matrixClasses } from './matrix/list-classes.ts';
export { anchorsOf } from './matrix/live-places.ts';
export { lookAt, type MatrixPolicy } from './matrix/look-at.ts';
export { placeText, unknownText } from './matrix/place-text.ts';
export { type MatrixSummary, summarizeMatrix } from './matrix/summarize-matrix.ts';
export { type MatrixSurvey, type NextMatrix, surveyMatrix } from './matrix/survey-matrix.ts';
export { type CellCounts, type CellState, classify as classifyTrust } from './matrix/trust-classes.ts';
export { type HeldTrust, type Refusal, type Supposed, supposeMatrix } from './matrix/what-if.ts';
export { type NewRoot, newRecord } from './new-record.ts';
export {
  answerVerification,
  isAtRest,
  isTarget,
  requestAbort,
  requestRetry,
  requestStart,
  requireConsistent,
  requireStartable,
  type StartPolicy,
  type StartRequest,
} from './operator.ts';
export {
  type ApprovalPolicy,
  type Contradiction,
  defaultRotationPolicy,
  findContradictions,
  type Policy,
  type RequiredEvidence,
  type RotationPolicy,
  type SilentClusterPolicy,
  type StepTimeout,
  type WavePolicy,
  type WaveSize,
  type Window,
} from './policy.ts';
export type {
  Answered,
  Deviation,
  DriftMark,
  Origin,
  RootGeneration,
  Rotation,
  RotationCondition,
  RotationRecord,
  Transition,
  Wave,
} from './record.ts';
export { reportOf } from './reported-problems.ts';
export { nobodyTakesPart, requireMember } from './require-member.ts';
export { holdRestored } from './restored.ts';
export { goneRootsOf, oldRootsOf } from './root-life.ts';
export { areAdjacent, baseRowOf, isOverlap, paths, rowAfter, rowOf, sameTrust, type TrustRow } from './row.ts';
export { type AlarmReason, alarmRunbook, driftAlarms, gateRunbook, type VerdictReason } from './runbook/index.ts';
export { isSilent } from './silence.ts';
export { reachedBy, tallyCluster } from './tally-cluster.ts';
export { perform } from './transition.ts';
export { ageVerdict, failing as verdictOfFindings, sameVerdict } from './verdict.ts';
export { findingFor, isOutdated, type VerificationFacts, type VerificationFinding } from './verification-facts.ts';
export { clusterAt, countInWave, everyCluster, isCanary, isReleased, type Place, placeOf, placesOf } from './wave.ts';
