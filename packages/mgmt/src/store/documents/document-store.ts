import { gunzipSync, gzipSync } from 'node:zlib';
import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
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
import { historyLimits as keptHistory } from '../history-kind.ts';
import { type IdempotencyLimits, idempotencyLimits as keptRequests } from '../idempotency.ts';
import { keptProofs } from '../proof.ts';
import type { MeshChange, StepEvidence, Store, StoredMesh } from '../store.ts';
import { listClusters, putCluster, readCluster, renameCluster } from './document-clusters.ts';
import { eventsEnd, readEvents } from './document-events.ts';
import { findIssued, keepIssued, listIssued, renameIssued } from './document-issued.ts';
import { keepStepEvidence, listStepEvidence, readAuditPage } from './document-journal.ts';
import { createMesh, type HistoryLimits, listHistory, listMeshes, listRoots, readMesh, swapMesh } from './document-meshes.ts';
import { keepProof, listProofs, packEvidence, readProof } from './document-proofs.ts';
import { createRequestStore } from './document-request-store.ts';
import type { DocumentSpace } from './document-space.ts';
import { createTransactions, readTerm, type Transaction, type Transactions, takeTerm } from './document-transactions.ts';

/** How a store keeps its documents. */
export interface DocumentStoreOptions {
  /** How many entries of each kind of its history each mesh keeps; `historyLimits` when left out. */
  readonly historyLimits?: HistoryLimits;
  /** How many proofs each mesh keeps; `keptProofs` when left out. */
  readonly proofLimit?: number;
  /** Who signs the journal, and who acts; unsigned, and by reroot itself, when left out. */
  readonly audit?: AuditOptions;
  /** How much is kept of requests with keys; `idempotencyLimits` when left out. */
  readonly idempotencyLimits?: IdempotencyLimits;
}

/** A store whose documents lie in a space; it is closed with the store. */
export function createDocumentStore(space: DocumentSpace, options: DocumentStoreOptions = {}): Store {
  const { historyLimits = keptHistory, proofLimit = keptProofs, idempotencyLimits = keptRequests, audit = {} } = options;
  const transactions = createTransactions(space, audit);
  const { commit, fenced, fencedWith } = transactions;
  const nowMs = audit.now ?? (() => systemClock.now());
  return {
    // The one who takes the first term begins the journal: whoever only reads changes nothing.
    takeTerm: () =>
      commit(async ({ documents, beginJournal }) => {
        await beginJournal();
        return takeTerm(documents);
      }),
    readTerm: () => readTerm(space),
    onChange: (listener) => space.onChange(listener),
    ...meshPart(space, transactions, historyLimits),
    ...createRequestStore(space, transactions, idempotencyLimits),
    listHistory: (mesh) => listHistory(space, mesh, historyLimits),
    listRoots: (mesh) => listRoots(space, mesh),
    findIssued: (key) => findIssued(space, key),
    listIssued: (mesh, signerRoot) => listIssued(space, mesh, signerRoot),
    keepIssued: async (issued, replaces) => {
      // Here the reads of many go at once; in transactions, which run one after the other, what was read is at hand then.
      await findIssued(space, issued);
      return commit(async ({ documents, append }) => {
        const kept = await keepIssued(documents, issued, { replaces, nowMs: nowMs() });
        if (kept === undefined) await append(draftOfIssued(issued));
        return kept ?? issued;
      });
    },
    listClusters: () => listClusters(space),
    putCluster: (record, { term, revision }) =>
      fenced(term, async ({ documents, append }) => {
        const before = await readCluster(documents, record.name);
        const stored = putCluster(documents, before, { revision, record });
        const draft = draftOfCluster(before?.record, record);
        if (draft !== undefined) await append(draft);
        return stored;
      }),
    keepProof: async (mesh, proof, term) => {
      const dropped = await fencedWith(term, packEvidence(proof), async ({ documents, append }, evidence = '') => {
        await append(draftOfProof(mesh, proof));
        return keepProof(documents, mesh, { proof, evidence }, proofLimit);
      });
      await space.dropBlobs(dropped);
    },
    listProofs: (mesh) => listProofs(space, mesh, proofLimit),
    readProof: (mesh, id) => readProof(space, { mesh, id }, proofLimit),
    eventsEnd: () => eventsEnd(space),
    readEvents: (after, query) => readEvents(space, after, query, { history: historyLimits, proofs: proofLimit }),
    note: (draft, term) =>
      fenced(term, async ({ append }) => {
        await append(draft);
      }),
    readAudit: (query) => readAuditPage(space, query),
    listStepEvidence: (mesh, rotationId) => readStepEvidence(space, mesh, rotationId),
    documents: space,
    close: () => space.close(),
  };
}

