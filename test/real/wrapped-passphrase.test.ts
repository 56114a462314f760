import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFolderKeys, unwrapPassphrase } from '@reroot/mgmt/testing';
import type { Vault } from '@reroot/vault';
import { type ContractVault, type Operator, operate } from '@reroot/vault/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAlone } from './lab/vault/start-alone.ts';
import { startOpenbao } from './lab/vault/start-openbao.ts';
import { startVault } from './lab/vault/start-vault.ts';

const signal = AbortSignal.timeout(280_000);

describe.each([
  ['Vault', startVault],
  ['OpenBao', startOpenbao],
] as const)('a passphrase that a real %s keeps wrapped', (_, start) => {
  let running: ContractVault;
  let operator: Operator;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-wrapped-'));
    running = await startAlone(start);
    operator = operate(running, signal);
  });
  afterAll(async () => {
    await operator.close();
    await running.stop();
    await rm(dir, { recursive: true });
  });

  let mount: string;
  let vault: Vault;
  beforeEach(async () => {
    mount = await operator.mount('transit');
    await operator.root.write(`${mount}/keys/reroot`, {}, signal);
    await operator.allow('reroot-transit', { transit: mount });
    vault = operator.open(await operator.createToken({ policies: ['reroot-transit'] }));
  });

  const unwrap = (key = 'reroot', by = vault): Promise<string> =>
    unwrapPassphrase({ vault: by, mount, key, kept: createFolderKeys(join(dir, mount)), keysBeside: 0 }, signal);
  const configure = (settings: object): Promise<unknown> => operator.root.write(`${mount}/keys/reroot/config`, settings, signal);

  it('is the same from start to start, and after the key was rotated', async () => {
    const passphrase = await unwrap();
    expect(Buffer.from(passphrase, 'base64url')).toHaveLength(32);
    await operator.root.write(`${mount}/keys/reroot/rotate`, {}, signal);
    expect(await unwrap()).toBe(passphrase);
  });

  it('opens no more with another key, with a version that was retired, or when the key is gone', async () => {
    await unwrap();
    const refused = { code: 'RR_KEYSTORE_WRAPPED_INVALID' };
    await operator.root.write(`${mount}/keys/other`, {}, signal);
    await expect(unwrap('other', operator.root)).rejects.toMatchObject(refused);
    await operator.root.write(`${mount}/keys/reroot/rotate`, {}, signal);
    await configure({ min_decryption_version: 2 });
    await expect(unwrap()).rejects.toMatchObject({ ...refused, message: expect.stringContaining('too old') });
    await configure({ min_decryption_version: 1, deletion_allowed: true });
    await unwrap();
    await operator.root.delete(`${mount}/keys/reroot`, signal);
    await expect(unwrap()).rejects.toMatchObject(refused);
  });

  it('is made with no key of another name: the rights of docs/vault.md make none', async () => {
    await expect(unwrap('misspelt')).rejects.toMatchObject({ code: 'RR_VAULT_FORBIDDEN' });
    await expect(operator.root.read(`${mount}/keys/misspelt`, signal)).rejects.toMatchObject({ code: 'RR_VAULT_NOT_FOUND' });
  });
});
