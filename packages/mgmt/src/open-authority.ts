import { readFile } from 'node:fs/promises';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import { openVault, type Vault, type VaultLogin } from '@reroot/vault';
import {
  createKeyStoreAuthority,
  createRootAuthority,
  createSecretAuthority,
  createVaultAuthority,
  createVaultConnections,
  obtainPassphrase,
  openKeyStore,
  type RootAuthority,
  readAccountJwt,
  unwrapPassphrase,
  type VaultTransit,
} from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';
import type { OpenKeys } from './open-keys.ts';
import { openSecrets } from './open-secrets.ts';

/** What opening takes. */
export interface OpenAuthorityOptions {
  readonly config: MgmtConfig;
  /** Where the keys of roots are; whoever has opened them closes them. */
  readonly kept: Pick<OpenKeys, 'keys' | 'wrapped'>;
  /** How many keys of roots there are. */
  readonly keysBeside: number;
  readonly scryptCost: number | undefined;
  readonly environment: NodeJS.ProcessEnv;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Everything that obtains roots and signs with them, by the configuration. Parts that must be closed go into the lifecycle.
 * @throws RR_KEYSTORE_*, RR_SECRET_SOURCE_*, RR_VAULT_*, RR_KUBECONFIG_INVALID
 */
export async function openAuthority(options: OpenAuthorityOptions, lifecycle: Lifecycle): Promise<RootAuthority> {
  const { config, kept, scryptCost, environment, clock, random, log, signal } = options;
  const outside = { clock, random, log };
  const { secrets, api } = await openSecrets(config.secrets, outside);
  lifecycle.add('secrets', () => secrets.close());
  const unwrap = (transit: VaultTransit): Promise<string> => unwrapBy(transit, options);
  const passphrase = await obtainPassphrase(config.keyStore, { secrets, environment, unwrap }, signal);
  const keyStore = await openKeyStore({ keys: kept.keys, passphrase, ...(scryptCost === undefined ? {} : { scryptCost }) });
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

async function unwrapBy(transit: VaultTransit, options: OpenAuthorityOptions): Promise<string> {
  const { kept, keysBeside, signal } = options;
  const vault = await openTransit(transit, options);
  try {
    const { mount, key } = transit;
    return await unwrapPassphrase({ vault, mount, key, kept: kept.wrapped, keysBeside }, signal);
  } finally {
    await vault.close();
  }
}

async function openTransit(
  { server, caBundleFile, namespace, auth }: VaultTransit,
  { clock, random, log }: OpenAuthorityOptions,
): Promise<Vault> {
  const caBundlePem = caBundleFile === undefined ? undefined : await readCaBundle(caBundleFile);
  const target = { server, plaintext: 'allowed', caBundlePem, namespace: namespace === '' ? undefined : namespace } as const;
  return openVault({ target, login: loginOf(auth), clock, random, log });
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
