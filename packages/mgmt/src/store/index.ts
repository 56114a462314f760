/** What must survive mgmt. */

export { type Actor, type AuditDraft, type AuditOptions, type AuditPage, type AuditQuery, itself } from './audit.ts';
export type { ClusterRecord, EnrolledAgent, Invitation, RevokedUser, StoredCluster } from './cluster-record.ts';
export { documentForm } from './documents/document-form.ts';
export type { DocumentReader, DocumentSpace } from './documents/document-space.ts';
export { readTerm } from './documents/document-transactions.ts';
export { type EventPage, type EventPosition, type EventQuery, eventsStart, type StoredEvent } from './event-log.ts';
export { historyKindOf } from './history-kind.ts';
export type { IdempotencyStore, KeptAnswer, KeptOutcome, KeptRequest, KeyedRequest } from './idempotency.ts';
export {
  asRestored,
  type CarryNote,
  checkImage,
  type ImageLine,
  type ImageLineOf,
  imageVersion,
  openKubernetesContents,
  openSqliteContents,
  readImage,
  requireEmpty,
  type StoreContents,
  withNote,
  withoutMeshes,
  writeImage,
} from './image/index.ts';
export { type KubernetesStoreOptions, openKubernetesStore } from './kubernetes/kubernetes-store.ts';
export type { CheckSummary, Evidence, Proof, ProofSummary, ProvenCheck } from './proof.ts';
export { guardSqlite, transact } from './sqlite-file.ts';
export { execute, rows } from './sqlite-rows.ts';
export { openSqliteStore, type SqliteStoreOptions } from './sqlite-store.ts';
export type {
  ClusterRename,
  Issued,
  IssueKey,
  MeshChange,
  NewMesh,
  RenamedCluster,
  StepEvidence,
  Store,
  StoredMesh,
  StoredRoot,
  StoredVerdict,
} from './store.ts';
export { requireTermInForce, rootsOf } from './store.ts';
export { type StoreConfig, storeConfigSchema } from './store-config.ts';
export { stateSchema } from './stored-record.ts';
export { createTurn, type Turn } from './turn.ts';
