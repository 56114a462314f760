import { RerootError } from '@reroot/shared/errors';
import type { client as NodeVault } from 'node-vault';
import type { Target } from '../target.ts';
import { encodePath } from '../vault-path.ts';
import { type Exchange, nameOf } from './exchange.ts';
import { FailedTryError, type Outcome } from './failure.ts';
import { type Pool, sendTry, type TransportRequest } from './send-try.ts';

/** Sends one try of a request. A failure is given, not thrown; rejects with the signal's reason only. */
export type SendOnce = (exchange: Exchange, token: string | undefined, signal: AbortSignal) => Promise<Outcome>;

/**
 * node-vault with what it would do by itself taken away: it would follow redirects and take the token along, wait for ever, print
 * bodies under DEBUG, and read VAULT_TOKEN, VAULT_ADDR, VAULT_NAMESPACE, VAULT_PREFIX and proxies from the environment. It
 * makes the URL, the verb and the headers; the connection is ours.
 */
export function createNodeVaultClient(target: Target, pool: Pool): SendOnce {
  let opening: Promise<NodeVault> | undefined;
  return async (exchange, token, signal) => {
    signal.throwIfAborted();
    // Loaded with the first request: few agents ever have one.
    const client = await (opening ??= openNodeVault(target, pool));
    signal.throwIfAborted();
    const headers = { 'X-Vault-Request': 'true', ...(token === undefined ? {} : { 'X-Vault-Token': token }) };
    try {
      return { kind: 'done', answer: await call(client, exchange, { headers, exchange, signal }) };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof FailedTryError) return { kind: 'failed', failure: error.failure };
      if (error instanceof RerootError) return { kind: 'failed', failure: { error, kind: 'final', carriedOut: 'no' } };
      const internal = new RerootError('RR_INTERNAL', `${nameOf(exchange)}: the client of Vault failed`);
      return { kind: 'failed', failure: { error: internal, kind: 'final', carriedOut: 'perhaps' } };
    }
  };
}

async function openNodeVault(target: Target, pool: Pool): Promise<NodeVault> {
  const { default: nodeVault } = await import('node-vault');
  const client = nodeVault({
    endpoint: target.endpoint,
    // Node's own parser knows no LIST, and proxies may not either.
    noCustomHTTPVerbs: true,
    debug: () => undefined,
    // A table of a hundred calls; the four verbs are enough.
    commands: {},
    'request-promise': { defaults: () => (asked: TransportRequest) => sendTry(target, pool, asked) },
  });
  // Its options cannot say "none": an empty one is taken from the environment.
  Object.assign(client, { token: '', namespace: target.namespace ?? '', pathPrefix: '' });
  return client;
}

async function call(client: NodeVault, exchange: Exchange, options: object): Promise<unknown> {
  const path = encodePath(exchange.path);
  switch (exchange.verb) {
    case 'read':
      return client.read(path, options);
    case 'list':
      return client.list(path, options);
    case 'write':
      return client.write(path, exchange.body ?? {}, options);
    case 'delete':
      return client.delete(path, options);
  }
}
