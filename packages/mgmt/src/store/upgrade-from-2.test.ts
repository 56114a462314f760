import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from './sqlite-store.ts';
import { fingerprintOf } from './testing/store-contract.ts';
import { recordOfVersion1, writeStoreOfVersion1 } from './testing/store-of-version-1.ts';
import { upgradeRecord, upgradeSpec } from './upgrade-from-1.ts';
import { nameSources } from './upgrade-from-2.ts';

describe('a spec of version 2', () => {
  const spec = { mesh: 'demo', rotation: { strategy: 'NONE' } };

  it('has roots and intermediates that mgmt makes, and restarts no workloads', () => {
    expect(JSON.parse(nameSources(JSON.stringify(spec), 'spec'))).toEqual({
      mesh: 'demo',
      rootSource: { kind: 'generated' },
      intermediateSource: { kind: 'mgmt' },
      rotation: { strategy: 'NONE', workloadRestarts: 'never' },
    });
  });

  it('keeps what it says of workloads', () => {
    const asked = { ...spec, rotation: { workloadRestarts: 'when-needed' } };
    expect(JSON.parse(nameSources(JSON.stringify(asked), 'spec'))).toMatchObject(asked);
  });
});

describe('a store of version 2', () => {
  it('is upgraded when it is opened: the keys of its roots are in the key store', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'reroot-store-'));
    try {
      writeStoreOfVersion1(dataDir, { demo: recordOfVersion1 });
      becomeVersion2(dataDir);
      const store = await openSqliteStore({ dataDir });
      try {
        expect(await store.listRoots('demo')).toEqual([
          {
            fingerprint: fingerprintOf('a'),
            certificatePem: 'PEM A',
            custody: { kind: 'key-store', keyRef: 'key-a', chain: [] },
          },
        ]);
        expect((await store.readMesh('demo'))?.spec).toMatchObject({ rootSource: { kind: 'generated' } });
      } finally {
        await store.close();
      }
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });
});

/** What the upgrade to version 2 left behind. */
function becomeVersion2(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'reroot.db'));
  database.exec('ALTER TABLE mesh ADD COLUMN verdict TEXT; UPDATE schema_version SET version = 2');
  const { spec, record } = database.prepare('SELECT spec, record FROM mesh').get() as { spec: string; record: string };
  database.prepare('UPDATE mesh SET spec = ?, record = ?').run(upgradeSpec(spec, 'spec'), upgradeRecord(record, 'record', 1_000));
  database.close();
}
