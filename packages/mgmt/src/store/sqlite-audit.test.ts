import { createChainCheck } from '@reroot/shared/audit';
import { generateIdentity } from '@reroot/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from './store.ts';
import { makeSqliteFolder, type SqliteFolder } from './testing/sqlite-folder.ts';
import { newMesh } from './testing/store-contract.ts';

const { identity } = generateIdentity();

describe('the journal in the file of the SQLite store', () => {
  let folder: SqliteFolder;
  let store: Store;
  beforeEach(async () => {
    folder = await makeSqliteFolder();
    store = await open();
    await store.createMesh(newMesh('demo'), await store.takeTerm());
    await store.close();
  });
  afterEach(() => folder.dispose());

  const open = (): Promise<Store> => folder.open({ audit: { identity } });
  const tamper = (sql: string): void => folder.tamper(sql);
  const verify = async (): Promise<void> => {
    store = await open();
    const { entries, heads } = await store.readAudit({ after: 0, limit: 100 });
    const chain = createChainCheck();
    for (const entry of entries) chain.take(entry);
    for (const head of heads) chain.takeHead(head);
    chain.finish();
  };

  it('is neither changed nor shortened by a statement', () => {
    expect(() => tamper("UPDATE audit SET entry = '{}'")).toThrow('the journal is never changed');
    expect(() => tamper('DELETE FROM audit WHERE seq = 1')).toThrow('the journal is never shortened');
    expect(() => tamper("UPDATE audit_head SET head = '{}'")).toThrow('a head of the journal is never changed');
    expect(() => tamper('DELETE FROM audit_head')).toThrow('this head of the journal is kept');
  });

  it.each([
    [
      'a name',
      `UPDATE audit SET entry = replace(entry, '"reroot"', '"nobody"') WHERE seq = 2`,
      'entry 2 of the journal was changed',
    ],
    ['a moment', `UPDATE audit SET entry = json_set(entry, '$.atMs', 1) WHERE seq = 1`, 'entry 1 of the journal was changed'],
    ['an end that is gone', 'DELETE FROM audit WHERE seq = 2', 'the journal ends with entry 1'],
  ])('shows %s to whoever verifies it, though the triggers were taken away', async (_, sql, message) => {
    tamper(`DROP TRIGGER audit_stays; DROP TRIGGER audit_grows; DROP TRIGGER audit_head_is_kept; ${sql}`);
    await expect(verify()).rejects.toThrow(message);
  });

  it('begins in a store of version 5 with the digest of the history that was there', async () => {
    tamper('DROP TABLE audit; DROP TABLE audit_head; UPDATE schema_version SET version = 5');
    store = await open();
    const [first] = (await store.readAudit({ after: 0, limit: 10 })).entries;
    expect(first?.entry).toMatchObject({
      ...{
        seq: 1,
        kind: 'origin',
        message: 'the journal begins; before it were 1 meshes, 1 entries of their history and 0 proofs',
      },
      digests: { history: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const before = first?.entry.digests?.['history'];
    await store.close();
    tamper(`DROP TABLE audit; DROP TABLE audit_head; UPDATE schema_version SET version = 5;
      UPDATE condition SET condition = replace(condition, 'created', 'altered')`);
    store = await open();
    expect((await store.readAudit({ after: 0, limit: 1 })).entries[0]?.entry.digests?.['history']).not.toBe(before);
  });
});
