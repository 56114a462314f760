export type { AccessStatus } from './access.ts';
export type { AddClusterRequest, ClusterAccount, ClusterAccounts, NatsRevocation, RenameClusterRequest } from './accounts.ts';
export type { AbortRequest, OperatorAct, RotationAct, StartRotationRequest, VerificationAnswer } from './acts.ts';
export type { AdoptionCluster, AdoptionProblem, AdoptionRoot, AdoptionStatus, AdoptRequest } from './adoption.ts';
export { applyLiveDelta } from './apply-live-delta.ts';
export type { AuditPage, EvidencePack } from './audit.ts';
export type { AuditAsk } from './audit-exchange.ts';
export { type ApiClient, type ApiClientOptions, createApiClient } from './client.ts';
export type { ClusterStatus, LinkHealth, Membership, UnreadReason, WorkloadTally } from './cluster-status.ts';
export type { Condition } from './condition.ts';
export type {
  EmergencyLoss,
  EmergencyOutlook,
  EmergencyPace,
  EmergencyQuestion,
  EmergencyRequest,
  EmergencyStatus,
  RootCrl,
  RotationPace,
} from './emergency.ts';
export type { ClusterEvidenceStatus, EvidencePlace, HeldTrust } from './evidence.ts';
export type { Exchange, HttpAnswer, HttpRequest } from './exchange.ts';
export {
  liveBearerPrefix,
  liveMeshPath,
  livePath,
  liveProtocol,
  liveProtocols,
} from './live.ts';
export {
  type LiveClient,
  type LiveClientOptions,
  type LiveConnection,
  type LiveSocket,
  openLiveClient,
} from './live-client.ts';
export type { LiveListeners, LiveState } from './live-memory.ts';
export {
  type ClusterDelta,
  type LiveDelta,
  type LiveEvent,
  type LiveEvents,
  type LiveGap,
  type LiveHeartbeat,
  type LiveHello,
  type LiveMessage,
  type LiveSnapshot,
  liveHeartbeatMs,
  type MeshDelta,
  type Patch,
} from './live-messages.ts';
export type {
  ProjectedMatrix,
  TrustBundle,
  TrustClassStatus,
  TrustCounts,
  TrustLeaf,
  TrustMatrix,
  TrustPair,
  TrustState,
} from './matrix.ts';
export type {
  Alarm,
  DriftStatus,
  KeyCustody,
  MeshStatus,
  RootOffer,
  RootPhase,
  RootStatus,
  RotationStatus,
  WaveStatus,
} from './mesh-status.ts';
export type { WebhookStatus } from './notifications.ts';
export type { Permission } from './operations/operation.ts';
export type { PlanBystander, PlanNotice, PlannedExpiry, RotationPlan } from './plan.ts';
export type { PlanQuery } from './plan-query.ts';
export type {
  PlannedChange,
  PlannedIntermediates,
  PlannedRestarts,
  PlannedRoot,
  PlannedStep,
  PlannedTime,
  PlannedWave,
  SigningBurst,
} from './planned-step.ts';
export type {
  PreflightCheck,
  PreflightedStart,
  PreflightFinding,
  PreflightOverride,
  PreflightReport,
  PreflightRequest,
} from './preflight.ts';
export { preflightPage } from './preflight-page.ts';
export type { ProblemDocument } from './problem.ts';
export type { CheckOutcome, CheckStatus, ProofOutcome, ProofStatus, ProveRequest, VerificationStatus } from './proofs.ts';
export { renderAccounts, revocationText } from './render-accounts.ts';
export { renderAdoption } from './render-adoption.ts';
export { renderClusters } from './render-clusters.ts';
export { renderEmergency, renderEmergencyOutlook, renderLosses } from './render-emergency.ts';
export { renderMatrix, renderPair } from './render-matrix.ts';
export { renderPlan, renderPlanSummary } from './render-plan.ts';
export { renderProof, renderProofs } from './render-proofs.ts';
export { renderHeadline, renderLaggards, renderMeshStatus, rowText } from './render-status.ts';
export { type Cell, type Detail, noPaint, type Paint, printable, renderTable, type Tone } from './render-table.ts';
export { type Role, roles, tokenPrefix } from './role.ts';
export type { ReplicaStatus, ServerVersion } from './server-version.ts';
export { unmadeRoot } from './unmade-root.ts';
export { awaitsApproval, awaitsDecision, awaitsVerification, verifyAdvice, verifyCommand } from './verify-command.ts';
export type { Laggard, State, Strategy, Tally, Verdict, Verification } from './vocabulary.ts';
export type { BrokenPairs, WhatIf } from './what-if.ts';
export { durationText, shortFingerprint } from './wording.ts';
