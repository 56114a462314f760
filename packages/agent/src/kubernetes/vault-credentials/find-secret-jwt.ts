import type { KubeApi, KubeObject } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { ObjectRef, VaultAccount } from '@reroot/shared/protocol';
import { requireJwt } from '../../vault/vault-credentials.ts';
import { type SecretObject, secretPath, textOf } from '../ca-secret/secret-object.ts';

type Reference = Extract<VaultAccount, { kind: 'reference' }>;

interface ServiceAccountObject extends KubeObject {
  /** Secrets that pods of the account may use; the first ones that Kubernetes itself made were of its tokens. */
  readonly secrets?: readonly { readonly name?: string }[];
}

const tokenType = 'kubernetes.io/service-account-token';
const ownerKey = 'kubernetes.io/service-account.name';

/**
 * The token in a Secret of the account that the account itself names. Secrets are not listed: whoever may list them may
 * read every one of the namespace.
 * @returns undefined when there is none that the agent may read and that holds the key
 * @throws RR_VAULT_CREDENTIAL_INVALID when the account does not exist, or the key holds something else
 */
export async function findSecretJwt(
  api: KubeApi,
  { account, tokenKey }: Reference,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { namespace, name } = account;
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`;
  const found = await api.find<ServiceAccountObject>(path, signal);
  if (found === undefined) {
    throw new RerootError('RR_VAULT_CREDENTIAL_INVALID', `service account ${namespace}/${name} does not exist`);
  }
  for (const { name: secretName = '' } of found.secrets ?? []) {
    const secret = await findReadable(api, { namespace, name: secretName }, signal);
    if (secret === undefined || !isTokenOf(secret, name) || !(tokenKey in (secret.data ?? {}))) continue;
    return requireJwt(textOf(secret, tokenKey), `Secret ${namespace}/${secretName}, key ${tokenKey},`);
  }
  return undefined;
}

function isTokenOf({ type, metadata }: SecretObject, account: string): boolean {
  return type === tokenType && metadata.annotations?.[ownerKey] === account;
}

/** Some distributions put Secrets of other kinds there, which the agent has no right to and no use for. */
async function findReadable(
  api: KubeApi,
  { namespace, name }: ObjectRef,
  signal: AbortSignal,
): Promise<SecretObject | undefined> {
  try {
    return await api.find<SecretObject>(secretPath(namespace, name), signal);
  } catch (error) {
    if (error instanceof RerootError && error.code === 'RR_CLUSTER_FORBIDDEN') return undefined;
    throw error;
  }
}
