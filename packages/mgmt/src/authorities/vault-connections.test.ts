import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { createLogger } from '@reroot/shared/log';
import type { VaultAccess, VaultAuth } from '@reroot/shared/protocol';
import {
  type Operator,
  operate,
  startTokenReviewer,
  startVaultStandIn,
  type TokenReviewer,
  type VaultStandIn,
} from '@reroot/vault/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SecretSource } from './secret-source.ts';
import { createVaultConnections, type VaultConnections } from './vault-connections.ts';

const { signal } = new AbortController();
const secret = { namespace: 'reroot', name: 'vault-token' };
const byToken: VaultAuth = { kind: 'token-secret', secret };
const mounted = { kind: 'mounted', path: '' } as const;
const byAccount: VaultAuth = { kind: 'kubernetes', mountPath: 'kubernetes', role: 'mgmt', account: mounted };
const lookup = 'auth/token/lookup-self';

let vault: VaultStandIn;
let reviewer: TokenReviewer;
let operator: Operator;
let connections: VaultConnections;
let token: string;
let reads: number;
let logged: string;

beforeAll(async () => {
  [vault, reviewer] = await Promise.all([startVaultStandIn(), startTokenReviewer()]);
  operator = operate({ ...vault, unsealKey: 'any' }, signal);
  await operator.root.write('sys/auth/kubernetes', { type: 'kubernetes' }, signal);
  await operator.root.write('auth/kubernetes/config', { kubernetes_host: reviewer.host }, signal);
  const bound = { bound_service_account_names: ['mgmt'], bound_service_account_namespaces: ['reroot'] };
  await operator.root.write('auth/kubernetes/role/mgmt', bound, signal);
});
afterAll(async () => {
  await operator.close();
  await Promise.all([vault.stop(), reviewer.stop()]);
});

const secrets: SecretSource = {
  read: async ({ namespace, name }) => {
    reads += 1;
    if (name !== secret.name) throw new RerootError('RR_SECRET_SOURCE_MISSING', `there is no Secret ${namespace}/${name}`);
    return new Map([['token', Buffer.from(`${token}\n`)]]);
  },
  close: async () => undefined,
};

beforeEach(async () => {
  [reads, logged] = [0, ''];
  token = await operator.createToken();
  const log = createLogger({ level: 'debug', name: 'test', stream: { write: (line) => void (logged += line) } });
  const readJwt = async () => reviewer.issue('reroot', 'mgmt');
  connections = createVaultConnections({ secrets, readJwt, clock: systemClock, random: Math.random, log });
});
afterEach(() => connections.close());

const access = (changes: Partial<VaultAccess> = {}): VaultAccess => ({
  ...{ server: vault.server, caBundle: vault.caBundlePem, namespace: '', auth: byToken },
  ...changes,
});

describe('the connections of mgmt to Vaults', () => {
  it('are one for each server, namespace and login, which is logged in to once', async () => {
    const first = connections.to(access());
    expect(connections.to(access())).toBe(first);
    await Promise.all([first.read(lookup, signal), connections.to(access()).read(lookup, signal)]);
    expect(reads).toBe(1);
    for (const other of [{ namespace: 'team' }, { auth: byAccount }, { caBundle: '' }, { server: 'https://vault.example' }]) {
      expect(connections.to(access(other))).not.toBe(first);
    }
  });

  it('log in with the token of a Secret, and read it again once Vault knows it no more', async () => {
    const opened = connections.to(access());
    await opened.read(lookup, signal);
    const former = token;
    token = await operator.createToken();
    await opened.read(lookup, signal);
    expect(reads).toBe(1);
    await operator.revokeToken(former);
    await opened.read(lookup, signal);
    expect(reads).toBe(2);
    expect(logged).not.toContain(token);
  });

  it('log in as a service account', async () => {
    await connections.to(access({ auth: byAccount })).read(lookup, signal);
    expect(reads).toBe(0);
    expect(logged).not.toMatch(/eyJ[\w-]+\./);
  });

  it('say which Secret is missing', async () => {
    const missing = connections.to(access({ auth: { kind: 'token-secret', secret: { namespace: 'reroot', name: 'gone' } } }));
    await expect(missing.read(lookup, signal)).rejects.toMatchObject({
      code: 'RR_SECRET_SOURCE_MISSING',
      message: expect.stringContaining('reroot/gone') as string,
    });
  });

  it('send the namespace, and nothing for none', async () => {
    await connections.to(access()).read(lookup, signal);
    expect(vault.seen.at(-1)?.headers['x-vault-namespace']).toBeUndefined();
    await connections.to(access({ namespace: 'team/mesh' })).read(lookup, signal);
    expect(vault.seen.at(-1)?.headers['x-vault-namespace']).toBe('team/mesh');
  });

  it('trust the CAs of the mesh alone', async () => {
    await expect(connections.to(access({ caBundle: '' })).read(lookup, signal)).rejects.toMatchObject({ code: 'RR_VAULT_TLS' });
  });

  it('end when mgmt does', async () => {
    const opened = connections.to(access());
    await connections.close();
    await expect(opened.read(lookup, signal)).rejects.toMatchObject({ code: 'RR_VAULT_UNREACHABLE' });
  });
});
