import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { RotationCondition } from '../rotation/index.ts';
import type { AuditDraft, AuditOptions } from './audit.ts';
import {
  draftOfChange,
  draftOfCluster,
  draftOfIssued,
  draftOfNewMesh,
  draftOfProof,
  draftOfRename,
  rotationOfChange,
} from './audit-drafts.ts';
import { createListeners } from './change-listeners.ts';
import { createGroupCommit } from './group-commit.ts';
import { type HistoryKind, historyKindOf, historyKindSql, historyLimits as keptHistory } from './history-kind.ts';
import { type IdempotencyLimits, idempotencyLimits as keptRequests } from './idempotency.ts';
import { packAnswer } from './kept-answer.ts';
import { keptProofs } from './proof.ts';
import { appendEntry, beginJournal, keepStepEvidence, listStepEvidence, readAuditPage } from './sqlite-audit.ts';
import { listClusters, putCluster, readCluster, renameCluster } from './sqlite-clusters.ts';
import { eventsEnd, readEvents } from './sqlite-event-log.ts';
import { guardSqlite, openDatabase, transact } from './sqlite-file.ts';
import { beginRequest, endRequest, forgetRequest } from './sqlite-idempotency.ts';
import { keepProof, listProofs, readProof } from './sqlite-proofs.ts';
import { execute, rows } from './sqlite-rows.ts';
import {
  changedMesh,
  type Issued,
  type IssueKey,
  type MeshChange,
  type NewMesh,
  requireTermInForce,
  rootsOf,
  type Store,
  type StoredMesh,
  type StoredRoot,
  type StoredVerdict,
} from './store.ts';
import { readStored, storedForms } from './stored-form.ts';

type HistoryLimits = Readonly<Record<HistoryKind, number>>;

/** Where the SQLite store lies. */
export interface SqliteStoreOptions {
  readonly dataDir: string;
  /** How many root keys lie beside it; none when left out. A store made anew beside them would not know whose they are. */
  readonly keysBeside?: number;
  /** How many entries of each kind of its history each mesh keeps; `historyLimits` when left out. */
  readonly historyLimits?: HistoryLimits;
  /** How many proofs each mesh keeps; `keptProofs` when left out. */
  readonly proofLimit?: number;
  /** Who signs the journal, and who acts; unsigned, and by reroot itself, when left out. */
  readonly audit?: AuditOptions;
  /** How much is kept of requests with keys; `idempotencyLimits` when left out. */
  readonly idempotencyLimits?: IdempotencyLimits;
}

