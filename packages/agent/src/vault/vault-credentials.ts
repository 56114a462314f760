import { RerootError } from '@reroot/shared/errors';
import type { ObjectRef, VaultAccount } from '@reroot/shared/protocol';

/** Reads what proves to Vault who the agent is. None of it goes into an error or a log line. */
export interface VaultCredentials {
  /**
   * The token of Vault in a Secret, under the key `token`, without the newline at its end. Read anew each time.
   * @throws RR_VAULT_CREDENTIAL_INVALID names the Secret and the key; what the cluster refuses the request with
   */
  readToken(secret: ObjectRef, signal: AbortSignal): Promise<string>;
  /**
   * The token of a service account, a JWT. Of one by reference: what a Secret of it holds, else one that the cluster makes.
   * @throws RR_VAULT_CREDENTIAL_INVALID names the file or the account; what the cluster refuses the request with
   */
  readJwt(account: VaultAccount, signal: AbortSignal): Promise<string>;
  /** Vault did not accept what was read: nothing of it is given again. */
  discard(): void;
}

/** Of an agent that can read neither Secrets nor tokens of its cluster. */
export const noVaultCredentials: VaultCredentials = {
  readToken: async ({ namespace, name }) => unsupported(`Secret ${namespace}/${name}`),
  readJwt: async (account) =>
    unsupported(
      account.kind === 'mounted'
        ? 'the mounted token'
        : `the token of service account ${account.account.namespace}/${account.account.name}`,
    ),
  discard: () => undefined,
};

/** Vault takes tokens as a header (https://developer.hashicorp.com/vault/api-docs#authentication). */
const headerValue = /^[\x21-\x7e]+$/;
/** Three parts in base64url (RFC 7519 §3). Whatever else a file holds, such as a key, must never be sent anywhere. */
const jwt = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** A token as it was found, without white space around it. @throws RR_VAULT_CREDENTIAL_INVALID */
export function requireToken(found: string | undefined, place: string): string {
  return require(found, headerValue, `${place} holds no token of Vault`);
}

/** A JWT as it was found. @throws RR_VAULT_CREDENTIAL_INVALID */
export function requireJwt(found: string | undefined, place: string): string {
  return require(found, jwt, `${place} holds no token of a service account`);
}

function require(found: string | undefined, form: RegExp, otherwise: string): string {
  const text = found?.trim() ?? '';
  if (form.test(text)) return text;
  throw new RerootError('RR_VAULT_CREDENTIAL_INVALID', otherwise);
}

function unsupported(what: string): never {
  throw new RerootError('RR_VAULT_CREDENTIAL_UNSUPPORTED', `this agent has no way to ${what}`);
}
