import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fingerprintOf } from './store-contract.ts';

/** The schema of version 1, word for word. */
const schema = `
  CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT;
  CREATE TABLE term (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
  CREATE TABLE mesh (
    name TEXT PRIMARY KEY,
    revision INTEGER NOT NULL,
    spec TEXT NOT NULL,
    record TEXT NOT NULL
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
    key_ref TEXT NOT NULL,
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
  INSERT INTO schema_version (version) VALUES (1);
  INSERT INTO term (id, value) VALUES (1, 6);
  PRAGMA application_id = 0x72657274;
`;

const [a, b] = [fingerprintOf('a'), fingerprintOf('b')];

const options = { ttlDays: 365, organization: 'reroot', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' } };

/** A spec as version 1 wrote it. */
export const specOfVersion1 = {
  mesh: 'demo',
  clusters: ['east', 'west'],
  trustDomain: 'cluster.local',
  root: options,
  intermediate: options,
  rotation: { strategy: 'MULTI_ROOT', verification: 'none' },
};

/** A record as version 1 wrote it, halfway through a rotation. */
export const recordOfVersion1 = {
  mesh: 'demo',
  generation: 7,
  state: 'PROPAGATING_NEW_INTERMEDIATE',
  step: 'PROPAGATING_NEW_INTERMEDIATE',
  direction: 'forward',
  roots: [
    { fingerprint: a, notBeforeMs: 0, notAfterMs: 10_000 },
    { fingerprint: b, notBeforeMs: 5, notAfterMs: 20_000 },
  ],
  currentRoot: a,
  enteredAtMs: 50,
  rotation: {
    id: 'r1',
    strategy: 'MULTI_ROOT',
    verification: 'none',
    old: a,
    target: b,
    startedBy: 'ann',
    startedAtMs: 40,
  },
};

/** Writes a store as version 1 wrote it; `records` by mesh. */
export function writeStoreOfVersion1(dataDir: string, records: Readonly<Record<string, unknown>>): void {
  const database = new DatabaseSync(join(dataDir, 'reroot.db'));
  database.exec(schema);
  for (const [mesh, record] of Object.entries(records)) {
    const insert = (sql: string, ...values: string[]) => database.prepare(sql).run(mesh, ...values);
    insert(
      'INSERT INTO mesh (name, revision, spec, record) VALUES (?, 3, ?, ?)',
      JSON.stringify({ ...specOfVersion1, mesh }),
      JSON.stringify(record),
    );
    const condition = { atMs: 1, state: 'NOT_ROTATING', step: 'PREVIOUS_CA', generation: 1, message: 'created', errors: [] };
    insert('INSERT INTO condition (mesh, condition) VALUES (?, ?)', JSON.stringify(condition));
    insert('INSERT INTO root (mesh, fingerprint, certificate, key_ref) VALUES (?, ?, ?, ?)', a, 'PEM A', 'key-a');
    insert("INSERT INTO issued VALUES (?, 'east', ?, ?, '1', '[\"PEM 1\"]')", a, fingerprintOf('c'));
  }
  database.close();
}
