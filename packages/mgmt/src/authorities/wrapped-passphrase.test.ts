import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { encrypt, type Vault } from '@reroot/vault';
import { type Operator, operate, startVaultStandIn, type VaultStandIn } from '@reroot/vault/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFolderKeys } from './folder-keys.ts';
import { unwrapPassphrase, type WrappedPassphraseOptions } from './wrapped-passphrase.ts';

const { signal } = new AbortController();

describe('a passphrase that Vault keeps wrapped', () => {
  let standIn: VaultStandIn;
  let operator: Operator;
  let mount: string;
  beforeAll(async () => {
    standIn = await startVaultStandIn();
    operator = operate({ ...standIn, unsealKey: '' }, signal);
  });
  afterAll(async () => {
    await operator.close();
    await standIn.stop();
  });

  let dir: string;
  let vault: Vault;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-wrapped-'));
    file = join(dir, 'wrapped-passphrase.json');
    mount = await operator.mount('transit');
    for (const key of ['reroot', 'other']) await operator.root.write(`${mount}/keys/${key}`, {}, signal);
    await operator.allow('reroot-transit', { transit: mount });
    vault = operator.open(await operator.createToken({ policies: ['reroot-transit'] }));
  });
  afterEach(async () => {
    standIn.heal();
    await rm(dir, { recursive: true });
  });

  const unwrap = (changes: Partial<WrappedPassphraseOptions> = {}): Promise<string> =>
    unwrapPassphrase({ vault, mount, key: 'reroot', kept: createFolderKeys(dir), keysBeside: 0, ...changes }, signal);
  const failure = (act: Promise<string>): Promise<unknown> =>
    act.then(
      () => Promise.reject(new Error('it was unwrapped')),
      (error: unknown) => error,
    );

  it('is made once, of 256 random bits, and is the same from then on', async () => {
    const passphrase = await unwrap();
    expect(Buffer.from(passphrase, 'base64url')).toHaveLength(32);
    for (let starts = 0; starts < 2; starts += 1) expect(await unwrap({ keysBeside: 3 })).toBe(passphrase);
    expect(await unwrap({ kept: createFolderKeys(join(dir, 'elsewhere')) })).not.toBe(passphrase);
  });

  it('is that of the replica that was faster, where two make one at once', async () => {
    const folder = createFolderKeys(dir);
    const made: string[] = [];
    const late: WrappedPassphraseOptions['kept'] = {
      ...folder,
      add: async (name, text) => {
        made.push(await unwrap());
        return folder.add(name, text);
      },
    };
    expect(await unwrap({ kept: late })).toBe(made[0]);
    expect(made).toHaveLength(1);
  });

  it('is on disk only as Vault has encrypted it, for its owner alone', async () => {
    const passphrase = await unwrap();
    expect(await readdir(dir)).toEqual(['wrapped-passphrase.json']);
    const content = await readFile(file, 'utf8');
    expect(JSON.parse(content)).toEqual({ format: 'reroot-wrapped-1', ciphertext: expect.stringMatching(/^vault:v1:/) });
    const bytes = Buffer.from(passphrase, 'base64url');
    for (const form of [passphrase, bytes.toString('base64'), bytes.toString('hex')]) expect(content).not.toContain(form);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is the same after the key was rotated', async () => {
    const passphrase = await unwrap();
    await operator.root.write(`${mount}/keys/reroot/rotate`, {}, signal);
    expect(await unwrap()).toBe(passphrase);
  });

  it('is not made anew beside keys that are encrypted with the lost one', async () => {
    await unwrap();
    await rm(file);
    expect(await failure(unwrap({ keysBeside: 2 }))).toMatchObject({ code: 'RR_KEYSTORE_WRAPPED_MISSING', place: file });
    expect(await readdir(dir)).toEqual([]);
  });

  it.each([
    ['another key', () => ({ key: 'other', vault: operator.root })],
    ['a key that is not there', () => ({ key: 'none', vault: operator.root })],
  ])('does not open with %s', async (_, changes: () => Partial<WrappedPassphraseOptions>) => {
    await unwrap();
    const { key } = changes();
    const error = { code: 'RR_KEYSTORE_WRAPPED_INVALID', place: file, message: expect.stringContaining(`${mount}/${key}`) };
    expect(await failure(unwrap(changes()))).toMatchObject(error);
  });

  it.each([
    ['is no JSON', 'x'],
    ['is of another format', '{"format":"reroot-wrapped-2","ciphertext":"vault:v1:AAAA"}'],
    ['has a key too many', '{"format":"reroot-wrapped-1","ciphertext":"vault:v1:AAAA","passphrase":"canary"}'],
    ['was cut', '{"format":"reroot-wrapped-1","ciphertext":"vault:v1:AAAA"}'],
  ])('is refused when its file %s, which is left as it is', async (_, content) => {
    await writeFile(file, content);
    const error = await failure(unwrap());
    expect(error).toMatchObject({ code: 'RR_KEYSTORE_WRAPPED_INVALID', place: file });
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
    expect(await readFile(file, 'utf8')).toBe(content);
  });

  it('is refused when somebody else has wrapped a short one', async () => {
    const ciphertext = await encrypt(vault, mount, 'reroot', Buffer.from('canary'), signal);
    await writeFile(file, JSON.stringify({ format: 'reroot-wrapped-1', ciphertext }));
    const error = await failure(unwrap());
    expect(error).toMatchObject({ code: 'RR_KEYSTORE_WRAPPED_INVALID', message: expect.stringContaining('6 bytes, not 32') });
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
  });

  it('is not there, and not lost, while Vault is sealed or refuses the token', async () => {
    const passphrase = await unwrap();
    standIn.break({ kind: 'sealed' });
    expect(await failure(unwrap())).toMatchObject({ code: 'RR_VAULT_SEALED' });
    standIn.heal();
    const stranger = operator.open(await operator.createToken());
    expect(await failure(unwrap({ vault: stranger }))).toMatchObject({ code: 'RR_VAULT_FORBIDDEN' });
    expect(await unwrap()).toBe(passphrase);
  });

  it('is not used when it cannot be kept', async () => {
    const nowhere = join(dir, 'a-file');
    await writeFile(nowhere, 'no folder');
    const refused = { code: 'RR_KEYSTORE_UNWRITABLE', place: nowhere };
    expect(await failure(unwrap({ kept: createFolderKeys(nowhere) }))).toMatchObject(refused);
    await mkdir(file);
    expect(await failure(unwrap())).toMatchObject({ code: 'RR_KEYSTORE_UNWRITABLE', place: file });
  });
});