/**
 * Opens the store in `dataDir/reroot.db`, one process at a time.
 * @throws RR_STORE_UNWRITABLE, RR_STORE_LOCKED, RR_STORE_CORRUPT, RR_STORE_NEWER
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const {
    dataDir,
    keysBeside = 0,
    historyLimits = keptHistory,
    proofLimit = keptProofs,
    idempotencyLimits = keptRequests,
    audit = {},
  } = options;
  const database = await openDatabase(dataDir, keysBeside);
  const place = join(dataDir, 'reroot.db');
  const run = async <T>(act: () => T): Promise<T> => guardSqlite(place, act);
  const listeners = createListeners();
  let appended = 0;
  const append = (draft: AuditDraft): number => {
    appended += 1;
    return appendEntry(database, draft, audit);
  };
  const inTransaction = <T>(act: () => T): Promise<T> =>
    run(() => {
      const before = appended;
      const result = transact(database, act);
      if (appended !== before) audit.onAppended?.();
      listeners.tell();
      return result;
    });
  const fenced = <T>(term: number, act: () => T): Promise<T> =>
    inTransaction(() => {
      requireTermInForce(term, readTerm(database));
      return act();
    });
  const eventLimits = { condition: historyLimits, proof: { rotation: proofLimit, operator: proofLimit } };
  const swapIn = (mesh: string, revision: number, change: MeshChange): StoredMesh =>
    swap(database, mesh, { revision, change, historyLimits, append });
  // A wave has thousands of them signed at the same time.
  const issueTogether = createGroupCommit(inTransaction);
  await inTransaction(() => beginJournal(database, audit));
  let open = true;
  return {
    takeTerm: () => inTransaction(() => takeTerm(database)),
    readTerm: () => run(() => readTerm(database)),
    onChange: (listener) => listeners.add(listener),
    listMeshes: () => run(() => rows(database, 'SELECT name FROM mesh ORDER BY name', [], nameRow).map(({ name }) => name)),
    readMesh: (mesh) => run(() => readMesh(database, mesh)),
    createMesh: (mesh, term) => fenced(term, () => createMesh(database, mesh, { historyLimits, append })),
    compareAndSwap: (mesh, { term, revision }, change) => fenced(term, () => swapIn(mesh, revision, change)),
    keepVerdict: (mesh, { term, revision }, verdict) => fenced(term, () => keepVerdict(database, mesh, revision, verdict)),
    listHistory: (mesh) => run(() => listHistory(database, mesh)),
    listRoots: (mesh) => run(() => rows(database, 'SELECT * FROM root WHERE mesh = ? ORDER BY id', [mesh], rootRow).map(toRoot)),
    findIssued: (key) => run(() => findIssued(database, key)),
    listIssued: (mesh, signerRoot) => run(() => listIssued(database, mesh, signerRoot)),
    keepIssued: (issued, replaces) => issueTogether(() => keepIssued(database, issued, { replaces, append })),
    listClusters: () => run(() => listClusters(database)),
    putCluster: (record, { term, revision }) =>
      fenced(term, () => {
        const draft = draftOfCluster(revision === 0 ? undefined : readCluster(database, record.name), record);
        if (draft !== undefined) append(draft);
        return putCluster(database, record, revision);
      }),
    renameCluster: (rename, term) =>
      fenced(term, () => {
        // Where a mesh has the cluster, the change of the mesh says it.
        if (rename.mesh === undefined) append(draftOfRename(rename.from, rename.record));
        return renameCluster(database, rename, (mesh, { revision, change }) => swapIn(mesh, revision, change));
      }),
    keepProof: (mesh, proof, term) =>
      fenced(term, () => {
        append(draftOfProof(mesh, proof));
        keepProof(database, mesh, proof, proofLimit);
      }),
    listProofs: (mesh) => run(() => listProofs(database, mesh)),
    readProof: (mesh, id) => run(() => readProof(database, mesh, id)),
    eventsEnd: () => run(() => eventsEnd(database)),
    readEvents: (after, query) => run(() => readEvents(database, after, query, eventLimits)),
    note: (draft, term) =>
      fenced(term, () => {
        append(draft);
      }),
    listStepEvidence: (mesh, rotationId) => run(() => listStepEvidence(database, mesh, rotationId)),
    readAudit: (query) => run(() => readAuditPage(database, query)),
    beginRequest: (request, nowMs, term) => fenced(term, () => beginRequest(database, request, nowMs, idempotencyLimits)),
    endRequest: (request, answer, term) =>
      fenced(term, () => endRequest(database, request, packAnswer(answer), idempotencyLimits)),
    forgetRequest: (request, term) => fenced(term, () => forgetRequest(database, request)),
    close: async () => {
      if (open) database.close();
      open = false;
    },
  };
}

const nameRow = z.object({ name: z.string() });
const meshRow = z.object({ revision: z.int(), spec: z.string(), record: z.string(), verdict: z.string().nullable() });
const conditionRow = z.object({ id: z.int(), condition: z.string() });
const rootRow = z.object({ fingerprint: z.string(), certificate: z.string(), custody: z.string() });
const issuedOfRootRow = z.object({ cluster: z.string(), csr_sha256: z.string(), serial: z.string(), chain: z.string() });
const issuedRow = z.object({ serial: z.string(), chain: z.string() });
const valueRow = z.object({ value: z.int() });

function takeTerm(database: DatabaseSync): number {
  return termOf(database, 'UPDATE term SET value = value + 1 WHERE id = 1 RETURNING value');
}

function readTerm(database: DatabaseSync): number {
  return termOf(database, 'SELECT value FROM term WHERE id = 1');
}

function termOf(database: DatabaseSync, sql: string): number {
  const [row] = rows(database, sql, [], valueRow);
  if (row === undefined) throw new RerootError('RR_STORE_CORRUPT', 'the term is missing');
  return row.value;
}

function readMesh(database: DatabaseSync, mesh: string): StoredMesh | undefined {
  const [row] = rows(database, 'SELECT revision, spec, record, verdict FROM mesh WHERE name = ?', [mesh], meshRow);
  if (row === undefined) return undefined;
  return {
    revision: row.revision,
    spec: readStored(storedForms.spec, row.spec, `spec of mesh ${mesh}`),
    record: readStored(storedForms.record, row.record, `record of mesh ${mesh}`),
    verdict: row.verdict === null ? undefined : readStored(storedForms.verdict, row.verdict, `verdict on mesh ${mesh}`),
  };
}

function createMesh(database: DatabaseSync, created: NewMesh, { historyLimits, append }: Keeping): StoredMesh {
  const { spec, record, root, condition } = created;
  const { mesh } = spec;
  const inserted = execute(
    database,
    'INSERT INTO mesh (name, revision, spec, record) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING',
    [mesh, JSON.stringify(spec), JSON.stringify(record)],
  );
  if (inserted === 0) throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} exists already`);
  addRoot(database, mesh, root);
  addCondition(database, mesh, condition, historyLimits);
  append(draftOfNewMesh(created));
  return { revision: 1, spec, record, verdict: undefined };
}

/** What goes with each change of a mesh. */
interface Keeping {
  readonly historyLimits: HistoryLimits;
  readonly append: (draft: AuditDraft) => number;
}

interface Swap extends Keeping {
  readonly revision: number;
  readonly change: MeshChange;
}

