import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type OpenKubeApi, openKubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import { openVault, type Vault, type VaultLogin } from '@reroot/vault';
import {
  createFolderSecrets,
  createKeyStoreAuthority,
  createKubernetesSecrets,
  createRootAuthority,
  createSecretAuthority,
  createVaultAuthority,
  createVaultConnections,
  noSecretSource,
  obtainPassphrase,
  openKeyStore,
  type RootAuthority,
  readAccountJwt,
  type SecretSource,
  unwrapPassphrase,
  type VaultTransit,
} from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';

/** What opening takes. */
export interface OpenAuthorityOptions {
  readonly config: MgmtConfig;
  /** How many keys of roots lie in the data directory. */
  readonly keysBeside: number;
  readonly scryptCost: number | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Everything that obtains roots and signs with them, by the configuration. Parts that must be closed go into the lifecycle.
 * @throws RR_KEYSTORE_*, RR_SECRET_SOURCE_*, RR_VAULT_*, RR_KUBECONFIG_INVALID
 */
export async function openAuthority(options: OpenAuthorityOptions, lifecycle: Lifecycle): Promise<RootAuthority> {
  const { config, scryptCost, environment, clock, log, signal } = options;
  const outside = { clock, random: Math.random, log };
  const api = await openSecretsApi(config, outside);
  const secrets = secretsOf(config, api);
  lifecycle.add('secrets', () => secrets.close());
  const unwrap = (transit: VaultTransit): Promise<string> => unwrapBy(transit, options);
  const passphrase = await obtainPassphrase(config.keyStore, { secrets, environment, unwrap }, signal);
  const keyStore = await openKeyStore({ dir: keysDir(config), passphrase, ...(scryptCost === undefined ? {} : { scryptCost }) });
  const connections = createVaultConnections({
    ...outside,
    secrets,
    readJwt: (account, aborted) => readAccountJwt(account, api, aborted),
  });
  lifecycle.add('vault', () => connections.close());
  return createRootAuthority({
    keyStore: createKeyStoreAuthority({ keyStore, clock }),
    secret: createSecretAuthority({ secrets, keyStore, clock }),
    vault: createVaultAuthority({ open: (access) => connections.to(access), clock }),
    clock,
  });
}

/** Where the keys of roots lie. */
export function keysDir({ dataDir }: Pick<MgmtConfig, 'dataDir'>): string {
  return join(dataDir, 'keys');
}

async function openSecretsApi(
  { secrets }: MgmtConfig,
  outside: { readonly clock: Clock; readonly random: () => number; readonly log: Log },
): Promise<OpenKubeApi | undefined> {
  const kubernetes = secrets?.kubernetes;
  if (kubernetes === undefined) return undefined;
  const program = { name: 'reroot-mgmt', version: mgmtVersion };
  return openKubeApi({ ...outside, program, kubeconfig: kubernetes.kubeconfigFile, context: kubernetes.context });
}

/** The version by which the audit log of a cluster names mgmt; a test holds it to package.json. */
export const mgmtVersion = '0.1.0';

function secretsOf({ secrets }: MgmtConfig, api: OpenKubeApi | undefined): SecretSource {
  if (api !== undefined) return createKubernetesSecrets(api);
  return secrets?.dir === undefined ? noSecretSource : createFolderSecrets(secrets.dir);
}

async function unwrapBy(
  transit: VaultTransit,
  { config, keysBeside, clock, log, signal }: OpenAuthorityOptions,
): Promise<string> {
  const vault = await openTransit(transit, clock, log);
  try {
    const file = join(config.dataDir, 'wrapped-passphrase.json');
    return await unwrapPassphrase({ vault, mount: transit.mount, key: transit.key, file, keysBeside }, signal);
  } finally {
    await vault.close();
  }
}

async function openTransit({ server, caBundleFile, namespace, auth }: VaultTransit, clock: Clock, log: Log): Promise<Vault> {
  const caBundlePem = caBundleFile === undefined ? undefined : await readCaBundle(caBundleFile);
  const target = { server, plaintext: 'allowed', caBundlePem, namespace: namespace === '' ? undefined : namespace } as const;
  return openVault({ target, login: loginOf(auth), clock, random: Math.random, log });
}

function loginOf({ tokenFile = '', kubernetes }: VaultTransit['auth']): VaultLogin {
  if (kubernetes === undefined) {
    return { kind: 'token', readToken: (signal) => readFile(tokenFile, { encoding: 'utf8', signal }) };
  }
  const { mountPath, role, tokenFile: path } = kubernetes;
  return {
    kind: 'kubernetes',
    mountPath,
    role,
    readJwt: (signal) => readAccountJwt({ kind: 'mounted', path }, undefined, signal),
  };
}

async function readCaBundle(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new RerootError('RR_VAULT_CONFIG_INVALID', `the CA bundle of Vault cannot be read: ${errorMessage(cause)}`, {
      place: 'keyStore.vaultTransit.caBundleFile',
      cause,
    });
  }
}
