import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { schemaVersion } from './schema.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { newMesh } from './testing/store-contract.ts';

describe('a store of version 7', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'reroot-store-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('is upgraded when it is opened: it has its meshes, and room for requests with keys', async () => {
    const before = await openSqliteStore({ dataDir });
    const created = await before.createMesh(newMesh('demo'), await before.takeTerm());
    await before.close();
    becomeVersion7(dataDir);
    const store = await openSqliteStore({ dataDir });
    try {
      expect(await store.readMesh('demo')).toStrictEqual(created);
      const term = await store.takeTerm();
      const request = { principal: 'loopback local', key: 'k', asked: 'a' };
      expect(await store.beginRequest(request, 0, term)).toBeUndefined();
      expect(await store.beginRequest(request, 0, term)).toBeDefined();
    } finally {
      await store.close();
    }
    expect(versionOf(dataDir)).toBe(schemaVersion);
  });
});

/** Version 7 had all but the table of requests with keys. */
function becomeVersion7(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'reroot.db'));
  database.exec('DROP TABLE idempotency; UPDATE schema_version SET version = 7');
  database.close();
}

function versionOf(dataDir: string): unknown {
  const database = new DatabaseSync(join(dataDir, 'reroot.db'));
  const row = database.prepare('SELECT version FROM schema_version').get();
  database.close();
  return row?.['version'];
}
