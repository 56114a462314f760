import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderSecrets } from './folder-secrets.ts';
import { noSecretSource } from './secret-source.ts';
import { describeSecretSourceContract } from './testing/secret-source-contract.ts';

const one = { namespace: 'default', name: 'reroot-one' };
const { signal } = new AbortController();

/** Changes a volume as the kubelet does (pkg/volume/util/atomic_writer.go): a new folder, a link that is turned, the old folder gone. */
async function writeVolume(volume: string, version: number, values: Readonly<Record<string, Uint8Array>>): Promise<void> {
  await prepareVersion(volume, version, values);
  await turnTo(volume, version);
  for (const key of Object.keys(values)) await symlink(join('..data', key), join(volume, key)).catch(() => undefined);
}

async function prepareVersion(volume: string, version: number, values: Readonly<Record<string, Uint8Array>>): Promise<void> {
  await mkdir(join(volume, `..version-${version}`), { recursive: true });
  for (const [key, value] of Object.entries(values)) await writeFile(join(volume, `..version-${version}`, key), value);
}

async function turnTo(volume: string, version: number): Promise<void> {
  await symlink(`..version-${version}`, join(volume, '..data_tmp'));
  await rename(join(volume, '..data_tmp'), join(volume, '..data'));
  await rm(join(volume, `..version-${version - 1}`), { recursive: true, force: true });
}

describeSecretSourceContract('a folder of mounted Secrets', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-secrets-'));
  let version = 0;
  return {
    secrets: createFolderSecrets(dir),
    put: ({ namespace, name }, values) => writeVolume(join(dir, namespace, name), ++version, values),
    remove: ({ namespace, name }) => rm(join(dir, namespace, name), { recursive: true }),
    dispose: () => rm(dir, { recursive: true }),
  };
});

describe('a folder of Secrets', () => {
  let dir: string;
  let folder: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-secrets-'));
    folder = join(dir, one.namespace, one.name);
    await mkdir(folder, { recursive: true });
  });
  afterEach(() => rm(dir, { recursive: true }));

  const read = () => createFolderSecrets(dir).read(one, signal);
  const expectUnreadable = async (why: string) => {
    const error = { code: 'RR_SECRET_SOURCE_UNREADABLE', place: folder, message: expect.stringContaining(why) };
    await expect(read()).rejects.toMatchObject(error);
  };

  it('may be written by hand; what is no file is passed over', async () => {
    await writeFile(join(folder, 'a'), '1');
    await mkdir(join(folder, 'b'));
    await promisify(execFile)('mkfifo', [join(folder, 'c')]);
    expect(await read()).toEqual(new Map([['a', Buffer.from('1')]]));
  });

  it('is read whole, though the version that is being read is taken away', async () => {
    const versionOf = (version: number) =>
      Object.fromEntries(Array.from({ length: 200 }, (_, key) => [`${key}`, Buffer.of(version)]));
    for (let version = 1; version <= 10; version += 1) await prepareVersion(folder, version, versionOf(version));
    await turnTo(folder, 1);
    for (let version = 2; version <= 10; version += 1) {
      const [data] = await Promise.all([read(), turnTo(folder, version)]);
      expect(data.size).toBe(200);
      expect(new Set([...data.values()].map(([byte]) => byte)).size).toBe(1);
    }
  });

  it('holds no more than Kubernetes does', async () => {
    await writeFile(join(folder, 'a'), Buffer.alloc(1_000_000));
    expect((await read()).get('a')).toHaveLength(1_000_000);
    await writeFile(join(folder, 'b'), Buffer.alloc(48_577));
    await expectUnreadable('it has more than 1048576 bytes');
  });

  it('says why a Secret that is there cannot be read', async () => {
    await rm(folder, { recursive: true });
    await writeFile(folder, 'a file in its place');
    await expectUnreadable('ENOTDIR');
  });

  it('says that a value leads nowhere', async () => {
    await symlink('nowhere', join(folder, 'a'));
    await expect(read()).rejects.toMatchObject({ code: 'RR_SECRET_SOURCE_MISSING', place: folder });
  });
});

it('nowhere there is no Secret', async () => {
  await expect(noSecretSource.read(one, signal)).rejects.toMatchObject({ code: 'RR_SECRET_SOURCE_NONE' });
});
