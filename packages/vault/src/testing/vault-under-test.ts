import { request } from 'node:https';
import { type Clock, systemClock } from '@reroot/shared/clock';
import { z } from 'zod';
import { openVault } from '../open-vault.ts';
import type { Vault, VaultLogin, VaultOptions } from '../vault.ts';
import { type DocumentedPolicy, documentedPolicy } from './documented-policies.ts';

/** A Vault that a test may do anything with: initialized, unsealed, and with nothing mounted. */
export interface RunningVault {
  readonly server: string;
  readonly caBundlePem: string;
  readonly rootToken: string;
  /** Unseals it after `sys/seal`. */
  readonly unsealKey: string;
  /** By which its tokens end, where that is not the machine's. */
  readonly clock?: Clock;
}

/** What a token is to be; of the policy `default` too. */
export interface TokenWish {
  readonly policies?: readonly DocumentedPolicy[];
  readonly ttl?: string;
  readonly explicit_max_ttl?: string;
  readonly renewable?: boolean;
}

/** A running Vault with the hands of an operator. */
export interface Operator {
  /** With the root token. */
  readonly root: Vault;
  open(login: VaultLogin | string, options?: Partial<VaultOptions>): Vault;
  /** @returns the mount's path, of which there are not two */
  mount(type: 'pki' | 'transit', config?: object): Promise<string>;
  /** Writes a policy as the documents have it, for other mounts than those that they name. */
  allow(policy: DocumentedPolicy, mounts: Readonly<Record<string, string>>): Promise<void>;
  createToken(wish?: TokenWish): Promise<string>;
  revokeToken(token: string): Promise<void>;
  /** Closes every client. */
  close(): Promise<void>;
}

const grantSchema = z.object({ auth: z.object({ client_token: z.string() }) });

/** Takes a Vault into a test's hands. */
export function operate({ server, caBundlePem, rootToken, clock = systemClock }: RunningVault, signal: AbortSignal): Operator {
  const opened: Vault[] = [];
  const target = { server, caBundlePem };
  const open: Operator['open'] = (login, options = {}) => {
    const asToken: VaultLogin = typeof login === 'string' ? { kind: 'token', readToken: async () => login } : login;
    const vault = openVault({ target, login: asToken, clock, random: Math.random, timeoutMs: 10_000, ...options });
    opened.push(vault);
    return vault;
  };
  const root = open(rootToken);
  let mounts = 0;
  return {
    root,
    open,
    mount: async (type, config) => {
      const path = `${type}-${++mounts}`;
      await root.write(`sys/mounts/${path}`, { type, config }, signal);
      return path;
    },
    allow: async (policy, renamed) => {
      let hcl = documentedPolicy(policy);
      for (const [from, to] of Object.entries(renamed)) hcl = hcl.replaceAll(`path "${from}/`, `path "${to}/`);
      await root.write(`sys/policies/acl/${policy}`, { policy: hcl }, signal);
    },
    createToken: async (wish = {}) => createToken(target, rootToken, wish, signal),
    revokeToken: async (token) => {
      await root.write('auth/token/revoke', { token }, signal);
    },
    close: async () => {
      await Promise.all(opened.map((vault) => vault.close()));
    },
  };
}

/**
 * The client gives `data` alone, and a new token stands beside it. Without a policy it would have those of the root token.
 */
async function createToken(
  { server, caBundlePem }: Pick<RunningVault, 'server' | 'caBundlePem'>,
  rootToken: string,
  wish: TokenWish,
  signal: AbortSignal,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = { 'X-Vault-Token': rootToken, 'content-type': 'application/json' };
  request(`${server}/v1/auth/token/create`, { method: 'POST', headers, ca: caBundlePem, signal, agent: false }, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => resolve(Buffer.concat(chunks).toString()));
  })
    .on('error', reject)
    .end(JSON.stringify({ ...wish, policies: ['default', ...(wish.policies ?? [])] }));
  return grantSchema.parse(JSON.parse(await promise)).auth.client_token;
}
