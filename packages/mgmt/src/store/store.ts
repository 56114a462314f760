import type { MeshSpec } from '../mesh/index.ts';
import type { RotationCondition, RotationRecord } from '../rotation/index.ts';

/**
 * What must survive mgmt: one small record per mesh with a revision, the history that led to it, the roots it may
 * name, the certificates that were issued, and the term. Every method resolves when the change is on disk.
 *
 * Methods reject with RR_STORE_FAILED when the disk refuses and RR_STORE_CORRUPT when what is stored makes no sense.
 */
export interface Store {
  /** Raises the term by one, and gives the new one. Called once at each start. */
  takeTerm(): Promise<number>;
  /** Names of all meshes, sorted. */
  listMeshes(): Promise<readonly string[]>;
  /** Undefined when there is no such mesh. */
  readMesh(mesh: string): Promise<StoredMesh | undefined>;
  /** @throws RR_STORE_CONFLICT when the mesh exists */
  createMesh(mesh: NewMesh): Promise<StoredMesh>;
  /**
   * Writes the change, its root and its entry of the history together, or nothing.
   * @param expectedRevision the revision that the change was made from
   * @throws RR_STORE_CONFLICT when the mesh is at another revision
   */
  compareAndSwap(mesh: string, expectedRevision: number, change: MeshChange): Promise<StoredMesh>;
  /** Oldest first. */
  listHistory(mesh: string): Promise<readonly RotationCondition[]>;
  /** Every root the mesh ever named, oldest first. */
  listRoots(mesh: string): Promise<readonly StoredRoot[]>;
  /** What was issued for exactly this request. */
  findIssued(key: IssueKey): Promise<Issued | undefined>;
  /**
   * Keeps an issued certificate.
   * @param replaces the serial number of the one that it takes the place of; without it, the first one stays
   * @returns the one that is kept: the given one, or the one that was kept before it
   */
  keepIssued(issued: Issued, replaces?: string): Promise<Issued>;
  close(): Promise<void>;
}

/** A mesh as it is stored. */
export interface StoredMesh {
  /** Grows by one with each change. */
  readonly revision: number;
  readonly spec: MeshSpec;
  readonly record: RotationRecord;
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
  /** A root that the record names from now on. */
  readonly root?: StoredRoot;
  readonly condition?: RotationCondition;
}

/** A root certificate and where its key is. */
export interface StoredRoot {
  readonly fingerprint: string;
  readonly certificatePem: string;
  readonly keyRef: string;
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
