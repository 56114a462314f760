export { type ApiClient, type ApiClientOptions, createApiClient } from './client.ts';
export type {
  ClusterStatus,
  Condition,
  Laggard,
  MeshStatus,
  ProblemDocument,
  RootStatus,
  RotationStatus,
  StartRotationRequest,
  State,
  Strategy,
  Tally,
  Verdict,
  Verification,
  VerificationAnswer,
} from './contract.ts';
export { durationText, renderClusters, renderHeadline, renderMeshStatus, rowText, shortFingerprint } from './render-status.ts';
export { type Cell, noPaint, type Paint, printable, renderTable, type Tone } from './render-table.ts';
export { awaitsVerification, verifyAdvice, verifyCommand } from './verify-command.ts';
