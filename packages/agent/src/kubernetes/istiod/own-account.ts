import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceAccountDirectory } from '@reroot/kube-api';
import type { ServiceAccount } from '../account-token/account-token.ts';

/** Where a pod finds the token of its ServiceAccount. */
const mountedToken = join(serviceAccountDirectory, 'token');
const defaultAccount: ServiceAccount = { namespace: 'reroot', name: 'reroot-agent' };

/** The ServiceAccount that the agent runs as, from the claims of its mounted token; outside a pod, the usual one. */
export async function findOwnAccount(tokenFile = mountedToken): Promise<ServiceAccount> {
  try {
    return readAccount(await readFile(tokenFile, 'utf8')) ?? defaultAccount;
  } catch {
    return defaultAccount;
  }
}

/** The claims that Kubernetes puts into a token; they are not verified, for the token is our own. */
function readAccount(token: string): ServiceAccount | undefined {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims = JSON.parse(payload) as { 'kubernetes.io'?: { namespace?: unknown; serviceaccount?: { name?: unknown } } };
  const { namespace, serviceaccount } = claims['kubernetes.io'] ?? {};
  const name = serviceaccount?.name;
  return typeof namespace === 'string' && typeof name === 'string' ? { namespace, name } : undefined;
}
