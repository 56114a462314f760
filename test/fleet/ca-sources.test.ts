import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { operate, startVaultStandIn, type VaultStandIn } from '@reroot/vault/testing';
import { afterAll, beforeAll } from 'vitest';
import { describeCaSources, type SourcesUnderTest } from '../scenarios/ca-sources.ts';
import { launchSimulatedMesh } from './simulated-mesh.ts';

let secretsDir: string;
let vault: VaultStandIn;
let underTest: SourcesUnderTest;

beforeAll(async () => {
  secretsDir = await mkdtemp(join(tmpdir(), 'reroot-secrets-'));
  vault = await startVaultStandIn();
  const operator = operate({ ...vault, unsealKey: '' }, AbortSignal.timeout(60_000));
  const mountPath = await operator.mount('pki', { max_lease_ttl: '87600h' });
  await operator.allow('reroot-mgmt', { pki: mountPath });
  await operator.allow('reroot-mgmt-cleanup', { pki: mountPath });
  await operator.allow('reroot-agent', { pki: mountPath });
  await putToken('mgmt', await operator.createToken({ policies: ['reroot-mgmt', 'reroot-mgmt-cleanup'] }));
  await putToken('agent', await operator.createToken({ policies: ['reroot-agent'] }));
  await operator.close();
  const fleet = await launchSimulatedMesh({ clusters: 2, ratePerSecond: 100, secretsDir });
  underTest = { fleet, secretsDir, mountPath, vaultForMgmt: loginAs('mgmt'), vaultForAgents: loginAs('agent') };
});

afterAll(async () => {
  await underTest.fleet.stop();
  await vault.stop();
  await rm(secretsDir, { recursive: true });
});

describeCaSources(() => underTest);

async function putToken(name: string, token: string): Promise<void> {
  const folder = join(secretsDir, 'vault', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'token'), token, { mode: 0o600 });
}

function loginAs(name: string): Readonly<Record<string, unknown>> {
  const caBundle = Buffer.from(vault.caBundlePem).toString('base64');
  return { server: vault.server, caBundle, tokenSecretRef: { namespace: 'vault', name } };
}
