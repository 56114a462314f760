import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderKeys, openSqliteStore } from '@reroot/mgmt/testing';
import { generateIdentity } from '@reroot/shared/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCaptured } from './testing/run-captured.ts';

describe('reroot store', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-cli-store-'));
    const { privateKeyPem } = generateIdentity();
    await writeFile(join(dir, 'mgmt.key'), privateKeyPem, { mode: 0o600 });
    for (const name of ['one', 'two']) {
      const settings = { dataDir: join(dir, name), nats: { servers: ['nats://127.0.0.1:4222'] } };
      const secrets = { identity: { privateKeyFile: join(dir, 'mgmt.key') }, keyStore: { passphraseFile: join(dir, 'words') } };
      await writeFile(join(dir, `${name}.yaml`), JSON.stringify({ ...settings, ...secrets }));
    }
    const store = await openSqliteStore({ dataDir: join(dir, 'one') });
    await store.note({ kind: 'start', action: 'mgmt.start', message: 'it starts' }, await store.takeTerm());
    await store.close();
    await createFolderKeys(join(dir, 'one', 'keys')).add('a', 'sealed');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const at = (name: string): string => join(dir, name);
  const backUp = () => runCaptured(['store', 'backup', '--config', at('one.yaml'), '--out', at('image'), '-o', 'json']);

  it('writes an image that its owner alone may read, and says how much is in it', async () => {
    const { exit, stdout, stderr } = await backUp();
    expect(exit).toBe(0);
    expect((await stat(at('image'))).mode & 0o777).toBe(0o600);
    const { sha256, bytes, parts } = JSON.parse(stdout) as { sha256: string; bytes: number; parts: object };
    const image = await readFile(at('image'), 'utf8');
    expect([bytes, parts]).toEqual([image.length, { entry: 2, key: 1 }]);
    expect(image).toContain(`"sha256":"${sha256}"`);
    expect(stderr).toContain('can sign as a root');
  });

  it('writes over no file, and leaves none of a store that is not there', async () => {
    await writeFile(at('image'), 'mine');
    expect(await backUp()).toMatchObject({ exit: 4 });
    expect(await readFile(at('image'), 'utf8')).toBe('mine');
    const { exit, message } = await runCaptured(['store', 'backup', '--config', at('two.yaml'), '--out', at('other')]);
    expect([exit, message]).toEqual([2, 'there is no store']);
    await expect(stat(at('other'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('looks first where that is asked for, then restores, once', async () => {
    await backUp();
    const restore = ['store', 'restore', at('image'), '--config', at('two.yaml')];
    const looked = await runCaptured([...restore, '--dry-run']);
    expect(looked.stdout).toContain('the image is whole: 0 meshes, 0 clusters, 1 keys, 2 entries of the journal');
    await expect(stat(at('two'))).rejects.toMatchObject({ code: 'ENOENT' });
    const restored = await runCaptured([...restore, '-o', 'json']);
    expect(JSON.parse(restored.stdout)).toMatchObject({ to: at('two/reroot.db'), formerTerm: 1, term: 1_048_577, changed: true });
    expect(await runCaptured(restore)).toMatchObject({ exit: 4 });
    expect(await runCaptured([...restore, '--dry-run'])).toMatchObject({ exit: 4 });
  });

  it('copies one store into another, and says which mgmt may be started', async () => {
    const copy = ['store', 'copy', '--from', at('one.yaml'), '--to', at('two.yaml')];
    expect((await runCaptured([...copy, '--dry-run'])).stdout).toContain('nothing was changed');
    const { stdout, stderr } = await runCaptured([...copy, '--yes']);
    expect(stdout).toContain('3 entries of the journal');
    expect(stderr).toContain(`start mgmt with ${at('two.yaml')}, and never again with ${at('one.yaml')}`);
  });

  it('leaves behind what it is told to', async () => {
    const { stdout } = await runCaptured([
      ...['store', 'copy', '--from', at('one.yaml'), '--to', at('two.yaml'), '--yes', '-o', 'json'],
      '--without-keys',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ parts: { entry: 3 } });
    await expect(stat(at('two/keys'))).rejects.toMatchObject({ code: 'ENOENT' });
    await backUp();
    await rm(at('two'), { recursive: true });
    const restore = ['store', 'restore', at('image'), '--config', at('two.yaml'), '--without-meshes', '-o', 'json'];
    expect(JSON.parse((await runCaptured(restore)).stdout)).toMatchObject({ parts: { entry: 3 } });
    await expect(stat(at('two/keys'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('raises the term of a store, and makes it where there is none', async () => {
    const { stdout } = await runCaptured(['store', 'raise-term', '--config', at('two.yaml'), '--yes']);
    expect(stdout).toBe(`the term of ${at('two/reroot.db')} is raised from 0 to 1048576\n`);
  });
});
