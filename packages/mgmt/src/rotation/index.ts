/**
 * The rotation state machine, pure: no I/O, no clock, no randomness.
 *
 *   const decision = decide(record, snapshot, policy, nowMs);
 *   if (decision.kind === 'transition') store(decision.transition);   // then act on rowOf(record)
 */
export { type Decision, decide, type Policy } from './decide.ts';
export type {
  ClusterEvidence,
  Holding,
  NamespaceHolding,
  ReplicaHolding,
  ReportedProblem,
  Snapshot,
  WorkloadHolding,
} from './evidence.ts';
export { type GatePolicy, judgeCluster, tallyCluster } from './gate.ts';
export { answerVerification, requestStart, requireStartable, type StartRequest } from './operator.ts';
export {
  newRecord,
  type RootGeneration,
  type Rotation,
  type RotationCondition,
  type RotationRecord,
  type Transition,
} from './record.ts';
export { type Row, rowOf } from './row.ts';
