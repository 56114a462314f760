import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startScriptedApiServer } from '@reroot/kube-api/testing';
import { systemClock } from '@reroot/shared/clock';
import { createLifecycle, type Lifecycle } from '@reroot/shared/lifecycle';
import { generateIdentity } from '@reroot/shared/protocol';
import { operate, startVaultStandIn } from '@reroot/vault/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countKeys, type RootAuthority } from './authorities/index.ts';
import { intermediateRequest, rootRequest } from './authorities/testing/root-authority-contract.ts';
import { type MgmtConfig, mgmtConfigSchema } from './config.ts';
import { openAuthority } from './open-authority.ts';
import { openKeys } from './open-keys.ts';
import { makeCa } from './testing/openssl-authority.ts';
import { type RecordedLog, recordLog } from './testing/recorded-log.ts';
import { mgmtVersion } from './version.ts';

const passphrase = 'correct horse battery staple';
const generated = rootRequest({ kind: 'generated' });
const { signal } = new AbortController();

describe('everything that signs', () => {
  let dir: string;
  let log: RecordedLog;
  let lifecycle: Lifecycle;
  let environment: NodeJS.ProcessEnv;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-authority-'));
    log = recordLog();
    lifecycle = createLifecycle({ log, stopTimeoutMs: 5_000 });
    environment = {};
    await mkdir(join(dir, 'data'));
  });
  afterEach(async () => {
    await lifecycle.stop();
    await rm(dir, { recursive: true });
  });

  const configOf = (changes: Record<string, unknown>): MgmtConfig =>
    mgmtConfigSchema.parse({
      dataDir: join(dir, 'data'),
      nats: { servers: ['nats://127.0.0.1:4222'] },
      identity: { privateKeyFile: 'mgmt.key' },
      clusters: { east: { publicKey: generateIdentity().publicKeyPem } },
      ...changes,
    });
  const open = async (changes: Record<string, unknown>): Promise<RootAuthority> => {
    const config = configOf(changes);
    const kept = await openKeys(config, { clock: systemClock, random: Math.random, log });
    const keysBeside = await countKeys(kept.keys);
    const outside = { environment, clock: systemClock, random: Math.random, log, signal };
    return openAuthority({ config, kept, keysBeside, scryptCost: 2 ** 10, ...outside }, lifecycle);
  };
  const writeSecret = async (name: string, values: Readonly<Record<string, string>>): Promise<void> => {
    const folder = join(dir, 'secrets', 'reroot', name);
    await mkdir(folder, { recursive: true });
    for (const [key, value] of Object.entries(values)) await writeFile(join(folder, key), value);
  };
  const fromFile = async () => {
    await writeFile(join(dir, 'passphrase'), passphrase, { mode: 0o600 });
    return { keyStore: { passphraseFile: join(dir, 'passphrase') } };
  };
  const fromEnvironment = async () => {
    environment['REROOT_PASSPHRASE'] = passphrase;
    return { keyStore: { passphraseEnv: 'REROOT_PASSPHRASE' } };
  };
  const fromSecret = async () => {
    await writeSecret('key-store', { passphrase: `${passphrase}\n` });
    const passphraseSecret = { namespace: 'reroot', name: 'key-store', key: 'passphrase' };
    return { keyStore: { passphraseSecret }, secrets: { dir: join(dir, 'secrets') } };
  };

  it('opens one key store with one passphrase, wherever that comes from', async () => {
    const root = await (await open(await fromFile())).obtain(generated, signal);
    for (const place of [fromEnvironment, fromSecret, fromFile]) {
      const authority = await open(await place());
      await authority.issue(root, await intermediateRequest(), signal);
    }
    expect(environment).toEqual({});
    environment['REROOT_PASSPHRASE'] = 'another horse battery';
    await expect(open({ keyStore: { passphraseEnv: 'REROOT_PASSPHRASE' } })).rejects.toMatchObject({
      code: 'RR_KEYSTORE_WRONG_PASSPHRASE',
    });
  });

  it('has the passphrase wrapped by Vault, and nowhere else', async () => {
    const standIn = await startVaultStandIn();
    const operator = operate({ ...standIn, unsealKey: '' }, signal);
    lifecycle.add('vault', async () => {
      await operator.close();
      await standIn.stop();
    });
    const mount = await operator.mount('transit');
    await operator.root.write(`${mount}/keys/reroot`, {}, signal);
    await operator.allow('reroot-transit', { transit: mount });
    await writeFile(join(dir, 'vault-token'), `${await operator.createToken({ policies: ['reroot-transit'] })}\n`);
    await writeFile(join(dir, 'vault-ca.pem'), standIn.caBundlePem);
    const auth = { tokenFile: join(dir, 'vault-token') };
    const vaultTransit = { server: standIn.server, caBundleFile: join(dir, 'vault-ca.pem'), mount, key: 'reroot', auth };

    const root = await (await open({ keyStore: { vaultTransit } })).obtain(generated, signal);
    await (await open({ keyStore: { vaultTransit } })).issue(root, await intermediateRequest(), signal);
    const wrapped = join(dir, 'data', 'wrapped-passphrase.json');
    expect(JSON.parse(await readFile(wrapped, 'utf8'))).toMatchObject({ ciphertext: expect.stringMatching(/^vault:v1:/) });
    const without = { ...vaultTransit, caBundleFile: undefined };
    await expect(open({ keyStore: { vaultTransit: without } })).rejects.toMatchObject({ code: 'RR_VAULT_TLS' });
    const lost = { ...vaultTransit, caBundleFile: join(dir, 'none.pem') };
    const place = 'keyStore.vaultTransit.caBundleFile';
    await expect(open({ keyStore: { vaultTransit: lost } })).rejects.toMatchObject({ code: 'RR_VAULT_CONFIG_INVALID', place });
    await rm(wrapped);
    await expect(open({ keyStore: { vaultTransit } })).rejects.toMatchObject({ code: 'RR_KEYSTORE_WRAPPED_MISSING' });
  });

  it('takes roots from where the configuration says that Secrets are', async () => {
    const ca = await makeCa({ commonName: 'from a folder' });
    await writeSecret('root', { 'tls.crt': ca.certificate.pem, 'tls.key': ca.keyPem });
    const source = { kind: 'secret', secret: { namespace: 'reroot', name: 'root' } } as const;
    const authority = await open({ ...(await fromFile()), secrets: { dir: join(dir, 'secrets') } });
    const root = await authority.obtain(rootRequest(source), signal);
    expect(root.certificate.fingerprint).toBe(ca.certificate.fingerprint);
    const without = await open(await fromFile());
    await expect(without.obtain(rootRequest(source), signal)).rejects.toMatchObject({ code: 'RR_SECRET_SOURCE_NONE' });
    // What was taken over is mgmt's own: it needs the Secret no more.
    await without.issue(root, await intermediateRequest(), signal);
  });

  it('asks the cluster that a kubeconfig names, under its own name and version', async () => {
    const server = await startScriptedApiServer();
    lifecycle.add('server', () => server.stop());
    const kubeconfigFile = join(dir, 'kubeconfig');
    const kubeconfig = {
      ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'wrong' },
      clusters: [{ name: 'c', cluster: { server: server.origin, 'certificate-authority': server.certificate.cert } }],
      users: [{ name: 'u', user: { token: 'token-1' } }],
      contexts: [
        { name: 'wrong', context: { cluster: 'none', user: 'u' } },
        { name: 'right', context: { cluster: 'c', user: 'u' } },
      ],
    };
    await writeFile(kubeconfigFile, JSON.stringify(kubeconfig));
    const authority = await open({ ...(await fromFile()), secrets: { kubernetes: { kubeconfigFile, context: 'right' } } });
    const source = { kind: 'secret', secret: { namespace: 'reroot', name: 'root' } } as const;
    await expect(authority.obtain(rootRequest(source), signal)).rejects.toMatchObject({ code: 'RR_SECRET_SOURCE_MISSING' });
    const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(mgmtVersion).toBe(version);
    expect(server.seen.map(({ path, headers }) => [path, headers['user-agent']])).toEqual([
      ['/api/v1/namespaces/reroot/secrets/root', `reroot-mgmt/${version}`],
    ]);
    await lifecycle.stop();
    await expect(authority.obtain(rootRequest(source), signal)).rejects.toMatchObject({ code: 'RR_SECRET_SOURCE_UNREADABLE' });
  });
});
