import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createChainCheck } from '@reroot/shared/audit';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { generateIdentity, identityFromPem } from '@reroot/shared/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderKeys } from './authorities/folder-keys.ts';
import { openKeyStore } from './authorities/key-store.ts';
import {
  backUpStore,
  type CarryOptions,
  copyStore,
  raiseStoreTerm,
  restoreStore,
  termLeap,
  tryCopy,
  tryRestore,
} from './carry-store.ts';
import { type MgmtConfig, mgmtConfigSchema } from './config.ts';
import { fillStore } from './store/image/testing/fill-store.ts';
import { checkImage } from './store/index.ts';
import { openSqliteStore } from './store/sqlite-store.ts';

const identity = generateIdentity();
const { signal } = new AbortController();
const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
const options: CarryOptions = {
  ...{ clock: systemClock, random: Math.random, log: silentLog, signal },
  ...{ by: 'ann', keys: 'included' },
};

describe('a store that is carried', () => {
  let dir: string;
  let from: MgmtConfig;
  let to: MgmtConfig;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-carry-'));
    await writeFile(join(dir, 'mgmt.key'), identity.privateKeyPem, { mode: 0o600 });
    [from, to] = [configOf('from'), configOf('to')];
    const store = await openSqliteStore({
      dataDir: join(dir, 'from'),
      audit: { identity: identityFromPem(identity.privateKeyPem), now: () => 7 },
    });
    await fillStore(store, [{ kind: 'rotation', mesh: 0 }, { kind: 'act', mesh: 1 }, { kind: 'cluster' }, { kind: 'term' }]);
    await store.close();
    const keys = await openKeys('from');
    await keys.write('a', key);
    await writeFile(join(dir, 'from', 'wrapped-passphrase.json'), 'wrapped', { mode: 0o600 });
  });
  afterEach(() => rm(dir, { recursive: true }));

  const configOf = (name: string): MgmtConfig =>
    mgmtConfigSchema.parse({
      dataDir: join(dir, name),
      nats: { servers: ['nats://127.0.0.1:4222'] },
      identity: { privateKeyFile: join(dir, 'mgmt.key') },
      keyStore: { passphraseFile: join(dir, 'passphrase') },
    });
  const openKeys = (name: string) =>
    openKeyStore({
      keys: createFolderKeys(join(dir, name, 'keys')),
      ...{ passphrase: 'correct horse battery staple', scryptCost: 2 ** 10 },
    });
  const open = (name: string) => openSqliteStore({ dataDir: join(dir, name) });
  const image = (): string => join(dir, 'image');
  const versionOf = (name: string): unknown => {
    const database = new DatabaseSync(join(dir, name, 'reroot.db'), { readOnly: true });
    try {
      return database.prepare('SELECT version FROM schema_version').get()?.['version'];
    } finally {
      database.close();
    }
  };
  const everything = () => ({ file: image(), what: 'everything' }) as const;
  const backUp = async (changes: Partial<CarryOptions> = {}): Promise<string> => {
    const texts: string[] = [];
    await backUpStore(from, async (text) => void texts.push(text), { ...options, ...changes });
    await writeFile(image(), texts.join(''));
    return texts.join('');
  };
  const restore = (changes: Partial<CarryOptions> = {}, what: 'everything' | 'clusters' = 'everything') =>
    restoreStore(to, { file: image(), what }, { ...options, ...changes });

  it('is backed up without a change of it, and the image is whole', async () => {
    const before = await readFile(join(dir, 'from', 'reroot.db'));
    await backUp();
    expect(await readFile(join(dir, 'from', 'reroot.db'))).toEqual(before);
    expect(await checkImage(image())).toMatchObject({
      header: { term: 2, keys: 'included', version: 1 },
      ...{ meshes: ['demo', 'shop'], clusters: 2, keys: 3 },
    });
  });

  it('is restored under a term that no agent has heard of, and its meshes are told nothing before they are looked at', async () => {
    await backUp();
    expect(await restore()).toMatchObject({ term: 2, newTerm: 2 + termLeap, parts: { mesh: 2, key: 3 } });
    const [before, after] = [await open('from'), await open('to')];
    expect(await after.takeTerm()).toBe(2 + termLeap + 1);
    for (const mesh of ['demo', 'shop']) {
      const [old, now] = [(await before.readMesh(mesh))!, (await after.readMesh(mesh))!];
      const { restored, ...record } = now.record;
      expect([{ ...record }, now.spec, now.revision]).toEqual([without(old.record), old.spec, old.revision + 1]);
      expect(restored).toBeDefined();
      const history = await after.listHistory(mesh);
      expect(history.slice(0, -1)).toEqual(await before.listHistory(mesh));
      expect(history.at(-1)?.message).toContain('the store was restored by ann');
      expect(await after.listRoots(mesh)).toEqual(await before.listRoots(mesh));
    }
    expect(await after.listClusters()).toEqual(await before.listClusters());
    await before.close();
    await after.close();
    expect(await (await openKeys('to')).read('a')).toBe(key);
    expect(await readFile(join(dir, 'to', 'wrapped-passphrase.json'), 'utf8')).toBe('wrapped');
  });

  it('says in its journal, signed by mgmt, where it came from', async () => {
    await backUp();
    await restore();
    await copyStore(to, configOf('third'), options);
    const store = await open('third');
    const { entries, heads, head } = await store.readAudit({ after: 0, limit: 1_000 });
    const chain = createChainCheck();
    for (const entry of entries) chain.take(entry);
    for (const each of [...heads, head!]) chain.takeHead(each);
    expect(chain.finish()).toMatchObject({ last: head!.seq, keyIds: [identity.identity.keyId] });
    expect(entries.slice(-2).map(({ entry: { action, by } }) => [action, by])).toEqual([
      ['store.restore', { name: 'ann', via: 'command-line' }],
      ['store.copy', { name: 'ann', via: 'command-line' }],
    ]);
    await store.close();
  });

  it('is refused as an image of a later version where it has what this one does not know', async () => {
    await backUp();
    const lines = (await readFile(image(), 'utf8')).trimEnd().split('\n').slice(0, -1);
    const later = lines.map((line) =>
      line.startsWith('{"kind":"mesh"') ? line.replace('"record":{', '"record":{"tides":[],') : line,
    );
    const text = `${later.join('\n')}\n`;
    const sha256 = createHash('sha256').update(text).digest('hex');
    await writeFile(image(), `${text}${JSON.stringify({ kind: 'end', lines: later.length, sha256 })}\n`);
    await expect(restore()).rejects.toMatchObject({
      ...{ code: 'RR_STORE_IMAGE_NEWER', message: expect.stringContaining('"tides"') as string },
    });
  });

  it('is copied as it is, and closed to whoever had it', async () => {
    expect(await copyStore(from, to, options)).toMatchObject({ term: 3, newTerm: 3 + termLeap });
    const [before, after] = [await open('from'), await open('to')];
    for (const mesh of ['demo', 'shop']) {
      expect(await after.readMesh(mesh)).toEqual(await before.readMesh(mesh));
      expect(await after.listHistory(mesh)).toEqual(await before.listHistory(mesh));
    }
    const { spec, record } = (await before.readMesh('demo'))!;
    await expect(before.compareAndSwap('demo', { term: 2, revision: 2 }, { spec, record })).rejects.toMatchObject({
      code: 'RR_STORE_DEPOSED',
    });
    await before.close();
    await after.close();
  });

  it('is opened by no earlier program once its meshes were restored, which would lead them as if nothing had been', async () => {
    await backUp();
    await restore();
    await copyStore(to, configOf('third'), options);
    await restoreStore(configOf('fourth'), { file: image(), what: 'clusters' }, options);
    expect(['from', 'to', 'third', 'fourth'].map(versionOf)).toEqual([8, 9, 9, 8]);
    await (await open('to')).close();
    expect(versionOf('to')).toBe(9);
  });

  it('of an earlier version is not brought along by a backup nor by a trial, and is by a copy', async () => {
    const database = new DatabaseSync(join(dir, 'from', 'reroot.db'));
    database.exec('DROP TABLE idempotency; UPDATE schema_version SET version = 7');
    database.close();
    await backUp();
    await tryCopy(from, to, options);
    expect(versionOf('from')).toBe(7);
    expect(await checkImage(image())).toMatchObject({ meshes: ['demo', 'shop'] });
    await copyStore(from, to, options);
    expect(versionOf('from')).toBe(8);
  });

  it('leaves the keys behind where that is asked for, in a backup and in a restore', async () => {
    await backUp({ keys: 'left-out' });
    expect(await checkImage(image())).toMatchObject({ keys: 0, header: { keys: 'left-out' } });
    await backUp();
    await restore({ keys: 'left-out' });
    expect((await readdir(join(dir, 'to'))).filter((name) => !name.startsWith('reroot.db'))).toEqual([]);
  });

  it('can leave its meshes behind, and then has the clusters and the journal', async () => {
    await backUp();
    await restore({}, 'clusters');
    const [before, after] = [await open('from'), await open('to')];
    expect([await after.listMeshes(), await after.listClusters()]).toEqual([[], await before.listClusters()]);
    expect((await after.readAudit({ after: 0, limit: 1 })).total).toBe(
      (await before.readAudit({ after: 0, limit: 1 })).total + 1,
    );
    await before.close();
    await after.close();
  });

  it('is put nowhere where something is: a store, a key store of another passphrase, itself', async () => {
    await backUp();
    await expect(copyStore(from, from, options)).rejects.toMatchObject({ code: expect.stringMatching(/NOT_EMPTY|LOCKED/) });
    await restore();
    const notEmpty = { code: 'RR_STORE_NOT_EMPTY' };
    await expect(restore()).rejects.toMatchObject({ ...notEmpty, place: join(dir, 'to', 'reroot.db') });
    await rm(join(dir, 'to'), { recursive: true });
    await mkdir(join(dir, 'to'));
    await openKeyStore({
      keys: createFolderKeys(join(dir, 'to', 'keys')),
      passphrase: 'another passphrase',
      scryptCost: 2 ** 10,
    });
    await expect(restore()).rejects.toMatchObject({ ...notEmpty, place: join(dir, 'to', 'keys', 'passphrase-check.json') });
    expect(await readdir(join(dir, 'to', 'keys'))).toEqual(['passphrase-check.json']);
    const store = await open('to');
    expect([await store.listMeshes(), await store.listClusters()]).toEqual([[], []]);
    await store.close();
  });

  it('is restored again after a restore that was broken off', async () => {
    await backUp();
    const breaking = new AbortController();
    const onPart = (kind: string, count: number): void => {
      if (kind === 'key' && count === 2) breaking.abort(new Error('enough'));
    };
    await expect(restore({ signal: breaking.signal, onPart })).rejects.toThrow('enough');
    await restore();
    expect(await (await openKeys('to')).read('a')).toBe(key);
  });

  it('is not written from an image with any byte changed, or that was cut anywhere', async () => {
    const whole = Buffer.from(await backUp());
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ flip;
        for (const bytes of [changed, whole.subarray(0, at)]) {
          await writeFile(image(), bytes);
          const refused = { code: expect.stringMatching(/^RR_STORE_IMAGE_(INVALID|NEWER)$/) };
          await expect(restore()).rejects.toMatchObject(refused);
        }
      }),
      { numRuns: 60 },
    );
    await expect(readdir(join(dir, 'to'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is not written from an image whose journal was changed, though its digest fits', async () => {
    const lines = (await backUp()).trimEnd().split('\n').slice(0, -1);
    const forged = lines.map((line) => line.replace('"message":"created"', '"message":"forged"'));
    expect(forged).not.toEqual(lines);
    const { createHash } = await import('node:crypto');
    const body = `${forged.join('\n')}\n`;
    const end = { kind: 'end', lines: forged.length, sha256: createHash('sha256').update(body).digest('hex') };
    await writeFile(image(), `${body}${JSON.stringify(end)}\n`);
    await expect(restore()).rejects.toMatchObject({
      code: 'RR_STORE_IMAGE_INVALID',
      message: expect.stringContaining('entry 2'),
    });
  });

  it('is refused when a newer reroot wrote the image, and when it is none at all', async () => {
    await writeFile(image(), (await backUp()).replace('"version":1', '"version":2'));
    await expect(restore()).rejects.toMatchObject({ code: 'RR_STORE_IMAGE_NEWER' });
    await writeFile(image(), 'a file\n');
    await expect(restore()).rejects.toMatchObject({ code: 'RR_STORE_IMAGE_INVALID', place: `${image()}, line 1` });
    await expect(restoreStore(to, { file: join(dir, 'none'), what: 'everything' }, options)).rejects.toMatchObject({
      code: 'RR_STORE_IMAGE_INVALID',
      message: expect.stringContaining('ENOENT'),
    });
  });

  it('has a term of its own where it begins anew, beyond all of before', async () => {
    expect(await raiseStoreTerm(to, options)).toMatchObject({ term: 0, newTerm: termLeap });
    expect(await raiseStoreTerm(from, options)).toMatchObject({ term: 2, newTerm: 2 + termLeap });
  });

  it('can be tried without a change', async () => {
    await backUp();
    expect(await tryRestore(to, everything(), options)).toBe(join(dir, 'to', 'reroot.db'));
    expect(await tryCopy(from, to, options)).toBe(join(dir, 'to', 'reroot.db'));
    expect(await readdir(dir)).not.toContain('to');
    await expect(tryRestore(from, everything(), options)).rejects.toMatchObject({ code: 'RR_STORE_NOT_EMPTY' });
    await expect(tryCopy(to, configOf('third'), options)).rejects.toMatchObject({ code: 'RR_STORE_MISSING' });
  });

  it('can be restored beside its own keys, and is refused beside others; whoever tries first is told the same', async () => {
    await backUp();
    await restore();
    for (const name of await readdir(join(dir, 'to'))) if (name.startsWith('reroot.db')) await rm(join(dir, 'to', name));
    expect(await tryRestore(to, everything(), options)).toBe(join(dir, 'to', 'reroot.db'));
    await createFolderKeys(join(dir, 'third', 'keys')).add('a', 'another');
    await expect(tryRestore(configOf('third'), everything(), options)).rejects.toMatchObject({ code: 'RR_STORE_NOT_EMPTY' });
    const clusters = { file: image(), what: 'clusters' } as const;
    expect(await tryRestore(configOf('third'), clusters, options)).toBe(join(dir, 'third', 'reroot.db'));
    await restore();
  });
});

/** What is undefined in a record is left out where it is stored. */
function without(record: object): object {
  return { ...record, restored: undefined } satisfies object;
}
