import type { AuditEntry, AuditHead, ChainedDigest, ChainedEntry } from '@reroot/shared/audit';
import type { MeshSpec } from '../mesh/index.ts';
import type { Rotation, RotationCondition } from '../rotation/index.ts';
import type { Issued, Proof, StepEvidence, StoredRoot } from '../store/index.ts';

/** Everything that an evidence pack is made of. */
export interface PackFacts {
  readonly mesh: string;
  readonly rotationId: string;
  readonly madeAtMs: number;
  readonly mgmtVersion: string;
  /** As it is when the pack is made; the journal has the digests of what it was. */
  readonly spec: MeshSpec;
  /** As it was started; undefined where the history has forgotten that. */
  readonly rotation: Rotation | undefined;
  readonly conditions: readonly RotationCondition[];
  /** From the first entry of the rotation to the head; those of other meshes by their digests alone. */
  readonly journal: readonly (ChainedEntry | ChainedDigest)[];
  /** The first one that was kept at or after the last entry of the rotation. */
  readonly head: AuditHead | undefined;
  readonly steps: readonly StepEvidence[];
  readonly proofs: readonly Proof[];
  readonly roots: readonly StoredRoot[];
  /** Under the roots that the rotation is between. */
  readonly issued: readonly Issued[];
}

/** The entries of the journal that are of the rotation itself. */
export function entriesOfRotation({ journal, rotationId }: Pick<PackFacts, 'journal' | 'rotationId'>): readonly AuditEntry[] {
  return journal.flatMap((link) => ('entry' in link && link.entry.rotationId === rotationId ? [link.entry] : []));
}
