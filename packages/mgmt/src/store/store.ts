import type { Verdict } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Custody } from '../authorities/index.ts';
import type { MeshSpec } from '../mesh/index.ts';
import type { RotationCondition, RotationRecord } from '../rotation/index.ts';
import type { AuditDraft, AuditPage, AuditQuery } from './audit.ts';
import type { ClusterRecord, StoredCluster } from './cluster-record.ts';
import type { DocumentSpace } from './documents/document-space.ts';
import type { EventPage, EventPosition, EventQuery } from './event-log.ts';
import type { IdempotencyStore } from './idempotency.ts';
import type { Proof, ProofSummary } from './proof.ts';

/**
 * What must survive mgmt: one small record per mesh with a revision, the end of the history that led to it, the roots it
 * may name, the certificates that were issued, and the term. Every method resolves when the change is on disk.
 *
 * The term fences what is written of a mesh: whoever takes one deposes all before it, and a deposed writer is refused in
 * the very transaction that would write. A revision alone would let it win against one who has only read so far.
 *
 * Methods reject with RR_STORE_FAILED when the disk refuses and RR_STORE_CORRUPT when what is stored makes no sense.
 */
export interface Store extends IdempotencyStore {
  /** Raises the term by one, and gives the new one. Called once at each start. */
  takeTerm(): Promise<number>;
  /** The term in force; 0 before the first was taken. */
  readTerm(): Promise<number>;
  /**
   * Told after each change of what is stored, whoever has made it: also another mgmt, where the store has more than one reader.
   * @returns how to be told no more
   */
  onChange(listener: () => void): () => void;
  /** Names of all meshes, sorted. */
  listMeshes(): Promise<readonly string[]>;
  /** Undefined when there is no such mesh. */
  readMesh(mesh: string): Promise<StoredMesh | undefined>;
  /**
   * @param term the one that the writer took
   * @throws RR_STORE_DEPOSED when another term is in force; else RR_STORE_CONFLICT when the mesh exists
   */
  createMesh(mesh: NewMesh, term: number): Promise<StoredMesh>;
  /**
   * Writes the change, its root and its entry of the history together, or nothing. A new record without a verdict ends
   * the verdict that is kept.
   * @throws RR_STORE_DEPOSED when another term is in force; else RR_STORE_CONFLICT when the mesh is at another revision
   */
  compareAndSwap(mesh: string, basis: Basis, change: MeshChange): Promise<StoredMesh>;
  /**
   * Keeps a verdict beside the record that it was made on, and leaves the revision as it is.
   * @returns `outdated`, and writes nothing, when the mesh is at another revision: a slow writer's verdict says nothing
   *   about the record of now
   * @throws RR_STORE_DEPOSED when another term is in force
   */
  keepVerdict(mesh: string, basis: Basis, verdict: StoredVerdict): Promise<'kept' | 'outdated'>;
  /** The newest entries of each kind, `historyLimits` at most; oldest first. */
  listHistory(mesh: string): Promise<readonly RotationCondition[]>;
  /** Every root the mesh ever named, oldest first. */
  listRoots(mesh: string): Promise<readonly StoredRoot[]>;
  /** What was issued for exactly this request. */
  findIssued(key: IssueKey): Promise<Issued | undefined>;
  /** The newest of each request that was issued under a root, by cluster and then by serial number. */
  listIssued(mesh: string, signerRoot: string): Promise<readonly Issued[]>;
  /**
   * Keeps an issued certificate. Not fenced: agents refuse an answer of a lower term, and what a deposed mgmt keeps here
   * is an answer to exactly this request, whoever gives it.
   * @param replaces the serial number of the one that it takes the place of; without it, the first one stays
   * @returns the one that is kept: the given one, or the one that was kept before it
   */
  keepIssued(issued: Issued, replaces?: string): Promise<Issued>;
  /** Every cluster that was ever added, revoked ones too; sorted by name. */
  listClusters(): Promise<readonly StoredCluster[]>;
  /**
   * Writes the record of a cluster, at the next revision.
   * @param basis its revision is 0 for a cluster that must not be there yet
   * @throws RR_STORE_DEPOSED when another term is in force; else RR_STORE_CONFLICT when the record is at another revision
   */
  putCluster(record: ClusterRecord, basis: Basis): Promise<StoredCluster>;
  /**
   * Gives a cluster another name, in its record, in the mesh that has it and in what was issued to it: all or nothing.
   * @throws RR_STORE_DEPOSED when another term is in force; else RR_STORE_CONFLICT when the cluster or the mesh is at another
   *   revision, or a cluster of the new name is there
   */
  renameCluster(rename: ClusterRename, term: number): Promise<RenamedCluster>;
  /**
   * Keeps a proof of a mesh, and of its proofs the newest `keptProofs`.
   * @param term the one that the writer took
   * @throws RR_STORE_DEPOSED when another term is in force
   */
  keepProof(mesh: string, proof: Proof, term: number): Promise<void>;
  /** Newest first, without what they rest on. */
  listProofs(mesh: string): Promise<readonly ProofSummary[]>;
  /** Undefined when there is no such proof, or no longer. */
  readProof(mesh: string, id: string): Promise<Proof | undefined>;
  /** Where the event log ends. */
  eventsEnd(): Promise<EventPosition>;
  /** What of the event log comes after a place. */
  readEvents(after: EventPosition, query: EventQuery): Promise<EventPage>;
  /**
   * Adds an entry to the journal, of what is no change of anything else. Every other method that changes something adds its own in
   * its very transaction.
   * @param term the one that the writer took
   * @throws RR_STORE_DEPOSED when another term is in force
   */
  note(draft: AuditDraft, term: number): Promise<void>;
  /** A part of the journal, oldest entry first. */
  readAudit(query: AuditQuery): Promise<AuditPage>;
  /** What was kept when a rotation started and when its steps passed, oldest first. */
  listStepEvidence(mesh: string, rotationId: string): Promise<readonly StepEvidence[]>;
  /** Where other parts of mgmt may keep their documents beside those of the store; absent where they have a disk for that. */
  readonly documents?: DocumentSpace;
  close(): Promise<void>;
}

