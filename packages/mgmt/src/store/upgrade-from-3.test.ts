import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaVersion } from './schema.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { eastRecord } from './testing/cluster-contract.ts';
import { newMesh } from './testing/store-contract.ts';

describe('a store of version 3', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'reroot-store-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('is upgraded when it is opened: it has its meshes, and room for clusters that are added', async () => {
    const before = await openSqliteStore({ dataDir });
    const term = await before.takeTerm();
    const created = await before.createMesh(newMesh('demo'), term);
    await before.close();
    becomeVersion3(dataDir);
    const store = await openSqliteStore({ dataDir });
    try {
      expect(await store.readMesh('demo')).toStrictEqual(created);
      expect(await store.listClusters()).toEqual([]);
      const stored = await store.putCluster(eastRecord, { term: await store.takeTerm(), revision: 0 });
      expect(await store.listClusters()).toStrictEqual([stored]);
    } finally {
      await store.close();
    }
    expect(versionOf(dataDir)).toBe(schemaVersion);
  });
});

/** Version 3 had all but the tables of clusters and proofs. */
function becomeVersion3(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'reroot.db'));
  database.exec(
    'DROP TABLE cluster; DROP TABLE proof; DROP TABLE step_evidence; DROP TABLE audit; DROP TABLE audit_head; UPDATE schema_version SET version = 3',
  );
  database.close();
}

function versionOf(dataDir: string): unknown {
  const database = new DatabaseSync(join(dataDir, 'reroot.db'));
  const row = database.prepare('SELECT version FROM schema_version').get();
  database.close();
  return row?.['version'];
}
