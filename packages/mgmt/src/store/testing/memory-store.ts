import { RerootError } from '@reroot/shared/errors';
import type { RotationCondition } from '../../rotation/index.ts';
import {
  changedMesh,
  type Issued,
  type IssueKey,
  keptConditions,
  requireTermInForce,
  type Store,
  type StoredMesh,
  type StoredRoot,
} from '../store.ts';

interface Kept {
  stored: StoredMesh;
  history: readonly RotationCondition[];
  readonly roots: StoredRoot[];
}

/** A store without a disk, for tests of what stands above it; kept honest by the same contract. */
export function createMemoryStore({ historyLimit = keptConditions }: { readonly historyLimit?: number } = {}): Store {
  const meshes = new Map<string, Kept>();
  const issued = new Map<string, Issued>();
  let term = 0;
  return {
    takeTerm: async () => {
      term += 1;
      return term;
    },
    listMeshes: async () => [...meshes.keys()].toSorted(),
    readMesh: async (mesh) => meshes.get(mesh)?.stored,
    createMesh: async ({ spec, record, root, condition }, writerTerm) => {
      requireTermInForce(writerTerm, term);
      if (meshes.has(spec.mesh)) throw new RerootError('RR_STORE_CONFLICT', `mesh ${spec.mesh} exists already`);
      const stored: StoredMesh = { revision: 1, spec, record, verdict: undefined };
      meshes.set(spec.mesh, { stored, history: [condition], roots: [root] });
      return stored;
    },
    compareAndSwap: async (mesh, basis, change) => {
      requireTermInForce(basis.term, term);
      const kept = meshes.get(mesh);
      if (kept?.stored.revision !== basis.revision) {
        throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} is not at revision ${basis.revision}`);
      }
      kept.stored = changedMesh(kept.stored, change);
      if (change.condition !== undefined) kept.history = [...kept.history, change.condition].slice(-historyLimit);
      if (change.root !== undefined) kept.roots.push(change.root);
      return kept.stored;
    },
    keepVerdict: async (mesh, basis, verdict) => {
      requireTermInForce(basis.term, term);
      const kept = meshes.get(mesh);
      if (kept?.stored.revision !== basis.revision) return 'outdated';
      kept.stored = { ...kept.stored, verdict };
      return 'kept';
    },
    listHistory: async (mesh) => [...(meshes.get(mesh)?.history ?? [])],
    listRoots: async (mesh) => [...(meshes.get(mesh)?.roots ?? [])],
    findIssued: async (key) => issued.get(keyText(key)),
    keepIssued: async (candidate, replaces) => {
      const kept = issued.get(keyText(candidate));
      if (kept !== undefined && kept.serial !== replaces) return kept;
      issued.set(keyText(candidate), candidate);
      return candidate;
    },
    close: async () => undefined,
  };
}

function keyText({ mesh, cluster, signerRoot, csrSha256 }: IssueKey): string {
  return [mesh, cluster, signerRoot, csrSha256].join('/');
}
