import { RerootError } from '@reroot/shared/errors';
import type { RotationCondition } from '../../rotation/index.ts';
import type { Issued, IssueKey, Store, StoredMesh, StoredRoot } from '../store.ts';

interface Kept {
  stored: StoredMesh;
  readonly history: RotationCondition[];
  readonly roots: StoredRoot[];
}

/** A store without a disk, for tests of what stands above it; kept honest by the same contract. */
export function createMemoryStore(): Store {
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
    createMesh: async ({ spec, record, root, condition }) => {
      if (meshes.has(spec.mesh)) throw new RerootError('RR_STORE_CONFLICT', `mesh ${spec.mesh} exists already`);
      const stored = { revision: 1, spec, record };
      meshes.set(spec.mesh, { stored, history: [condition], roots: [root] });
      return stored;
    },
    compareAndSwap: async (mesh, expectedRevision, change) => {
      const kept = meshes.get(mesh);
      if (kept?.stored.revision !== expectedRevision) {
        throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} is not at revision ${expectedRevision}`);
      }
      const { spec = kept.stored.spec, record = kept.stored.record } = change;
      kept.stored = { revision: expectedRevision + 1, spec, record };
      if (change.condition !== undefined) kept.history.push(change.condition);
      if (change.root !== undefined) kept.roots.push(change.root);
      return kept.stored;
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
