import { RerootError } from '@reroot/shared/errors';
import type { RotationCondition } from '../../rotation/index.ts';
import type { AuditOptions } from '../audit.ts';
import {
  draftOfChange,
  draftOfCluster,
  draftOfIssued,
  draftOfNewMesh,
  draftOfProof,
  draftOfRename,
  rotationOfChange,
} from '../audit-drafts.ts';
import type { StoredCluster } from '../cluster-record.ts';
import { type HistoryKind, historyKindOf, historyLimits } from '../history-kind.ts';
import { type IdempotencyLimits, idempotencyLimits as keptRequests } from '../idempotency.ts';
import { keptProofs, type Proof, summaryOf } from '../proof.ts';
import {
  changedMesh,
  type Issued,
  type IssueKey,
  type MeshChange,
  requireTermInForce,
  rootsOf,
  type StepEvidence,
  type Store,
  type StoredMesh,
  type StoredRoot,
} from '../store.ts';
import { createMemoryAudit } from './memory-audit.ts';
import { type MemoryEntry, memoryEventLog } from './memory-event-log.ts';
import { memoryIdempotency } from './memory-idempotency.ts';

interface Kept {
  stored: StoredMesh;
  history: readonly RotationCondition[];
  readonly roots: StoredRoot[];
}

/** A store without a disk, for tests of what stands above it; kept honest by the same contract. */
export function createMemoryStore({
  historyLimits: limits = historyLimits,
  proofLimit = keptProofs,
  idempotencyLimits = keptRequests,
  audit: auditOptions = {},
}: {
  readonly historyLimits?: Readonly<Record<HistoryKind, number>>;
  readonly proofLimit?: number;
  readonly idempotencyLimits?: IdempotencyLimits;
  readonly audit?: AuditOptions;
} = {}): Store {
  const meshes = new Map<string, Kept>();
  const issued = new Map<string, Issued>();
  const clusters = new Map<string, StoredCluster>();
  const proofs = new Map<string, readonly Proof[]>();
  const events: MemoryEntry[] = [];
  const note = (mesh: string, condition: RotationCondition): void => {
    const number = events.filter(({ kind }) => kind === 'condition').length + 1;
    const kind = historyKindOf(condition);
    events.push({ number, mesh, group: `${mesh} ${kind}`, kept: limits[kind], kind: 'condition', condition });
  };
  const audit = createMemoryAudit(auditOptions);
  const stepEvidence: (StepEvidence & { readonly mesh: string; readonly rotationId: string })[] = [];
  let term = 0;
  const swap = (mesh: string, revision: number, change: MeshChange): StoredMesh => {
    const kept = meshes.get(mesh);
    if (kept?.stored.revision !== revision) {
      throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} is not at revision ${revision}`);
    }
    const before = kept.stored;
    kept.stored = changedMesh(before, change);
    if (change.condition !== undefined) {
      kept.history = withNewest(kept.history, change.condition, limits);
      note(mesh, change.condition);
    }
    const seq = audit.append(draftOfChange(before, change, kept.stored));
    const rotationId = rotationOfChange(before, change);
    if (change.evidence !== undefined && rotationId !== undefined)
      stepEvidence.push({ seq, mesh, rotationId, evidence: change.evidence });
    kept.roots.push(...rootsOf(change));
    return kept.stored;
  };
  return {
    takeTerm: async () => {
      term += 1;
      return term;
    },
    listMeshes: async () => [...meshes.keys()].toSorted(),
    readMesh: async (mesh) => meshes.get(mesh)?.stored,
    createMesh: async (created, writerTerm) => {
      const { spec, record, root, condition } = created;
      requireTermInForce(writerTerm, term);
      if (meshes.has(spec.mesh)) throw new RerootError('RR_STORE_CONFLICT', `mesh ${spec.mesh} exists already`);
      const stored: StoredMesh = { revision: 1, spec, record, verdict: undefined };
      meshes.set(spec.mesh, { stored, history: [condition], roots: [root] });
      note(spec.mesh, condition);
      audit.append(draftOfNewMesh(created));
      return stored;
    },
    compareAndSwap: async (mesh, basis, change) => {
      requireTermInForce(basis.term, term);
      return swap(mesh, basis.revision, change);
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
    listIssued: async (mesh, signerRoot) =>
      [...issued.values()]
        .filter((each) => each.mesh === mesh && each.signerRoot === signerRoot)
        .toSorted((a, b) => (a.cluster + a.serial < b.cluster + b.serial ? -1 : 1)),
    keepIssued: async (candidate, replaces) => {
      const kept = issued.get(keyText(candidate));
      if (kept !== undefined && kept.serial !== replaces) return kept;
      issued.set(keyText(candidate), candidate);
      audit.append(draftOfIssued(candidate));
      return candidate;
    },
    listClusters: async () => [...clusters.values()].toSorted((a, b) => (a.record.name < b.record.name ? -1 : 1)),
    putCluster: async (record, basis) => {
      requireTermInForce(basis.term, term);
      if ((clusters.get(record.name)?.revision ?? 0) !== basis.revision) {
        throw new RerootError('RR_STORE_CONFLICT', `cluster ${record.name} is not at revision ${basis.revision}`);
      }
      const stored: StoredCluster = { revision: basis.revision + 1, record };
      audit.append(draftOfCluster(clusters.get(record.name)?.record, record));
      clusters.set(record.name, stored);
      return stored;
    },
    renameCluster: async ({ from, revision, record, mesh }, writerTerm) => {
      requireTermInForce(writerTerm, term);
      if (clusters.get(from)?.revision !== revision || clusters.has(record.name)) {
        throw new RerootError('RR_STORE_CONFLICT', `cluster ${from} is not at revision ${revision}, or ${record.name} is there`);
      }
      const swapped = mesh === undefined ? undefined : swap(mesh.name, mesh.revision, mesh.change);
      if (mesh === undefined) audit.append(draftOfRename(from, record));
      const cluster: StoredCluster = { revision: revision + 1, record };
      clusters.delete(from);
      clusters.set(record.name, cluster);
      for (const [key, each] of [...issued]) {
        if (each.cluster !== from) continue;
        issued.delete(key);
        issued.set(keyText({ ...each, cluster: record.name }), { ...each, cluster: record.name });
      }
      return { cluster, mesh: swapped };
    },
    keepProof: async (mesh, proof, writerTerm) => {
      requireTermInForce(writerTerm, term);
      // A disk keeps no object either.
      const all = [structuredClone(proof), ...(proofs.get(mesh) ?? [])];
      const kept = all.filter(({ cause }) => cause === proof.cause).slice(0, proofLimit);
      proofs.set(
        mesh,
        all.filter((each) => each.cause !== proof.cause || kept.includes(each)),
      );
      const number = events.filter(({ kind }) => kind === 'proof').length + 1;
      events.push({ number, mesh, group: `${mesh} ${proof.cause}`, kept: proofLimit, kind: 'proof', proof: summaryOf(proof) });
      audit.append(draftOfProof(mesh, proof));
    },
    listProofs: async (mesh) => (proofs.get(mesh) ?? []).map(summaryOf),
    readProof: async (mesh, id) => proofs.get(mesh)?.find((proof) => proof.id === id),
    ...memoryIdempotency(idempotencyLimits, (writerTerm) => requireTermInForce(writerTerm, term)),
    ...memoryEventLog(events),
    note: async (draft, writerTerm) => {
      requireTermInForce(writerTerm, term);
      audit.append(draft);
    },
    readAudit: async (query) => audit.read(query),
    listStepEvidence: async (mesh, rotationId) =>
      stepEvidence
        .filter((each) => each.mesh === mesh && each.rotationId === rotationId)
        .map(({ seq, evidence }) => ({ seq, evidence })),
    close: async () => undefined,
  };
}

function withNewest(
  history: readonly RotationCondition[],
  newest: RotationCondition,
  limits: Readonly<Record<HistoryKind, number>>,
): readonly RotationCondition[] {
  const kind = historyKindOf(newest);
  const all = [...history, newest];
  const kept = all.filter((each) => historyKindOf(each) === kind).slice(-limits[kind]);
  return all.filter((each) => historyKindOf(each) !== kind || kept.includes(each));
}

function keyText({ mesh, cluster, signerRoot, csrSha256 }: IssueKey): string {
  return [mesh, cluster, signerRoot, csrSha256].join('/');
}
