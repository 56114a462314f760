import { systemClock } from '@reroot/shared/clock';
import { createLogger } from '@reroot/shared/log';
import type { IntermediateSource, VaultAuth, VaultCa } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { type Operator, operate, startVaultStandIn, type VaultStandIn } from '@reroot/vault/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AgentVaultConfig } from '../config.ts';
import { createMemoryVaultCredentials, type MemoryVaultCredentials } from '../testing/memory-vault-credentials.ts';
import { createVaultConnection, type VaultConnection } from './vault-connection.ts';

const { signal } = new AbortController();
const secret = { namespace: 'reroot', name: 'vault-token' };
const byToken: VaultAuth = { kind: 'token-secret', secret };
const lookups = 'auth/token/lookup-self';

let vault: VaultStandIn;
let operator: Operator;
let credentials: MemoryVaultCredentials;
let connection: VaultConnection;
let logged: string;

beforeAll(async () => {
  vault = await startVaultStandIn();
  operator = operate({ ...vault, unsealKey: 'any' }, signal);
});
afterAll(async () => {
  await operator.close();
  await vault.stop();
});

const open = (config: AgentVaultConfig = {}): VaultConnection =>
  createVaultConnection({
    ...{ credentials, config, timeoutMs: 2_000, clock: systemClock, random: Math.random },
    log: createLogger({ level: 'debug', name: 'test', stream: { write: (line) => void (logged += line) } }),
  });

beforeEach(async () => {
  logged = '';
  credentials = createMemoryVaultCredentials();
  credentials.putSecret(secret, { token: await operator.createToken() });
  connection = open();
});
afterEach(async () => {
  vault.heal();
  await connection.close();
});

const access = (changes: Partial<VaultCa> = {}): VaultCa => ({
  ...{ server: vault.server, caBundle: vault.caBundlePem, namespace: '', auth: byToken },
  ...{ caPath: 'pki/root/sign-intermediate', csrPath: '' },
  ...changes,
});
const source = (changes: Partial<VaultCa> = {}): IntermediateSource => ({ kind: 'vault', vault: access(changes) });
const lookupCount = () => vault.seen.filter(({ url }) => url.endsWith(lookups)).length;

describe('the connection to Vault', () => {
  it('is one for all paths, and logs in once', async () => {
    const first = await connection.to(access());
    expect(await connection.to(access({ caPath: 'other/root/sign-intermediate' }))).toBe(first);
    await first.read(lookups, signal);
    await first.read(lookups, signal);
    expect(credentials.reads()).toBe(1);
  });

  it('is closed, and another one opened, when address or login change', async () => {
    const first = await connection.to(access());
    await first.read(lookups, signal);
    const other = { namespace: 'reroot', name: 'other-token' };
    credentials.putSecret(other, { token: vault.rootToken });
    const second = await connection.to(access({ auth: { kind: 'token-secret', secret: other } }));
    expect(second).not.toBe(first);
    await expect(first.read(lookups, signal)).rejects.toMatchObject({ code: 'RR_VAULT_UNREACHABLE' });
    await second.read(lookups, signal);
  });

  it('is closed when another source is desired, and when the agent ends', async () => {
    const first = await connection.to(access());
    connection.follow(source({ csrPath: 'pki/intermediate/generate/exported' }));
    await first.read(lookups, signal);
    connection.follow({ kind: 'mgmt' });
    await expect(first.read(lookups, signal)).rejects.toMatchObject({ code: 'RR_VAULT_UNREACHABLE' });
    const second = await connection.to(access());
    await second.read(lookups, signal);
    await connection.close();
    await expect(second.read(lookups, signal)).rejects.toMatchObject({ code: 'RR_VAULT_UNREACHABLE' });
  });

  it('begins to keep a token alive before anything is asked with it, once, and tries again after a failure', async () => {
    vault.break({ kind: 'sealed' });
    connection.follow(source());
    await waitFor(() => logged.includes('the token of Vault is not kept alive'), {
      timeoutMs: 5_000,
      what: 'the failure in the log',
    });
    vault.heal();
    const before = lookupCount();
    connection.follow(source());
    // One that the client makes to know the token, and one that had it know the token.
    await waitFor(() => lookupCount() === before + 2, { timeoutMs: 5_000, what: 'the token to be known' });
    connection.follow(source());
    await (await connection.to(access())).read(lookups, signal);
    expect(lookupCount()).toBe(before + 3);
    expect(credentials.reads()).toBe(2);
  });

  it('renews a token that nothing is asked with, and no more once the agent has ended', async () => {
    const token = await operator.createToken({ ttl: '2s' });
    credentials.putSecret(secret, { token });
    const renewals = () => vault.seen.filter(({ url }) => url.endsWith('renew-self')).length;
    const before = renewals();
    connection.follow(source());
    await waitFor(() => renewals() > before, { timeoutMs: 20_000, what: 'a renewal' });
    await connection.close();
    const endedMs = systemClock.now();
    await waitFor(() => systemClock.now() > endedMs + 2_500, { timeoutMs: 10_000, what: 'the token to end' });
    await expect(operator.open(token).read(lookups, signal)).rejects.toMatchObject({ code: 'RR_VAULT_UNAUTHENTICATED' });
  });

  it('logs in nowhere for the sake of a service account before it is needed', async () => {
    const account = { kind: 'reference', account: { namespace: 'reroot', name: 'agent' }, tokenKey: 'token' } as const;
    connection.follow(source({ auth: { kind: 'kubernetes', mountPath: 'kubernetes', role: 'agent', account } }));
    await connection.close();
    expect(credentials.reads()).toBe(0);
  });

  it('logs in where the configuration says that Vault knows this cluster, else where mgmt says', async () => {
    const account = { namespace: 'reroot', name: 'agent' };
    credentials.putJwt(account, 'head.claims.signature');
    const auth: VaultAuth = {
      ...{ kind: 'kubernetes', mountPath: 'kubernetes', role: 'agent' },
      account: { kind: 'reference', account, tokenKey: 'token' },
    };
    const loginsOf = async (config: AgentVaultConfig) => {
      await connection.close();
      connection = open(config);
      await expect((await connection.to(access({ auth }))).read(lookups, signal)).rejects.toThrow('login');
      return vault.seen.findLast(({ url }) => url.endsWith('/login'))?.url;
    };
    expect(await loginsOf({})).toBe('/v1/auth/kubernetes/login');
    expect(await loginsOf({ kubernetesMountPath: 'kubernetes/east' })).toBe('/v1/auth/kubernetes/east/login');
  });

  it('is opened to no address that the configuration does not allow', async () => {
    await connection.close();
    connection = open({ servers: ['https://vault.example:8200', `${vault.server}/`] });
    await (await connection.to(access())).read(lookups, signal);
    const elsewhere = access({ server: 'https://vault.example' });
    await expect(connection.to(elsewhere)).rejects.toMatchObject({
      code: 'RR_VAULT_SERVER_NOT_ALLOWED',
      message: expect.stringContaining('https://vault.example') as string,
    });
  });
});
