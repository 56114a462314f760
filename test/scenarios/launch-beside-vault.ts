import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listIssuers, readIssuer, type Vault } from '@reroot/vault';
import { type Operator, operate, type RunningVault } from '@reroot/vault/testing';
import type { SourcesUnderTest } from './ca-sources.ts';
import type { MeshFleet } from './mesh-fleet.ts';

/** What is to be stopped in the end; Vault itself is not among it. */
export interface SourcesBesideVault extends SourcesUnderTest {
  stop(): Promise<void>;
}

/** What a fleet has to be given. */
export interface BesideVault {
  /** Where mgmt finds Secrets. */
  readonly secretsDir: string;
  /** A token of Vault for the agents, and the Secret that the mesh says it is in. */
  readonly agentToken: string;
  readonly agentSecret: { readonly namespace: string; readonly name: string };
}

/**
 * Launches clusters with their mesh, whose mgmt and agents may ask Vault for no more than docs/vault.md lets them.
 * @param vault with nothing mounted
 * @param launch puts the agents' token where they look for it; those of simulated clusters look into `secretsDir`, where it is
 */
export async function launchBesideVault(
  vault: RunningVault,
  launch: (given: BesideVault) => Promise<MeshFleet>,
): Promise<SourcesBesideVault> {
  const launched = new AsyncDisposableStack();
  try {
    const secretsDir = await mkdtemp(join(tmpdir(), 'reroot-secrets-'));
    launched.defer(() => rm(secretsDir, { recursive: true }));
    const { signal } = new AbortController();
    const operator = launched.adopt(operate(vault, signal), (each) => each.close());
    const mountPath = await operator.mount('pki', { max_lease_ttl: '87600h' });
    for (const policy of ['reroot-mgmt', 'reroot-mgmt-cleanup', 'reroot-agent'] as const) {
      await operator.allow(policy, { pki: mountPath });
    }
    const { loginAs, agentToken } = await putTokens(secretsDir, vault, operator);
    const fleet = await launch({ secretsDir, agentToken, agentSecret: secrets.agent });
    launched.defer(() => fleet.stop());
    return {
      ...{ fleet, secretsDir, mountPath, vaultForMgmt: loginAs('mgmt'), vaultForAgents: loginAs('agent') },
      listIssuers: () => fingerprintsIn(operator.root, mountPath, fleet.broken),
      stop: () => launched.disposeAsync(),
    };
  } catch (thrown) {
    await launched.disposeAsync();
    throw thrown;
  }
}

async function fingerprintsIn(vault: Vault, mount: string, signal: AbortSignal): Promise<readonly string[]> {
  const issuers = await listIssuers(vault, mount, signal);
  const read = await Promise.all(issuers.map(({ issuerId }) => readIssuer(vault, mount, issuerId, signal)));
  return read.filter(({ keyId }) => keyId !== '').map(({ certificate }) => certificate.fingerprint);
}

/** Named as in deploy/agent/rbac-vault.yaml. */
const secrets = {
  mgmt: { namespace: 'reroot', name: 'vault-mgmt' },
  agent: { namespace: 'reroot', name: 'vault-token' },
} as const;

/** `loginAs` is how a VirtualMesh says that one of them logs in. */
async function putTokens(secretsDir: string, { server, caBundlePem }: RunningVault, operator: Operator) {
  const tokens = {
    mgmt: await operator.createToken({ policies: ['reroot-mgmt', 'reroot-mgmt-cleanup'] }),
    agent: await operator.createToken({ policies: ['reroot-agent'] }),
  };
  for (const who of ['mgmt', 'agent'] as const) {
    const { namespace, name } = secrets[who];
    const folder = join(secretsDir, namespace, name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'token'), `${tokens[who]}\n`, { mode: 0o600 });
  }
  const caBundle = Buffer.from(caBundlePem).toString('base64');
  const loginAs = (who: keyof typeof tokens) => ({ server, caBundle, tokenSecretRef: secrets[who] });
  return { loginAs, agentToken: tokens.agent };
}
