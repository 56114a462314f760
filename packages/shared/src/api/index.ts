export { type ApiClient, type ApiClientOptions, createApiClient } from './client.ts';
export type {
  AbortRequest,
  Alarm,
  ClusterStatus,
  Condition,
  KeyCustody,
  Laggard,
  Membership,
  MeshStatus,
  OperatorAct,
  ProblemDocument,
  RootOffer,
  RootPhase,
  RootStatus,
  RotationStatus,
  StartRotationRequest,
  State,
  Strategy,
  Tally,
  UnreadReason,
  Verdict,
  Verification,
  VerificationAnswer,
  WaveStatus,
  WorkloadTally,
} from './contract.ts';
export { renderClusters } from './render-clusters.ts';
export { renderHeadline, renderLaggards, renderMeshStatus, rowText } from './render-status.ts';
export { type Cell, noPaint, type Paint, printable, renderTable, type Tone } from './render-table.ts';
export { awaitsDecision, awaitsVerification, verifyAdvice, verifyCommand } from './verify-command.ts';
export { durationText, shortFingerprint } from './wording.ts';
