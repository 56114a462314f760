import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mgmtVersion } from '../version.ts';
import { schemaVersionRestored } from './schema.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';
import { makeSqliteFolder, type SqliteFolder } from './testing/sqlite-folder.ts';
import { fingerprintOf, newMesh, rotating } from './testing/store-contract.ts';
import { describeStoreContracts } from './testing/store-contracts.ts';

describeStoreContracts('the SQLite store', async (options) => {
  const folder = await makeSqliteFolder();
  return { store: await folder.open(options), dispose: () => folder.dispose() };
});

describe('the file of the SQLite store', () => {
  let folder: SqliteFolder;
  let dataDir: string;
  let file: string;
  beforeEach(async () => {
    folder = await makeSqliteFolder();
    ({ dataDir, file } = folder);
  });
  afterEach(() => folder.dispose());

  const open = (dir = dataDir): Promise<Store> => folder.open({ dataDir: dir });
  const tamper = (sql: string): void => folder.tamper(sql);

  it('does not begin anew beside the keys of roots that it has forgotten', async () => {
    await (await openSqliteStore({ dataDir })).close();
    for (const lose of [() => truncate(file), () => rm(file)]) {
      await lose();
      const reopened = openSqliteStore({ dataDir, keysBeside: 2 });
      await expect(reopened).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT', message: expect.stringContaining('2 root keys') });
      const anew = await open();
      expect(await anew.takeTerm()).toBe(1);
      await anew.close();
    }
  });

  it('keeps everything over a restart, and the term goes on', async () => {
    const first = await open();
    const term = await first.takeTerm();
    const { record, spec } = await first.createMesh(newMesh('demo'), term);
    await first.compareAndSwap('demo', { term, revision: 1 }, { record: rotating(record) });
    await first.close();
    const second = await open();
    expect(await second.readMesh('demo')).toStrictEqual({ revision: 2, spec, record: rotating(record), verdict: undefined });
    expect(await second.takeTerm()).toBe(2);
  });

  it('makes a data directory that is not there, for its owner only', async () => {
    await open(join(dataDir, 'deep', 'er'));
    expect((await stat(join(dataDir, 'deep', 'er'))).mode & 0o077).toBe(0);
  });

  it('is closed to everybody else while it is open', async () => {
    await open();
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_LOCKED', place: file });
  });

  it('is open again, with all that was acknowledged, as soon as the process that had it is killed', async () => {
    const child = startWriter(dataDir);
    const acknowledged = await child.acknowledged(20);
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_LOCKED' });
    await child.kill();
    expect(await (await open()).takeTerm()).toBeGreaterThan(acknowledged);
  });

  it('refuses bytes that are no database, and leaves them alone', async () => {
    await writeFile(file, 'not a database, but long enough to be taken for one by its size alone'.repeat(20));
    const before = await readFile(file);
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT', place: file });
    expect(await readFile(file)).toEqual(before);
  });

  it('refuses the database of another program, and leaves it alone', async () => {
    tamper('CREATE TABLE recipe (name TEXT)');
    const before = await readFile(file);
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT', place: file });
    expect(await readFile(file)).toEqual(before);
  });

  it('refuses a damaged page, and leaves the file alone', async () => {
    const store = await open();
    const term = await store.takeTerm();
    for (let n = 0; n < 40; n += 1) await store.createMesh(newMesh(`mesh-${n}`), term);
    await store.close();
    const bytes = await readFile(file);
    bytes.fill(0xa5, 8 * 1024, 20 * 1024);
    await writeFile(file, bytes);
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
    expect(await readFile(file)).toEqual(bytes);
  });

  it('refuses a file that was cut off', async () => {
    const store = await open();
    const term = await store.takeTerm();
    for (let n = 0; n < 40; n += 1) await store.createMesh(newMesh(`mesh-${n}`), term);
    await store.close();
    const bytes = await readFile(file);
    await writeFile(file, bytes.subarray(0, bytes.length / 2));
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
  });

  it('refuses our file without one of its tables', async () => {
    await (await open()).close();
    tamper('DROP TABLE schema_version');
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
  });

  it('refuses a store of a newer version', async () => {
    await (await open()).close();
    tamper(`UPDATE schema_version SET version = ${schemaVersionRestored + 1}`);
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_NEWER' });
  });

  it('says of a record with a key that it does not know that a later version wrote it', async () => {
    const store = await open();
    await store.createMesh(newMesh('demo'), await store.takeTerm());
    await store.close();
    tamper(`UPDATE mesh SET record = '${JSON.stringify({ ...newMesh('demo').record, tides: [] })}'`);
    await expect((await open()).readMesh('demo')).rejects.toMatchObject({
      ...{ code: 'RR_STORE_NEWER', place: 'record of mesh demo' },
      message: `it has the key "tides", which reroot ${mgmtVersion} does not know: a later version wrote it`,
    });
  });

  it.each(['DELETE FROM schema_version', 'UPDATE schema_version SET version = 0'])('refuses our file after %s', async (sql) => {
    await (await open()).close();
    tamper(sql);
    await expect(open()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
  });

  it.each([
    ['no JSON', '{'],
    ['a record without its roots', '{"mesh":"demo"}'],
    ['a state that is none', JSON.stringify({ ...newMesh('demo').record, state: 'DANCING' })],
    ['a current root that it does not list', JSON.stringify({ ...newMesh('demo').record, currentRoot: fingerprintOf('f') })],
    ['a deviation without its cause', JSON.stringify({ ...newMesh('demo').record, deviations: { east: { kind: 'excluded' } } })],
  ])('refuses a mesh whose record is %s, and still reads the others', async (_, record) => {
    const store = await open();
    const term = await store.takeTerm();
    await store.createMesh(newMesh('demo'), term);
    await store.createMesh(newMesh('other'), term);
    await store.close();
    tamper(`UPDATE mesh SET record = '${record}' WHERE name = 'demo'`);
    const again = await open();
    await expect(again.readMesh('demo')).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT', place: 'record of mesh demo' });
    await expect(again.compareAndSwap('demo', { term, revision: 1 }, {})).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
    expect((await again.readMesh('other'))?.revision).toBe(1);
  });

  it('says that the data directory is a file', async () => {
    const place = join(dataDir, 'file');
    await writeFile(place, '');
    await expect(open(place)).rejects.toMatchObject({ code: 'RR_STORE_UNWRITABLE', place });
  });

  it('can be restored from a copy of its files', async () => {
    const store = await open();
    const created = await store.createMesh(newMesh('demo'), await store.takeTerm());
    await store.close();
    const copy = await mkdtemp(join(dataDir, 'copy-'));
    await copyFile(file, join(copy, 'reroot.db'));
    expect(await (await open(copy)).readMesh('demo')).toEqual(created);
  });
});

/** A process that raises the term for as long as it lives. */
function startWriter(dataDir: string) {
  const code = `
    const { openSqliteStore } = await import(${JSON.stringify(new URL('./sqlite-store.ts', import.meta.url).href)});
    const store = await openSqliteStore({ dataDir: ${JSON.stringify(dataDir)} });
    for (;;) console.log(await store.takeTerm());`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let last = 0;
  return {
    acknowledged: async (atLeast: number): Promise<number> => {
      for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
        last = Math.max(last, ...String(chunk).trim().split('\n').slice(0, -1).map(Number));
        if (last >= atLeast) return last;
      }
      throw new Error('the writer ended');
    },
    kill: async (): Promise<void> => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