/** What clusters held when a step passed, or what stood when a rotation started. */
export interface StepEvidence {
  /** Of the entry of the journal that has its digest. */
  readonly seq: number;
  /** JSON. */
  readonly evidence: string;
}

/** A change of name. */
export interface ClusterRename {
  readonly from: string;
  /** The revision of the record that is there now. */
  readonly revision: number;
  /** With the new name. */
  readonly record: ClusterRecord;
  /** The mesh that has the cluster, with spec and record under the new name; undefined when none has it. */
  readonly mesh: { readonly name: string; readonly revision: number; readonly change: MeshChange } | undefined;
}

/** What has come of it. */
export interface RenamedCluster {
  readonly cluster: StoredCluster;
  readonly mesh: StoredMesh | undefined;
}

/** What a write rests on; both must still be so when it is made. */
export interface Basis {
  /** The one that the writer took. */
  readonly term: number;
  /** The one that the mesh was at when the writer read it. */
  readonly revision: number;
}

/**
 * The fence.
 * @param inForce the highest term that was taken
 * @throws RR_STORE_DEPOSED when the writer has another one
 */
export function requireTermInForce(term: number, inForce: number): void {
  if (term === inForce) return;
  throw new RerootError('RR_STORE_DEPOSED', `this mgmt has term ${term}, and term ${inForce} is in force`);
}

/** A mesh as it is stored. */
export interface StoredMesh {
  /** Grows by one with each change. */
  readonly revision: number;
  readonly spec: MeshSpec;
  readonly record: RotationRecord;
  /** The last verdict on this very record; undefined when none was kept yet. */
  readonly verdict: StoredVerdict | undefined;
}

/** What stood between a mesh and its next transition, at one moment. */
export interface StoredVerdict {
  readonly verdict: Verdict;
  readonly atMs: number;
  /** Generation of the record that it was made on. */
  readonly generation: number;
}

/** A mesh that is stored for the first time, at revision 1. */
export interface NewMesh {
  readonly spec: MeshSpec;
  readonly record: RotationRecord;
  readonly root: StoredRoot;
  readonly condition: RotationCondition;
}

/** What changes; the rest stays. */
export interface MeshChange {
  readonly spec?: MeshSpec;
  readonly record?: RotationRecord;
  /** A verdict on the changed record. */
  readonly verdict?: StoredVerdict;
  /** A root that the record names from now on. */
  readonly root?: StoredRoot;
  /** Further ones: those that adopted clusters came with. */
  readonly foreignRoots?: readonly StoredRoot[];
  readonly condition?: RotationCondition;
  /** What let the record go over into the next state, for the journal. */
  readonly because?: Verdict;
  /** What the clusters hold at this moment, as JSON; kept for the evidence pack of the rotation. */
  readonly evidence?: string;
}

/** The mesh after a change, at the next revision. A verdict is of one record: it does not outlive it. */
export function changedMesh(before: StoredMesh, { spec = before.spec, record, verdict }: MeshChange): StoredMesh {
  const revision = before.revision + 1;
  const kept = record === undefined ? before.verdict : undefined;
  return { revision, spec, record: record ?? before.record, verdict: verdict ?? kept };
}

/** Every root that a change brings. */
export function rootsOf({ root, foreignRoots = [] }: MeshChange): readonly StoredRoot[] {
  return root === undefined ? foreignRoots : [root, ...foreignRoots];
}

/** A root certificate and where its key is. */
export interface StoredRoot {
  readonly fingerprint: string;
  readonly certificatePem: string;
  readonly custody: Custody;
}

/** One request for an intermediate. */
export interface IssueKey {
  readonly mesh: string;
  readonly cluster: string;
  /** Fingerprint of the root that signs. */
  readonly signerRoot: string;
  /** SHA-256 of the certificate request. */
  readonly csrSha256: string;
}

/** An intermediate that was issued. */
export interface Issued extends IssueKey {
  readonly serial: string;
  /** PEM, the intermediate first, without the root. */
  readonly chain: readonly string[];
}
