import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { VaultAccess, VaultAccount } from '@reroot/shared/protocol';
import { type AccessCredentials, openVault, optionsOfAccess, type Vault } from '@reroot/vault';
import { readSecretText, type SecretSource } from './secret-source.ts';

/** The Vaults that mgmt talks to, each opened once: its token is renewed for as long as it is open. */
export interface VaultConnections {
  /** @throws RR_VAULT_CONFIG_INVALID, RR_VAULT_SKIP_VERIFY */
  to(access: VaultAccess): Vault;
  close(): Promise<void>;
}

/** What connecting works with. */
export interface VaultConnectionsOptions {
  readonly secrets: SecretSource;
  /** Gives the token of a service account. @throws RR_VAULT_* , RR_SECRET_SOURCE_* */
  readonly readJwt: (account: VaultAccount, signal: AbortSignal) => Promise<string>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** The key of a Secret that holds a Vault token. */
const tokenKey = 'token';

/** Starts without a connection. */
export function createVaultConnections(options: VaultConnectionsOptions): VaultConnections {
  const { secrets, readJwt, clock, random, log } = options;
  const credentials: AccessCredentials = {
    readToken: (secret, signal) => readSecretText(secrets, secret, tokenKey, signal),
    readJwt,
  };
  const vaults = new Map<string, Vault>();
  return {
    to: (access) => {
      const { server, caBundle, namespace, auth } = access;
      const key = JSON.stringify([server, caBundle, namespace, auth]);
      const known = vaults.get(key);
      if (known !== undefined) return known;
      const vault = openVault({ ...optionsOfAccess(access, credentials), clock, random, log });
      vaults.set(key, vault);
      return vault;
    },
    close: async () => {
      await Promise.all([...vaults.values()].map((vault) => vault.close()));
    },
  };
}
