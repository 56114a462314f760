import { join } from 'node:path';
import { type KubeApi, serviceAccountDirectory } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { assertNever, RerootError } from '@reroot/shared/errors';
import type { ObjectRef } from '@reroot/shared/protocol';
import { requireToken, type VaultCredentials } from '../../vault/vault-credentials.ts';
import { type AccountToken, createAccountToken } from '../account-token/account-token.ts';
import { type SecretObject, secretPath, textOf } from '../ca-secret/secret-object.ts';
import { findSecretJwt } from './find-secret-jwt.ts';
import { readMountedJwt } from './read-mounted-jwt.ts';

/** What reading credentials works with. */
export interface VaultCredentialsOptions {
  readonly api: KubeApi;
  /** Whom tokens that the cluster makes are meant for; undefined for its API server. */
  readonly audience: string | undefined;
  readonly clock: Clock;
}

const tokenKey = 'token';
/** The least that Kubernetes gives. A login takes seconds, and Vault has a token of its own afterwards. */
const lifetimeMs = 10 * 60_000;

/** Reads the credentials over the API of Kubernetes; docs/rbac.md says what the agent must be allowed. */
export function createVaultCredentials({ api, audience, clock }: VaultCredentialsOptions): VaultCredentials {
  const tokens = new Map<string, AccountToken>();
  const audiences = audience === undefined ? [] : [audience];
  const tokenOf = (account: ObjectRef): AccountToken => {
    const key = `${account.namespace}/${account.name}`;
    const token = tokens.get(key) ?? createAccountToken({ api, account, audiences, lifetimeMs, clock });
    tokens.set(key, token);
    return token;
  };
  return {
    readToken: async ({ namespace, name }, signal) => {
      const place = `Secret ${namespace}/${name}`;
      const secret = await api.find<SecretObject>(secretPath(namespace, name), signal);
      if (secret === undefined) throw new RerootError('RR_VAULT_CREDENTIAL_INVALID', `${place} does not exist`);
      return requireToken(textOf(secret, tokenKey), `${place}, key ${tokenKey},`);
    },
    readJwt: async (account, signal) => {
      switch (account.kind) {
        case 'mounted':
          return readMountedJwt(account.path === '' ? join(serviceAccountDirectory, 'token') : account.path, signal);
        case 'reference':
          return (await findSecretJwt(api, account, signal)) ?? tokenOf(account.account).obtain(signal);
        default:
          return assertNever(account);
      }
    },
    discard: () => {
      tokens.clear();
    },
  };
}
