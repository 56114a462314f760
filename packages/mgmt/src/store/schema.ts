import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { idempotencyTable } from './sqlite-idempotency.ts';
import { upgradeRecord, upgradeSpec } from './upgrade-from-1.ts';
import { nameSources, placeKey } from './upgrade-from-2.ts';

/** Marks a file as ours (`PRAGMA application_id`): "rert" in ASCII. */
export const applicationId = 0x72657274;

/** The version of the schema that this program writes. */
export const schemaVersion = 8;

/**
 * The same tables with the record of a mesh that was put back: an earlier program cannot read it, and does not know that nobody may be led by
 * it yet. Only a store that has had such a record says this version, so that any other one can still be opened by the program before.
 */
export const schemaVersionRestored = 9;

/** Has no earlier program open the store from now on. Runs inside the transaction that puts such a record there. */
export function markRestored(database: DatabaseSync): void {
  database.prepare('UPDATE schema_version SET version = ?').run(schemaVersionRestored);
}

const clusterTable = `CREATE TABLE cluster (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;`;

const proofTable = `CREATE TABLE proof (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    mesh TEXT NOT NULL REFERENCES mesh (name),
    id TEXT NOT NULL,
    summary TEXT NOT NULL,
    evidence TEXT NOT NULL,
    UNIQUE (mesh, id)
  ) STRICT;
  CREATE INDEX proof_of_mesh ON proof (mesh, seq);`;

/** The triggers stand in the way of slips, not of whoever may write the file: against that one stands the chain. */
const journalTables = `CREATE TABLE IF NOT EXISTS audit (
    seq INTEGER PRIMARY KEY,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS audit_of_rotation ON audit (entry ->> '$.rotationId', seq) WHERE entry ->> '$.rotationId' IS NOT NULL;
  CREATE TABLE IF NOT EXISTS audit_head (seq INTEGER PRIMARY KEY, head TEXT NOT NULL, kept INTEGER NOT NULL) STRICT;
  CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
  CREATE TRIGGER IF NOT EXISTS audit_grows BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the journal is never shortened'); END;
  CREATE TRIGGER IF NOT EXISTS audit_head_stays BEFORE UPDATE ON audit_head
    BEGIN SELECT RAISE(ABORT, 'a head of the journal is never changed'); END;
  CREATE TRIGGER IF NOT EXISTS audit_head_is_kept BEFORE DELETE ON audit_head WHEN OLD.kept = 1
    BEGIN SELECT RAISE(ABORT, 'this head of the journal is kept'); END;`;

/** What clusters held when a step passed: the entry of the journal of that number has its digest. */
const stepEvidenceTable = `CREATE TABLE IF NOT EXISTS step_evidence (
    seq INTEGER PRIMARY KEY,
    mesh TEXT NOT NULL,
    rotation TEXT NOT NULL,
    evidence TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS step_evidence_of_rotation ON step_evidence (mesh, rotation, seq);`;

const tables = `
  CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT;
  CREATE TABLE term (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
  CREATE TABLE mesh (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    spec TEXT NOT NULL,
    record TEXT NOT NULL,
    verdict TEXT
  ) STRICT;
  CREATE TABLE condition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mesh TEXT NOT NULL REFERENCES mesh (name),
    condition TEXT NOT NULL
  ) STRICT;
  CREATE INDEX condition_of_mesh ON condition (mesh, id);
  CREATE TABLE root (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    mesh TEXT NOT NULL REFERENCES mesh (name),
    fingerprint TEXT NOT NULL,
    certificate TEXT NOT NULL,
    custody TEXT NOT NULL,
    UNIQUE (mesh, fingerprint)
  ) STRICT;
  CREATE TABLE issued (
    mesh TEXT NOT NULL REFERENCES mesh (name),
    cluster TEXT NOT NULL,
    signer_root TEXT NOT NULL,
    csr_sha256 TEXT NOT NULL,
    serial TEXT NOT NULL,
    chain TEXT NOT NULL,
    PRIMARY KEY (mesh, cluster, signer_root, csr_sha256)
  ) STRICT, WITHOUT ROWID;
  ${clusterTable}
  ${proofTable}
  ${journalTables}
  ${stepEvidenceTable}
  ${idempotencyTable}
  INSERT INTO schema_version (version) VALUES (${schemaVersion});
  INSERT INTO term (id, value) VALUES (1, 0);
  PRAGMA application_id = ${applicationId};
`;

/** Makes every table of an empty database. Runs inside the caller's transaction. */
export function createSchema(database: DatabaseSync): void {
  database.exec(tables);
}

const upgrades: Readonly<Record<number, (database: DatabaseSync) => void>> = {
  1: upgradeFrom1,
  2: upgradeFrom2,
  // No cluster had been added yet.
  3: (database) => database.exec(clusterTable),
  // Nothing had been proven yet.
  4: (database) => database.exec(proofTable),
  // The journal begins when the store is opened, for its first entry is signed.
  5: (database) => database.exec(journalTables),
  // No step had passed yet of which anything was kept.
  6: (database) => database.exec(stepEvidenceTable),
  // No request had a key yet.
  7: (database) => database.exec(idempotencyTable),
};

/**
 * Brings a database of an earlier version to the present one. Runs inside the caller's transaction.
 * @throws RR_STORE_CORRUPT when a mesh cannot be read
 */
export function upgradeSchema(database: DatabaseSync, version: number): void {
  if (version >= schemaVersion) return;
  for (let from = version; from < schemaVersion; from += 1) upgrades[from]?.(database);
  database.prepare('UPDATE schema_version SET version = ?').run(schemaVersion);
}

const momentRow = z.object({ nowMs: z.int() });
const meshRow = z.object({ name: z.string(), spec: z.string(), record: z.string() });

function upgradeFrom1(database: DatabaseSync): void {
  database.exec('ALTER TABLE mesh ADD COLUMN verdict TEXT');
  const { nowMs } = momentRow.parse(database.prepare("SELECT unixepoch('now') * 1000 AS nowMs").get());
  const update = database.prepare('UPDATE mesh SET spec = ?, record = ? WHERE name = ?');
  for (const row of database.prepare('SELECT name, spec, record FROM mesh').all()) {
    const { name, spec, record } = meshRow.parse(row);
    update.run(upgradeSpec(spec, `spec of mesh ${name}`), upgradeRecord(record, `record of mesh ${name}`, nowMs), name);
  }
}

const specRow = z.object({ name: z.string(), spec: z.string() });
const keyRow = z.object({ id: z.int(), custody: z.string() });

function upgradeFrom2(database: DatabaseSync): void {
  const updateSpec = database.prepare('UPDATE mesh SET spec = ? WHERE name = ?');
  for (const row of database.prepare('SELECT name, spec FROM mesh').all()) {
    const { name, spec } = specRow.parse(row);
    updateSpec.run(nameSources(spec, `spec of mesh ${name}`), name);
  }
  database.exec('ALTER TABLE root RENAME COLUMN key_ref TO custody');
  const updateRoot = database.prepare('UPDATE root SET custody = ? WHERE id = ?');
  for (const row of database.prepare('SELECT id, custody FROM root').all()) {
    const { id, custody } = keyRow.parse(row);
    updateRoot.run(placeKey(custody), id);
  }
}
