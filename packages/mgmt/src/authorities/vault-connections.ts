import type { Clock } from '@reroot/shared/clock';
import { assertNever } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { VaultAccess, VaultAccount, VaultAuth } from '@reroot/shared/protocol';
import { openVault, type Vault, type VaultLogin } from '@reroot/vault';
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
  const { clock, random, log } = options;
  const vaults = new Map<string, Vault>();
  return {
    to: ({ server, caBundle, namespace, auth }) => {
      const key = JSON.stringify([server, caBundle, namespace, auth]);
      const known = vaults.get(key);
      if (known !== undefined) return known;
      const target = {
        server,
        // http to another machine was refused with the mesh that names it.
        plaintext: 'allowed',
        caBundlePem: caBundle === '' ? undefined : caBundle,
        namespace: namespace === '' ? undefined : namespace,
      } as const;
      const vault = openVault({ target, login: loginOf(auth, options), clock, random, log });
      vaults.set(key, vault);
      return vault;
    },
    close: async () => {
      await Promise.all([...vaults.values()].map((vault) => vault.close()));
    },
  };
}

function loginOf(auth: VaultAuth, { secrets, readJwt }: VaultConnectionsOptions): VaultLogin {
  switch (auth.kind) {
    case 'token-secret':
      return { kind: 'token', readToken: (signal) => readSecretText(secrets, auth.secret, tokenKey, signal) };
    case 'kubernetes': {
      const { mountPath, role, account } = auth;
      return { kind: 'kubernetes', mountPath, role, readJwt: (signal) => readJwt(account, signal) };
    }
    default:
      return assertNever(auth);
  }
}
