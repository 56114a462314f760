import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { guardSqlite, openDatabase } from './sqlite-file.ts';
import type { Issued, IssueKey, MeshChange, NewMesh, Store, StoredMesh, StoredRoot } from './store.ts';
import { readStored, storedForms } from './stored-form.ts';

/** Where the SQLite store lies. */
export interface SqliteStoreOptions {
  readonly dataDir: string;
  /** How many root keys lie beside it; none when left out. A store made anew beside them would not know whose they are. */
  readonly keysBeside?: number;
}

/**
 * Opens the store in `dataDir/reroot.db`, one process at a time.
 * @throws RR_STORE_UNWRITABLE, RR_STORE_LOCKED, RR_STORE_CORRUPT, RR_STORE_NEWER
 */
export async function openSqliteStore({ dataDir, keysBeside = 0 }: SqliteStoreOptions): Promise<Store> {
  const database = await openDatabase(dataDir, keysBeside);
  const place = join(dataDir, 'reroot.db');
  const run = async <T>(act: () => T): Promise<T> => guardSqlite(place, act);
  const inTransaction = <T>(act: () => T): Promise<T> => run(() => transact(database, act));
  let open = true;
  return {
    takeTerm: () => run(() => takeTerm(database)),
    listMeshes: () => run(() => rows(database, 'SELECT name FROM mesh ORDER BY name', [], nameRow).map(({ name }) => name)),
    readMesh: (mesh) => run(() => readMesh(database, mesh)),
    createMesh: (mesh) => inTransaction(() => createMesh(database, mesh)),
    compareAndSwap: (mesh, revision, change) => inTransaction(() => swap(database, mesh, revision, change)),
    listHistory: (mesh) => run(() => listHistory(database, mesh)),
    listRoots: (mesh) => run(() => rows(database, 'SELECT * FROM root WHERE mesh = ? ORDER BY id', [mesh], rootRow).map(toRoot)),
    findIssued: (key) => run(() => findIssued(database, key)),
    keepIssued: (issued, replaces) => inTransaction(() => keepIssued(database, issued, replaces)),
    close: async () => {
      if (open) database.close();
      open = false;
    },
  };
}

type Value = string | number;

const nameRow = z.object({ name: z.string() });
const meshRow = z.object({ revision: z.int(), spec: z.string(), record: z.string() });
const conditionRow = z.object({ id: z.int(), condition: z.string() });
const rootRow = z.object({ fingerprint: z.string(), certificate: z.string(), key_ref: z.string() });
const issuedRow = z.object({ serial: z.string(), chain: z.string() });
const valueRow = z.object({ value: z.int() });

function rows<T>(database: DatabaseSync, sql: string, values: readonly Value[], row: z.ZodType<T>): T[] {
  return database
    .prepare(sql)
    .all(...values)
    .map((found) => {
      const parsed = row.safeParse(found);
      if (parsed.success) return parsed.data;
      throw new RerootError('RR_STORE_CORRUPT', 'a row of the database makes no sense', { place: sql, cause: parsed.error });
    });
}

function execute(database: DatabaseSync, sql: string, values: readonly Value[]): number {
  return Number(database.prepare(sql).run(...values).changes);
}

