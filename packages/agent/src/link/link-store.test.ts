import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryKubeApi } from '../kubernetes/testing/memory-kube-api.ts';
import { createFolderLinkStore } from './folder-link-store.ts';
import { emptyRecord, encodeRecord, type LinkRecord } from './link-record.ts';
import { describeLinkStoreContract } from './link-store-contract.ts';
import { createSecretLinkStore } from './secret-link-store.ts';
import { createMemoryLinkStore } from './testing/memory-link-store.ts';

const { signal } = new AbortController();
const secret = { namespace: 'reroot', name: 'reroot-agent-link' };
const secretPath = '/api/v1/namespaces/reroot/secrets/reroot-agent-link';
const pending: LinkRecord = { ...emptyRecord, pending: { purpose: { kind: 'renew' }, privateKeyPem: 'a private key' } };

describeLinkStoreContract('memory', async () => {
  const store = createMemoryLinkStore();
  return { open: () => store, dispose: async () => undefined };
});

describeLinkStoreContract('a folder', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'reroot-link-'));
  return {
    open: () => createFolderLinkStore(join(parent, 'state', 'link')),
    dispose: () => rm(parent, { recursive: true }),
  };
});

describeLinkStoreContract('a Secret', async () => {
  const api = createMemoryKubeApi();
  api.put(secretPath, { kind: 'Secret', metadata: secret });
  return { open: () => createSecretLinkStore(api, secret), dispose: async () => undefined };
});

describe('the folder with the state of the link', () => {
  /** A folder with a record in it. */
  const create = async () => {
    const dir = await mkdtemp(join(tmpdir(), 'reroot-link-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const store = createFolderLinkStore(dir);
    await store.write(pending, (await store.read(signal)).basis, signal);
    return { dir, store, file: join(dir, 'link.json') };
  };

  it('is the owner’s alone, and so is the file', async () => {
    const { dir } = await create();
    const deeper = join(dir, 'made');
    const store = createFolderLinkStore(deeper);
    await store.write(pending, (await store.read(signal)).basis, signal);
    const modes = await Promise.all([deeper, join(deeper, 'link.json')].map(async (path) => (await stat(path)).mode & 0o777));
    expect(modes).toEqual([0o700, 0o600]);
    expect(await readdir(deeper)).toEqual(['link.json']);
  });

  it.each([
    ['the folder', 0o750, (dir: string) => dir],
    ['the file', 0o640, (dir: string) => join(dir, 'link.json')],
  ])('is refused when others can read %s, and the remedy says how to close it', async (_, mode, pathOf) => {
    const { dir, store } = await create();
    await chmod(pathOf(dir), mode);
    await expect(store.read(signal)).rejects.toMatchObject({
      code: 'RR_LINK_STATE_UNREADABLE',
      place: pathOf(dir),
      message: expect.stringContaining(mode.toString(8)) as string,
      remedy: expect.stringContaining('chmod') as string,
    });
  });

  it('is refused when the file was cut off, and what is left of it is not shown', async () => {
    const { store, file } = await create();
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.slice(0, whole.length / 2));
    const refused = await store.read(signal).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'RR_LINK_STATE_INVALID', place: file });
    expect(JSON.stringify(refused)).not.toContain('a private');
  });

  it('is refused when a newer agent has written it', async () => {
    const { store, file } = await create();
    await writeFile(file, encodeRecord(pending).replace('"version": 1', '"version": 2, "more": true'));
    await expect(store.read(signal)).rejects.toMatchObject({
      code: 'RR_LINK_STATE_INVALID',
      message: expect.stringContaining('version 2') as string,
      remedy: expect.stringContaining('later') as string,
    });
  });

  it('keeps no half-written file of an agent that was killed', async () => {
    const { dir, store } = await create();
    await writeFile(join(dir, 'link.json.0000.new'), 'half a private key', { mode: 0o600 });
    expect((await store.read(signal)).record).toEqual(pending);
    expect(await readdir(dir)).toEqual(['link.json']);
  });

  it('says so when it cannot be written, and keeps what it has', async () => {
    const { dir, file, store } = await create();
    const { basis } = await store.read(signal);
    await rm(file);
    await mkdir(file);
    await expect(store.read(signal)).rejects.toMatchObject({ code: 'RR_LINK_STATE_UNREADABLE', place: file });
    await rm(dir, { recursive: true });
    await expect(store.write(pending, basis, signal)).rejects.toMatchObject({ code: 'RR_LINK_STATE_CONFLICT' });
    await writeFile(dir, 'a file where the folder was');
    await expect(store.read(signal)).rejects.toMatchObject({ code: 'RR_FILE_UNWRITABLE', place: dir });
  });
});

describe('the Secret with the state of the link', () => {
  it('must be there, and the remedy says by which manifest', async () => {
    const store = createSecretLinkStore(createMemoryKubeApi(), secret);
    await expect(store.read(signal)).rejects.toMatchObject({
      code: 'RR_LINK_STATE_UNREADABLE',
      place: 'Secret reroot/reroot-agent-link',
      remedy: expect.stringContaining('deploy/agent/rbac.yaml') as string,
    });
  });

  it('is changed by one request that names the version it rests on, and other keys of it stay', async () => {
    const api = createMemoryKubeApi();
    api.put(secretPath, { kind: 'Secret', metadata: secret, data: { other: 'eA==' } });
    const store = createSecretLinkStore(api, secret);
    const { basis } = await store.read(signal);
    await store.write(pending, basis, signal);
    expect(api.requests.filter(({ verb }) => verb !== 'get')).toMatchObject([
      { verb: 'mergePatch', path: secretPath, body: { metadata: { resourceVersion: basis } } },
    ]);
    expect(await api.get(secretPath, signal)).toMatchObject({ data: { other: 'eA==' } });
  });
});