function swap(database: DatabaseSync, mesh: string, { revision, change, historyLimits, append }: Swap): StoredMesh {
  const before = readMesh(database, mesh);
  if (before?.revision !== revision) {
    const found = before === undefined ? 'gone' : `at revision ${before.revision}`;
    throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} is ${found}, not at ${revision}`);
  }
  const after = changedMesh(before, change);
  execute(database, 'UPDATE mesh SET revision = ?, spec = ?, record = ?, verdict = ? WHERE name = ?', [
    after.revision,
    JSON.stringify(after.spec),
    JSON.stringify(after.record),
    after.verdict === undefined ? null : JSON.stringify(after.verdict),
    mesh,
  ]);
  for (const root of rootsOf(change)) addRoot(database, mesh, root);
  if (change.condition !== undefined) addCondition(database, mesh, change.condition, historyLimits);
  const seq = append(draftOfChange(before, change, after));
  const rotationId = rotationOfChange(before, change);
  if (change.evidence !== undefined && rotationId !== undefined) {
    keepStepEvidence(database, { seq, mesh, rotationId, evidence: change.evidence });
  }
  return after;
}

function keepVerdict(database: DatabaseSync, mesh: string, revision: number, verdict: StoredVerdict): 'kept' | 'outdated' {
  const sql = 'UPDATE mesh SET verdict = ? WHERE name = ? AND revision = ?';
  return execute(database, sql, [JSON.stringify(verdict), mesh, revision]) === 0 ? 'outdated' : 'kept';
}

function addRoot(database: DatabaseSync, mesh: string, { fingerprint, certificatePem, custody }: StoredRoot): void {
  const sql = 'INSERT INTO root (mesh, fingerprint, certificate, custody) VALUES (?, ?, ?, ?)';
  execute(database, sql, [mesh, fingerprint, certificatePem, JSON.stringify(custody)]);
}

function addCondition(database: DatabaseSync, mesh: string, condition: RotationCondition, limits: HistoryLimits): void {
  execute(database, 'INSERT INTO condition (mesh, condition) VALUES (?, ?)', [mesh, JSON.stringify(condition)]);
  const kind = historyKindOf(condition);
  const ofKind = `mesh = ? AND ${historyKindSql} = ?`;
  const firstTooOld = `SELECT id FROM condition WHERE ${ofKind} ORDER BY id DESC LIMIT 1 OFFSET ?`;
  const both = [mesh, kind];
  execute(database, `DELETE FROM condition WHERE ${ofKind} AND id <= (${firstTooOld})`, [...both, ...both, limits[kind]]);
}

function listHistory(database: DatabaseSync, mesh: string): RotationCondition[] {
  return rows(database, 'SELECT id, condition FROM condition WHERE mesh = ? ORDER BY id', [mesh], conditionRow).map((row) =>
    readStored(storedForms.condition, row.condition, `entry ${row.id} of the history of mesh ${mesh}`),
  );
}

function toRoot(row: z.infer<typeof rootRow>): StoredRoot {
  const { fingerprint, certificate } = row;
  const custody = readStored(storedForms.custody, row.custody, `custody of root ${fingerprint}`);
  return { fingerprint, certificatePem: certificate, custody };
}

function findIssued(database: DatabaseSync, key: IssueKey): Issued | undefined {
  const sql = 'SELECT serial, chain FROM issued WHERE mesh = ? AND cluster = ? AND signer_root = ? AND csr_sha256 = ?';
  const [row] = rows(database, sql, keyValues(key), issuedRow);
  if (row === undefined) return undefined;
  const chain = readStored(storedForms.chain, row.chain, `certificate ${row.serial} of ${key.cluster}`);
  const { mesh, cluster, signerRoot, csrSha256 } = key;
  return { mesh, cluster, signerRoot, csrSha256, serial: row.serial, chain };
}

function listIssued(database: DatabaseSync, mesh: string, signerRoot: string): readonly Issued[] {
  const sql = 'SELECT cluster, csr_sha256, serial, chain FROM issued WHERE mesh = ? AND signer_root = ? ORDER BY cluster, serial';
  return rows(database, sql, [mesh, signerRoot], issuedOfRootRow).map(({ cluster, csr_sha256: csrSha256, serial, chain }) => ({
    ...{ mesh, cluster, signerRoot, csrSha256, serial },
    chain: readStored(storedForms.chain, chain, `certificate ${serial} of ${cluster}`),
  }));
}

function keepIssued(
  database: DatabaseSync,
  issued: Issued,
  { replaces, append }: Pick<Keeping, 'append'> & { readonly replaces: string | undefined },
): Issued {
  const kept = findIssued(database, issued);
  if (kept !== undefined && kept.serial !== replaces) return kept;
  const sql = `INSERT OR REPLACE INTO issued (mesh, cluster, signer_root, csr_sha256, serial, chain)
    VALUES (?, ?, ?, ?, ?, ?)`;
  execute(database, sql, [...keyValues(issued), issued.serial, JSON.stringify(issued.chain)]);
  append(draftOfIssued(issued));
  return issued;
}

function keyValues({ mesh, cluster, signerRoot, csrSha256 }: IssueKey): string[] {
  return [mesh, cluster, signerRoot, csrSha256];
}
