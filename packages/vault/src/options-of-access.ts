import { assertNever } from '@reroot/shared/errors';
import type { ObjectRef, VaultAccess, VaultAccount, VaultAuth } from '@reroot/shared/protocol';
import type { VaultLogin, VaultOptions } from './vault.ts';

/** Reads what a mesh only names: it must not hold secrets itself. */
export interface AccessCredentials {
  /** The token of Vault in a Secret. */
  readToken(secret: ObjectRef, signal: AbortSignal): Promise<string>;
  /** The token of a service account, a JWT. */
  readJwt(account: VaultAccount, signal: AbortSignal): Promise<string>;
}

/** What `openVault` takes, for a Vault as a mesh names it. */
export function optionsOfAccess(
  { server, caBundle, namespace, auth }: VaultAccess,
  credentials: AccessCredentials,
): Pick<VaultOptions, 'target' | 'login'> {
  return {
    target: {
      server,
      // http to another machine was refused with the mesh that names it.
      plaintext: 'allowed',
      caBundlePem: caBundle === '' ? undefined : caBundle,
      namespace: namespace === '' ? undefined : namespace,
    },
    login: loginOf(auth, credentials),
  };
}

function loginOf(auth: VaultAuth, credentials: AccessCredentials): VaultLogin {
  switch (auth.kind) {
    case 'token-secret':
      return { kind: 'token', readToken: (signal) => credentials.readToken(auth.secret, signal) };
    case 'kubernetes': {
      const { mountPath, role, account } = auth;
      return { kind: 'kubernetes', mountPath, role, readJwt: (signal) => credentials.readJwt(account, signal) };
    }
    default:
      return assertNever(auth);
  }
}
