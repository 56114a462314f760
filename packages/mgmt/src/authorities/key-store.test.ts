import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScriptedApiServer, sendJson, sendStatus, startScriptedApiServer } from '@reroot/kube-api/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderKeys } from './folder-keys.ts';
import { openKeyStore } from './key-store.ts';
import { createKubernetesKeys } from './kubernetes-keys.ts';
import { countKeys, type SealedKeys } from './sealed-keys.ts';
import { describeKeyStoreContract } from './testing/key-store-contract.ts';
import { keepSecrets } from './testing/secret-collection.ts';

const key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
const opening = { passphrase: 'correct horse battery staple', scryptCost: 2 ** 10 };
const { signal } = new AbortController();

describeKeyStoreContract('a folder', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-keys-'));
  return { open: () => createFolderKeys(join(dir, 'keys')), dispose: () => rm(dir, { recursive: true }) };
});

describeKeyStoreContract('Secrets of a scripted API server', async () => {
  const server = await startScriptedApiServer();
  keepSecrets(server);
  const api = await server.open();
  return {
    open: () => createKubernetesKeys(api, { namespace: 'reroot', store: 'reroot', signal }),
    dispose: async () => {
      await api.close();
      await server.stop();
    },
  };
});

describe('the folder of the key store', () => {
  let parent: string;
  let dir: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'reroot-keys-'));
    dir = join(parent, 'keys');
  });
  afterEach(() => rm(parent, { recursive: true }));

  const open = () => openKeyStore({ keys: createFolderKeys(dir), ...opening });

  it('is for its owner only, as are the files, and no temporary one is left', async () => {
    await (await open()).write('a', key);
    expect((await readdir(dir)).toSorted()).toEqual(['a.json', 'passphrase-check.json']);
    const modes = await Promise.all([dir, join(dir, 'a.json')].map(async (path) => (await stat(path)).mode & 0o777));
    expect(modes).toEqual([0o700, 0o600]);
  });

  it('says that a key cannot be removed', async () => {
    const store = await open();
    await mkdir(join(dir, 'a.json'));
    await expect(store.remove('a')).rejects.toMatchObject({ code: 'RR_KEYSTORE_UNWRITABLE', place: join(dir, 'a.json') });
  });

  it('says that it cannot be used', async () => {
    await writeFile(dir, 'a file');
    await expect(open()).rejects.toMatchObject({ code: 'RR_KEYSTORE_UNWRITABLE', place: dir });
    expect(await countKeys(createFolderKeys(dir))).toBe(0);
  });
});

describe('the Secrets of the key store', () => {
  let server: ScriptedApiServer;
  let keys: SealedKeys;
  let secrets: ReturnType<typeof keepSecrets>;
  beforeEach(async () => {
    server = await startScriptedApiServer();
    secrets = keepSecrets(server);
    keys = await openAt({});
  });
  afterEach(() => server.stop());

  const openAt = async (changes: { store?: string; namespace?: string }): Promise<SealedKeys> =>
    createKubernetesKeys(await server.open(), { namespace: 'reroot', store: 'reroot', signal, ...changes });
  const fingerprint = 'ab'.repeat(32);

  it('are immutable, of their own type, and labelled with their store', async () => {
    await keys.add(`demo-${fingerprint}`, 'sealed');
    expect([...secrets]).toEqual([
      [
        `/api/v1/namespaces/reroot/secrets/reroot-key-demo-${fingerprint}`,
        {
          ...{ apiVersion: 'v1', kind: 'Secret', type: 'reroot.dev/key', immutable: true },
          metadata: {
            name: `reroot-key-demo-${fingerprint}`,
            labels: { 'reroot.dev/store': 'reroot', 'reroot.dev/part': 'key' },
          },
          data: { 'sealed.json': Buffer.from('sealed').toString('base64') },
        },
      ],
    ]);
  });

  it('are those of one store in one namespace, and of no other', async () => {
    for (const [other, name] of [
      [await openAt({ store: 'second' }), 'b'],
      [await openAt({ namespace: 'elsewhere' }), 'c'],
    ] as const) {
      await other.add(name, 'sealed');
      expect(await other.list()).toEqual([name]);
    }
    await keys.add('a', 'sealed');
    expect(await keys.list()).toEqual(['a']);
    expect(await keys.read('b')).toBeUndefined();
  });

  it('are made, although the answer to that was lost', async () => {
    server.answer(({ method, body }, response) => {
      const secret = JSON.parse(body === '' ? '{}' : body) as object;
      if (method !== 'POST') return;
      keepSecrets(server).set('/api/v1/namespaces/reroot/secrets/reroot-key-a', secret as never);
      response.destroy();
    });
    expect(await keys.add('a', 'sealed')).toBe('added');
    expect(await keys.read('a')).toBe('sealed');
  });

  it('are listed page by page', async () => {
    server.answer(({ query }, response) => {
      const [name, metadata] = query.get('continue') === null ? ['reroot-key-a', { continue: 'more' }] : ['reroot-key-b', {}];
      sendJson(response, { metadata: { resourceVersion: '1', ...metadata }, items: [{ metadata: { name } }] });
    });
    expect(await keys.list()).toEqual(['a', 'b']);
  });

  it('that may not be read, made, removed or listed say so, with the place', async () => {
    server.answer((_, response) => sendStatus(response, 403, { reason: 'Forbidden', message: 'User "mgmt" cannot get it' }));
    const message = expect.stringContaining('cannot get it') as string;
    const refused = { code: 'RR_KEYSTORE_UNWRITABLE', message, remedy: expect.stringContaining('Secrets') as string };
    const place = 'Secret reroot/reroot-key-a';
    await expect(keys.read('a')).rejects.toMatchObject({ ...refused, place });
    await expect(keys.add('a', 'sealed')).rejects.toMatchObject({ ...refused, place });
    await expect(keys.remove('a')).rejects.toMatchObject({ ...refused, place });
    await expect(keys.list()).rejects.toMatchObject({ ...refused, place: 'Secrets reroot/reroot-key-*' });
    await expect(countKeys(keys)).rejects.toMatchObject(refused);
  });

  it('that hold something else are refused without a word of it', async () => {
    secrets.set('/api/v1/namespaces/reroot/secrets/reroot-key-a', {
      metadata: { name: 'a' },
      data: { other: 'canary' },
    } as never);
    const error: unknown = await keys.read('a').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RR_KEYSTORE_CORRUPT', place: 'Secret reroot/reroot-key-a' });
    expect(JSON.stringify(error)).not.toContain('canary');
  });
});
