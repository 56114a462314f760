import { readFile } from 'node:fs/promises';
import { type KubeApi, serviceAccountDirectory } from '@reroot/kube-api';
import { assertNever, RerootError } from '@reroot/shared/errors';
import type { VaultAccount } from '@reroot/shared/protocol';
import { z } from 'zod';

/** What of the API of Kubernetes it takes. */
export type TokenApi = Pick<KubeApi, 'create'>;

/** Long enough for one login, which is all that it is for; Kubernetes gives none that lives shorter. */
const tokenLifetimeSeconds = 600;
/** Three parts in base64url (RFC 7519 §3). Whatever else a file holds, such as a key, must never be sent anywhere. */
const jwt = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const tokenRequestSchema = z.looseObject({ status: z.looseObject({ token: z.string() }) });

/**
 * The token of a service account, to log in to Vault with; obtained anew each time.
 * @param api where service accounts by reference are; undefined when mgmt knows no cluster
 * @throws RR_VAULT_CREDENTIAL_INVALID, RR_VAULT_CREDENTIAL_UNSUPPORTED, and what Kubernetes refuses the request with
 */
export async function readAccountJwt(account: VaultAccount, api: TokenApi | undefined, signal: AbortSignal): Promise<string> {
  switch (account.kind) {
    case 'mounted':
      return readMounted(account.path === '' ? `${serviceAccountDirectory}/token` : account.path, signal);
    case 'reference': {
      const { namespace, name } = account.account;
      const place = `service account ${namespace}/${name}`;
      if (api === undefined) {
        throw new RerootError('RR_VAULT_CREDENTIAL_UNSUPPORTED', `mgmt knows no cluster to ask for a token of ${place}`);
      }
      return requireJwt(await requestToken(api, `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`, signal), place);
    }
    default:
      return assertNever(account);
  }
}

async function readMounted(file: string, signal: AbortSignal): Promise<string> {
  try {
    return requireJwt((await readFile(file, { encoding: 'utf8', signal })).trim(), file);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RerootError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new RerootError('RR_VAULT_CREDENTIAL_INVALID', `${file} cannot be read (${code})`);
  }
}

async function requestToken(api: TokenApi, path: string, signal: AbortSignal): Promise<string> {
  const spec = { expirationSeconds: tokenLifetimeSeconds };
  const answer = await api.create<unknown>(path, { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec }, signal);
  const read = tokenRequestSchema.safeParse(answer);
  return read.success ? read.data.status.token : '';
}

function requireJwt(text: string, place: string): string {
  if (jwt.test(text)) return text;
  throw new RerootError('RR_VAULT_CREDENTIAL_INVALID', `${place} gives no token of a service account`);
}
