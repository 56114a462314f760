import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaVersion } from './schema.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { sampleProof } from './testing/proof-contract.ts';
import { newMesh } from './testing/store-contract.ts';

describe('a store of version 4', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'reroot-store-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('is upgraded when it is opened: it has its meshes, and room for proofs', async () => {
    const before = await openSqliteStore({ dataDir });
    const created = await before.createMesh(newMesh('demo'), await before.takeTerm());
    await before.close();
    becomeVersion4(dataDir);
    const store = await openSqliteStore({ dataDir });
    try {
      expect(await store.readMesh('demo')).toStrictEqual(created);
      expect(await store.listProofs('demo')).toEqual([]);
      await store.keepProof('demo', sampleProof('p1'), await store.takeTerm());
      expect(await store.readProof('demo', 'p1')).toStrictEqual(sampleProof('p1'));
    } finally {
      await store.close();
    }
    expect(versionOf(dataDir)).toBe(schemaVersion);
  });
});

/** Version 4 had all but the table of proofs. */
function becomeVersion4(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'reroot.db'));
  database.exec(
    'DROP TABLE proof; DROP TABLE step_evidence; DROP TABLE audit; DROP TABLE audit_head; UPDATE schema_version SET version = 4',
  );
  database.close();
}

function versionOf(dataDir: string): unknown {
  const database = new DatabaseSync(join(dataDir, 'reroot.db'));
  const row = database.prepare('SELECT version FROM schema_version').get();
  database.close();
  return row?.['version'];
}
