import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@reroot/shared/testing';
import { type Operator, operate, startVaultStandIn, type VaultStandIn } from '@reroot/vault/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MgmtConfig } from './config.ts';
import { apply, clientOf, type Installation, makeInstallation, reach, rotate, settle, signal } from './testing/installation.ts';
import { meshDocument } from './testing/mesh-document.ts';

let installation: Installation;
let standIn: VaultStandIn;
let operator: Operator;
beforeEach(async () => {
  installation = await makeInstallation();
  standIn = await startVaultStandIn();
  operator = operate({ ...standIn, unsealKey: '' }, signal);
});
afterEach(async () => {
  await installation.dispose();
  await operator.close();
  await standIn.stop();
});

const keyFiles = async (): Promise<string[]> => (await readdir(join(installation.dir, 'data', 'keys'))).toSorted();

describe('an mgmt whose passphrase Vault keeps', () => {
  it('finds the keys of its roots again at its next start', async () => {
    const mount = await operator.mount('transit');
    await operator.root.write(`${mount}/keys/reroot`, {}, signal);
    await operator.allow('reroot-transit', { transit: mount });
    const token = await operator.createToken({ policies: ['reroot-transit'] });
    const auth = { tokenFile: await installation.writeSecret('vault-token', token) };
    const caBundleFile = await installation.writeSecret('vault-ca.pem', standIn.caBundlePem);
    const vaultTransit = { server: standIn.server, caBundleFile, mount, key: 'reroot', auth };
    const config = installation.config({ keyStore: { vaultTransit } });

    const first = await installation.start({ config });
    installation.agent('east');
    await apply(first, { clusters: ['east'] });
    await settle(first);
    await first.stop();
    const again = await installation.start({ config });
    await rotate(again);
    await reach(again, 'both roots to have signed', ({ state }) => state === 'FINISHED');
  });
});

describe('an mgmt whose passphrase is in the environment', () => {
  it('has it there no more once it has started, and finds its keys with it', async () => {
    const config = installation.config({ keyStore: { passphraseEnv: 'REROOT_TEST_PASSPHRASE' } });
    const start = async () => {
      process.env['REROOT_TEST_PASSPHRASE'] = 'correct horse battery staple';
      const mgmt = await installation.start({ config });
      expect(process.env).not.toHaveProperty('REROOT_TEST_PASSPHRASE');
      return mgmt;
    };
    const first = await start();
    installation.agent('east');
    await apply(first, { clusters: ['east'] });
    await settle(first);
    await first.stop();
    await rotate(await start());
  });
});

describe('a mesh that has moved into Vault', () => {
  /** Moves the mesh, and waits until the key of its former root is gone. */
  const moveIntoVault = async (config: MgmtConfig) => {
    const mgmt = await installation.start({ config });
    installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    await clientOf(mgmt).applyMesh('demo', await documentInVault(), signal);
    await rotate(mgmt);
    await reach(mgmt, 'the key of the former root to be destroyed', ({ roots }) =>
      roots.some(({ phase }) => phase === 'destroyed'),
    );
    await waitFor(async () => ((await keyFiles()).length === 1 ? true : undefined), { timeoutMs: 5_000, what: 'the file to go' });
    return mgmt;
  };

  const documentInVault = async (): Promise<string> => {
    const mount = await operator.mount('pki', { max_lease_ttl: '87600h' });
    await operator.allow('reroot-mgmt', { pki: mount });
    const folder = join(installation.dir, 'secrets', 'reroot', 'vault-token');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'token'), await operator.createToken({ policies: ['reroot-mgmt'] }));
    const vault = {
      ...{ server: standIn.server, caBundle: Buffer.from(standIn.caBundlePem).toString('base64'), mountPath: mount },
      ...{ tokenSecretRef: { namespace: 'reroot', name: 'vault-token' } },
      options: { keyAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', ttlDays: 3650, orgName: 'reroot' },
    };
    const text = meshDocument({ clusters: ['east'], policy: 'rootKeyRetention: 0s' });
    return text.replace(/rootCertificateAuthority: .*/, `rootCertificateAuthority: ${JSON.stringify({ vault })}`);
  };

  it('starts without a key of its own, though the store knows of one that was destroyed', async () => {
    const config = installation.config({ secrets: { dir: join(installation.dir, 'secrets') } });
    await (await moveIntoVault(config)).stop();
    expect(await keyFiles()).toEqual(['passphrase-check.json']);
    const again = await installation.start({ config });
    await rotate(again);
    await reach(again, 'the next root in Vault', ({ state }) => state === 'FINISHED');
  });

  it('starts without the whole key store', async () => {
    const config = installation.config({ secrets: { dir: join(installation.dir, 'secrets') } });
    await (await moveIntoVault(config)).stop();
    await rm(join(installation.dir, 'data', 'keys'), { recursive: true });
    await settle(await installation.start({ config }));
  });
});