type MeshPart = Pick<Store, 'listMeshes' | 'readMesh' | 'createMesh' | 'compareAndSwap' | 'keepVerdict' | 'renameCluster'>;

function meshPart(space: DocumentSpace, { fenced, fencedWith }: Transactions, limits: HistoryLimits): MeshPart {
  const swap = (transaction: Transaction, mesh: string, swapped: Swap): Promise<StoredMesh> =>
    swapAndTell(transaction, mesh, swapped, limits);
  return {
    listMeshes: () => listMeshes(space),
    readMesh: (mesh) => readMesh(space, mesh),
    createMesh: (created, term) =>
      fenced(term, async ({ documents, append }) => {
        const stored = await createMesh(documents, created, limits);
        await append(draftOfNewMesh(created));
        return stored;
      }),
    compareAndSwap: (mesh, { term, revision }, change) =>
      fencedWith(term, packed(change), (transaction, blob) => swap(transaction, mesh, { revision, change, blob })),
    keepVerdict: (mesh, { term, revision }, verdict) =>
      fenced(term, async ({ documents }) => {
        const stored = await readMesh(documents, mesh);
        if (stored?.revision !== revision) return 'outdated';
        documents.put(`mesh/${mesh}`, { ...stored, verdict });
        return 'kept';
      }),
    renameCluster: (rename, term) =>
      fencedWith(term, packed(rename.mesh?.change), async (transaction, blob) => {
        const { documents, append } = transaction;
        const cluster = await renameCluster(documents, rename);
        const { from, record, mesh } = rename;
        const meshes = new Set([record.mesh, ...(mesh === undefined ? [] : [mesh.name])]);
        for (const each of meshes) await renameIssued(documents, each, from, record.name);
        if (mesh !== undefined) return { cluster, mesh: await swap(transaction, mesh.name, { ...mesh, blob }) };
        // Where a mesh has the cluster, the change of the mesh says it.
        await append(draftOfRename(from, record));
        return { cluster, mesh: undefined };
      }),
  };
}

interface Swap {
  readonly revision: number;
  readonly change: MeshChange;
  /** Its evidence. */
  readonly blob: string | undefined;
}

async function swapAndTell(
  { documents, append }: Transaction,
  mesh: string,
  { revision, change, blob }: Swap,
  limits: HistoryLimits,
): Promise<StoredMesh> {
  const { before, after } = await swapMesh(documents, mesh, { revision, change }, limits);
  const seq = await append(draftOfChange(before, change, after));
  const rotationId = rotationOfChange(before, change);
  if (blob !== undefined && rotationId !== undefined) await keepStepEvidence(documents, rotationId, { mesh, seq, blob });
  return after;
}

function packed(change: MeshChange | undefined): Uint8Array | undefined {
  return change?.evidence === undefined ? undefined : gzipSync(change.evidence);
}

/** Oldest first. */
async function readStepEvidence(space: DocumentSpace, mesh: string, rotationId: string): Promise<readonly StepEvidence[]> {
  const refs = await listStepEvidence(space, mesh, rotationId);
  return Promise.all(
    refs.map(async ({ seq, blob }) => {
      const bytes = await space.readBlob(blob);
      if (bytes === undefined) throw lostEvidence(seq);
      return { seq, evidence: gunzipSync(bytes).toString() };
    }),
  );
}

function lostEvidence(seq: number): RerootError {
  return new RerootError('RR_STORE_CORRUPT', `what clusters held at entry ${seq} of the journal is gone`);
}
