import { RerootError } from '@reroot/shared/errors';
import type { ObjectRef } from '@reroot/shared/protocol';
import { requireJwt, requireToken, type VaultCredentials } from '../vault/vault-credentials.ts';

/** Credentials in memory, put there by a test. */
export interface MemoryVaultCredentials extends VaultCredentials {
  putSecret(secret: ObjectRef, data: Readonly<Record<string, string>>): void;
  /** Of a service account. */
  putJwt(account: ObjectRef, jwt: string): void;
  /** How often something was read. */
  reads(): number;
}

/** Starts empty; it has no mounted token. */
export function createMemoryVaultCredentials(): MemoryVaultCredentials {
  const secrets = new Map<string, Readonly<Record<string, string>>>();
  const jwts = new Map<string, string>();
  let reads = 0;
  return {
    putSecret: (secret, data) => {
      secrets.set(nameOf(secret), data);
    },
    putJwt: (account, jwt) => {
      jwts.set(nameOf(account), jwt);
    },
    reads: () => reads,
    readToken: async (secret, signal) => {
      signal.throwIfAborted();
      reads += 1;
      return requireToken(secrets.get(nameOf(secret))?.['token'], `Secret ${nameOf(secret)}, key token,`);
    },
    readJwt: async (account, signal) => {
      signal.throwIfAborted();
      reads += 1;
      if (account.kind === 'mounted') throw new RerootError('RR_VAULT_CREDENTIAL_INVALID', 'nothing is mounted');
      return requireJwt(jwts.get(nameOf(account.account)), `service account ${nameOf(account.account)}`);
    },
    discard: () => undefined,
  };
}

function nameOf({ namespace, name }: ObjectRef): string {
  return `${namespace}/${name}`;
}
