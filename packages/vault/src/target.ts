import { isLoopback } from '@reroot/shared/config';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { parseCertificates } from '@reroot/shared/pki';
import type { VaultTarget } from './vault.ts';

/** A target that was looked at. */
export interface Target {
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** For messages. */
  readonly origin: string;
  readonly scheme: 'https' | 'http';
  readonly caBundlePem: string | undefined;
  readonly namespace: string | undefined;
}

/**
 * Looks at where Vault is said to be.
 * @throws RR_VAULT_CONFIG_INVALID, RR_VAULT_SKIP_VERIFY when that variable is set
 */
export function readTarget(target: VaultTarget, environment: NodeJS.ProcessEnv): Target {
  const skipVerify = environment['VAULT_SKIP_VERIFY'];
  if (skipVerify !== undefined && skipVerify !== '') {
    throw new RerootError('RR_VAULT_SKIP_VERIFY', 'VAULT_SKIP_VERIFY is set in the environment of this process');
  }
  const url = readServer(target);
  return {
    endpoint: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
    origin: url.origin,
    scheme: url.protocol === 'https:' ? 'https' : 'http',
    caBundlePem: readBundle(target.caBundlePem),
    namespace: readNamespace(target.namespace),
  };
}

function readServer({ server, plaintext }: VaultTarget): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw invalid('the address of Vault is not an https URL');
  // Not quoted: it may hold what it should not.
  if (url.username !== '' || url.password !== '') throw invalid('the address of Vault holds a user or a password');
  if (url.search !== '' || url.hash !== '') throw invalid(`${url.origin} comes with a query or a fragment`);
  if (url.protocol === 'https:') return url;
  if (plaintext !== 'allowed') throw invalid(`${url.origin} is not https, and plaintext is not allowed`);
  if (!isLoopback(url.hostname)) throw invalid(`${url.origin} is not https and not on this machine`);
  return url;
}

function readBundle(pem: string | undefined): string | undefined {
  if (pem === undefined) return undefined;
  try {
    if (parseCertificates(pem).length > 0) return pem;
  } catch (error) {
    throw invalid(`the CA bundle of Vault cannot be read: ${errorMessage(error)}`);
  }
  throw invalid('the CA bundle of Vault holds no certificate');
}

function readNamespace(namespace: string | undefined): string | undefined {
  if (namespace === undefined) return undefined;
  if (/^[\w-]+(\/[\w-]+)*\/?$/.test(namespace)) return namespace;
  throw invalid(`${JSON.stringify(namespace)} is not a namespace of Vault`);
}

function invalid(message: string): RerootError {
  return new RerootError('RR_VAULT_CONFIG_INVALID', message);
}
