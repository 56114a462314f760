import type { ProveRequest, Verdict } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import type { Snapshot } from '../rotation/index.ts';
import type { Proof, ProofSummary, Store } from '../store/index.ts';
import type { RunningProof, Subject, Verifier } from '../verification/index.ts';
import type { MeshView } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';

/** What people ask of proofs. Each rejects with RR_MESH_NOT_FOUND for a mesh that is not there, and with RR_STORE_*. */
export interface ProofOperations {
  /** Newest first; one that is being made for somebody comes before them. */
  listProofs(mesh: string): Promise<{ readonly running: RunningProof | undefined; readonly kept: readonly ProofSummary[] }>;
  /** @throws RR_PROOF_NOT_FOUND */
  readProof(mesh: string, id: string): Promise<Proof | RunningProof>;
  /** @throws RR_PROOF_RUNNING, RR_PROOF_CHECK_UNKNOWN */
  prove(mesh: string, request: ProveRequest): Promise<RunningProof>;
}

/** What they work with. */
export interface ProofOperationsOptions {
  readonly meshes: Meshes;
  readonly store: Pick<Store, 'listProofs' | 'readProof'>;
  readonly verifier: Pick<Verifier, 'prove' | 'proving'>;
}

/** They change nothing but the list of proofs. */
export function createProofOperations({ meshes, store, verifier }: ProofOperationsOptions): ProofOperations {
  return {
    listProofs: async (mesh) => {
      meshes.require(mesh);
      const kept = await store.listProofs(mesh);
      const running = verifier.proving(mesh);
      return { running: kept.some(({ id }) => id === running?.heading.id) ? undefined : running, kept };
    },
    readProof: async (mesh, id) => {
      meshes.require(mesh);
      const running = verifier.proving(mesh);
      const proof = (await store.readProof(mesh, id)) ?? (running?.heading.id === id ? running : undefined);
      if (proof === undefined) throw new RerootError('RR_PROOF_NOT_FOUND', `mesh ${mesh} has no proof ${id}`);
      return proof;
    },
    prove: async (mesh, request) => {
      const { view, snapshot, policy, decision } = await meshes.require(mesh).moment();
      return verifier.prove(subjectOf(view, snapshot, policy.silentAfterMs, decision.verdict), request);
    },
  };
}

/** A mesh as verification sees it. */
export function subjectOf({ stored, roots }: MeshView, snapshot: Snapshot, silentAfterMs: number, verdict: Verdict): Subject {
  return { spec: stored.spec, record: stored.record, snapshot, roots, silentAfterMs, verdict };
}