/** IMMEDIATE: the lock for writing is there before the revision is compared. */
function transact<T>(database: DatabaseSync, act: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = act();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk has SQLite roll back by itself.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function takeTerm(database: DatabaseSync): number {
  const [row] = rows(database, 'UPDATE term SET value = value + 1 WHERE id = 1 RETURNING value', [], valueRow);
  if (row === undefined) throw new RerootError('RR_STORE_CORRUPT', 'the term is missing');
  return row.value;
}

function readMesh(database: DatabaseSync, mesh: string): StoredMesh | undefined {
  const [row] = rows(database, 'SELECT revision, spec, record FROM mesh WHERE name = ?', [mesh], meshRow);
  if (row === undefined) return undefined;
  return {
    revision: row.revision,
    spec: readStored(storedForms.spec, row.spec, `spec of mesh ${mesh}`),
    record: readStored(storedForms.record, row.record, `record of mesh ${mesh}`),
  };
}

function createMesh(database: DatabaseSync, { spec, record, root, condition }: NewMesh): StoredMesh {
  const { mesh } = spec;
  const created = execute(
    database,
    'INSERT INTO mesh (name, revision, spec, record) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING',
    [mesh, JSON.stringify(spec), JSON.stringify(record)],
  );
  if (created === 0) throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} exists already`);
  addToMesh(database, mesh, { root, condition });
  return { revision: 1, spec, record };
}

function swap(database: DatabaseSync, mesh: string, expectedRevision: number, change: MeshChange): StoredMesh {
  const before = readMesh(database, mesh);
  if (before?.revision !== expectedRevision) {
    const found = before === undefined ? 'gone' : `at revision ${before.revision}`;
    throw new RerootError('RR_STORE_CONFLICT', `mesh ${mesh} is ${found}, not at ${expectedRevision}`);
  }
  const after = { revision: before.revision + 1, spec: change.spec ?? before.spec, record: change.record ?? before.record };
  execute(database, 'UPDATE mesh SET revision = ?, spec = ?, record = ? WHERE name = ?', [
    after.revision,
    JSON.stringify(after.spec),
    JSON.stringify(after.record),
    mesh,
  ]);
  addToMesh(database, mesh, change);
  return after;
}

function addToMesh(database: DatabaseSync, mesh: string, { root, condition }: MeshChange): void {
  if (root !== undefined) {
    execute(database, 'INSERT INTO root (mesh, fingerprint, certificate, key_ref) VALUES (?, ?, ?, ?)', [
      mesh,
      root.fingerprint,
      root.certificatePem,
      root.keyRef,
    ]);
  }
  if (condition !== undefined) {
    execute(database, 'INSERT INTO condition (mesh, condition) VALUES (?, ?)', [mesh, JSON.stringify(condition)]);
  }
}

function listHistory(database: DatabaseSync, mesh: string): ReturnType<typeof storedForms.condition.parse>[] {
  return rows(database, 'SELECT id, condition FROM condition WHERE mesh = ? ORDER BY id', [mesh], conditionRow).map((row) =>
    readStored(storedForms.condition, row.condition, `entry ${row.id} of the history of mesh ${mesh}`),
  );
}

function toRoot(row: z.infer<typeof rootRow>): StoredRoot {
  return { fingerprint: row.fingerprint, certificatePem: row.certificate, keyRef: row.key_ref };
}

function findIssued(database: DatabaseSync, key: IssueKey): Issued | undefined {
  const sql = 'SELECT serial, chain FROM issued WHERE mesh = ? AND cluster = ? AND signer_root = ? AND csr_sha256 = ?';
  const [row] = rows(database, sql, keyValues(key), issuedRow);
  if (row === undefined) return undefined;
  const chain = readStored(storedForms.chain, row.chain, `certificate ${row.serial} of ${key.cluster}`);
  const { mesh, cluster, signerRoot, csrSha256 } = key;
  return { mesh, cluster, signerRoot, csrSha256, serial: row.serial, chain };
}

function keepIssued(database: DatabaseSync, issued: Issued, replaces: string | undefined): Issued {
  const kept = findIssued(database, issued);
  if (kept !== undefined && kept.serial !== replaces) return kept;
  const sql = `INSERT OR REPLACE INTO issued (mesh, cluster, signer_root, csr_sha256, serial, chain)
    VALUES (?, ?, ?, ?, ?, ?)`;
  execute(database, sql, [...keyValues(issued), issued.serial, JSON.stringify(issued.chain)]);
  return issued;
}

function keyValues({ mesh, cluster, signerRoot, csrSha256 }: IssueKey): string[] {
  return [mesh, cluster, signerRoot, csrSha256];
}
