import { createServer } from 'node:http';
import { systemClock } from '@reroot/shared/clock';
import { createFakeClock, waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openVault, type Vault, type VaultOptions } from './index.ts';
import { type Fault, startVaultStandIn, type VaultStandIn } from './testing/index.ts';

const signal = AbortSignal.timeout(60_000);
const status = (code: number, ...errors: readonly string[]): Fault => ({ kind: 'status', status: code, errors });

let standIn: VaultStandIn;
let vault: Vault;
const opened: Vault[] = [];

function open(options: Partial<VaultOptions> = {}): Vault {
  const login = { kind: 'token', readToken: async () => standIn.rootToken } as const;
  const defaults = { target: standIn, login, clock: systemClock, random: () => 0, timeoutMs: 5_000, environment: {} };
  const next = openVault({ ...defaults, ...options });
  opened.push(next);
  return next;
}

/** Fields of what a promise rejects with. */
async function failureOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  const { code, message } = thrown as { code: string; message: string };
  return { code, message };
}

beforeAll(async () => {
  standIn = await startVaultStandIn();
});
beforeEach(async () => {
  vault = open();
  await vault.write('sys/mounts/pki', { type: 'pki' }, signal);
  await vault.write('sys/mounts/transit', { type: 'transit' }, signal);
  await vault.write('transit/keys/reroot', {}, signal);
  (standIn.seen as unknown[]).length = 0;
});
afterEach(async () => {
  standIn.heal();
  vi.unstubAllEnvs();
  for (const each of opened.splice(0)) await each.close();
});
afterAll(() => standIn.stop());

const write = (effect: 'once' | 'repeatable', by = vault): Promise<unknown> =>
  by.write('transit/encrypt/reroot', { plaintext: 'AAAA' }, signal, effect);

describe('a client of Vault', () => {
  it('asks nothing before its first request', async () => {
    open();
    expect(standIn.seen).toEqual([]);
  });

  it('shows the token, the namespace, and what is meant by a list', async () => {
    const inNamespace = open({
      target: { server: `${standIn.server}/`, caBundlePem: standIn.caBundlePem, namespace: 'team/mesh' },
    });
    await inNamespace.list('pki/issuers', signal);
    const last = standIn.seen.at(-1);
    expect(last).toMatchObject({ method: 'GET', url: '/v1/pki/issuers?list=1' });
    expect(last?.headers).toMatchObject({ 'x-vault-token': standIn.rootToken, 'x-vault-namespace': 'team/mesh' });
  });

  it('takes nothing from the environment', async () => {
    const elsewhere = await startVaultStandIn();
    const variables = {
      VAULT_ADDR: elsewhere.server,
      VAULT_TOKEN: 'x',
      VAULT_NAMESPACE: 'x',
      VAULT_PREFIX: '/x',
      VAULT_CACERT: '/x',
    };
    for (const [name, value] of Object.entries({ ...variables, HTTPS_PROXY: elsewhere.server, HTTP_PROXY: elsewhere.server })) {
      vi.stubEnv(name, value);
    }
    const unmoved = open({ environment: process.env });
    await unmoved.list('pki/issuers', signal);
    expect(elsewhere.seen).toEqual([]);
    expect(standIn.seen.at(-1)?.headers).toMatchObject({ 'x-vault-token': standIn.rootToken });
    expect(standIn.seen.at(-1)?.headers).not.toHaveProperty('x-vault-namespace');
    await elsewhere.stop();
  });

  it('does not start where certificates would not be verified', async () => {
    expect(() => open({ environment: { VAULT_SKIP_VERIFY: 'true' } })).toThrow(
      expect.objectContaining({ code: 'RR_VAULT_SKIP_VERIFY' }),
    );
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const trusting = open({ target: { server: standIn.server } });
    expect((await failureOf(trusting.list('pki/issuers', signal))).code).toBe('RR_VAULT_TLS');
    expect(standIn.seen).toEqual([]);
  });

  it.each([
    'no URL',
    'ftp://vault',
    'http://vault:8200',
    'http://127.0.0.1:8200',
    'https://user:s3cret-pass@vault:8200',
    'https://vault:8200/?x=1',
  ])('does not take %s for an address', (server) => {
    const attempt = (): Vault => open({ target: { server } });
    expect(attempt).toThrow(expect.objectContaining({ code: 'RR_VAULT_CONFIG_INVALID' }));
    expect(attempt).not.toThrow(/s3cret-pass/);
  });

  it('takes http for an address of this machine, if it is told to, and for no other', async () => {
    const plain = createServer((_, response) => response.end('{"data":{"keys":[]}}'));
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as { port: number };
    const loopback = open({ target: { server: `http://127.0.0.1:${port}`, plaintext: 'allowed' } });
    // It is no Vault: the first thing that it is asked shows that.
    expect((await failureOf(loopback.list('pki/issuers', signal))).code).toBe('RR_VAULT_ANSWER_INVALID');
    const far = (): Vault => open({ target: { server: 'http://vault:8200', plaintext: 'allowed' } });
    expect(far).toThrow(expect.objectContaining({ code: 'RR_VAULT_CONFIG_INVALID' }));
    plain.close();
    plain.closeAllConnections();
  });

  it.each([
    ['caBundlePem', 'no certificate'],
    ['caBundlePem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['namespace', 'a b'],
  ])('does not take a wrong %s', (field, value) => {
    const attempt = (): Vault => open({ target: { server: standIn.server, [field]: value } });
    expect(attempt).toThrow(expect.objectContaining({ code: 'RR_VAULT_CONFIG_INVALID' }));
  });

  it.each(['', '/pki/issuers', 'pki//issuers', 'pki/../sys/seal', 'pki/./x', 'pki?x=1', 'pki#x', 'pki/%2e%2e/sys', 'pki/\n'])(
    'does not take %j for a path',
    async (path) => {
      await vault.list('pki/issuers', signal);
      (standIn.seen as unknown[]).length = 0;
      expect((await failureOf(vault.read(path, signal))).code).toBe('RR_VAULT_CONFIG_INVALID');
      expect(standIn.seen).toEqual([]);
    },
  );
});

describe('a Vault in trouble', () => {
  beforeEach(async () => {
    await vault.list('pki/issuers', signal);
    (standIn.seen as unknown[]).length = 0;
  });

  it('that redirects is not followed, and the token goes nowhere', async () => {
    const elsewhere = await startVaultStandIn();
    standIn.break({ kind: 'redirect', location: elsewhere.server }, 1);
    await vault.list('pki/issuers', signal);
    expect(standIn.seen).toHaveLength(2);
    standIn.break({ kind: 'redirect', location: elsewhere.server });
    expect((await failureOf(write('once', open({ timeoutMs: 1_500 })))).code).toBe('RR_VAULT_STANDBY');
    expect(elsewhere.seen).toEqual([]);
    await elsewhere.stop();
  });

  it.each([
    [status(500, 'local node not active but active cluster node not found'), 'RR_VAULT_STANDBY'],
    [status(503, 'Vault is sealed'), 'RR_VAULT_SEALED'],
    [status(503, 'server is not yet initialized'), 'RR_VAULT_SEALED'],
    [status(412, 'required index state not present'), 'RR_VAULT_STANDBY'],
    [status(473), 'RR_VAULT_STANDBY'],
  ])('that has not done what it was asked is asked again: %o', async (fault, code) => {
    standIn.break(fault, 2);
    await write('once');
    expect(standIn.seen).toHaveLength(3);
    // Another node can only answer on another connection.
    expect(new Set(standIn.seen.map(({ fromPort }) => fromPort)).size).toBe(3);
    await write('once');
    expect(standIn.seen.at(-1)?.fromPort).toBe(standIn.seen.at(-2)?.fromPort);
    standIn.break(fault);
    expect((await failureOf(write('once', open({ timeoutMs: 1_200 })))).code).toBe(code);
  });

  it.each([status(500, 'internal error'), status(502), { kind: 'cut' }, { kind: 'lost' }] satisfies Fault[])(
    'that may have done what it was asked is asked again only where that does no harm: %o',
    async (fault) => {
      standIn.break(fault, 1);
      await write('repeatable');
      expect(standIn.seen).toHaveLength(2);
      standIn.break(fault, 1);
      expect((await failureOf(write('once'))).code).toBe(fault.kind === 'status' ? 'RR_VAULT_FAILED' : 'RR_VAULT_UNREACHABLE');
      expect(standIn.seen).toHaveLength(3);
    },
  );

  it('that is busy is asked again after the time that it names', async () => {
    standIn.break({ ...(status(429, 'rate limit quota exceeded') as Fault & { kind: 'status' }), retryAfterSeconds: 1 }, 2);
    const before = performance.now();
    await write('once');
    expect(performance.now() - before).toBeGreaterThanOrEqual(2_000);
    expect(standIn.seen).toHaveLength(3);
  });

  it('that is busy for longer than there is time is told at once', async () => {
    standIn.break({ ...(status(429, 'rate limit quota exceeded') as Fault & { kind: 'status' }), retryAfterSeconds: 60 });
    expect((await failureOf(write('once'))).code).toBe('RR_VAULT_THROTTLED');
    expect(standIn.seen).toHaveLength(1);
  });

  it.each([
    [status(400, 'no'), 'RR_VAULT_REFUSED'],
    [status(405, 'unsupported operation'), 'RR_VAULT_REFUSED'],
    [status(404, 'no handler for route'), 'RR_VAULT_NOT_FOUND'],
    [{ kind: 'text', text: '<html>' }, 'RR_VAULT_ANSWER_INVALID'],
    [{ kind: 'text', text: '[]' }, 'RR_VAULT_ANSWER_INVALID'],
    [{ kind: 'text', text: '{"data":{"keys":7}}' }, 'RR_VAULT_ANSWER_INVALID'],
    [{ kind: 'endless' }, 'RR_VAULT_ANSWER_INVALID'],
  ] satisfies [Fault, string][])('that would say the same again is asked once: %o', async (fault, code) => {
    standIn.break(fault);
    expect((await failureOf(vault.list('pki/issuers', signal))).code).toBe(code);
    expect(standIn.seen).toHaveLength(1);
  });

  it('that says nothing is given up at the deadline', async () => {
    const clock = createFakeClock(0);
    const hasty = open({ clock, timeoutMs: 300 });
    standIn.break({ kind: 'silent' });
    const asked = failureOf(hasty.list('pki/issuers', signal));
    await waitFor(() => standIn.seen.length > 0, { timeoutMs: 5_000, what: 'the request' });
    clock.advance(300);
    const { code, message } = await asked;
    expect({ code, message }).toMatchObject({
      code: 'RR_VAULT_UNREACHABLE',
      message: `list pki/issuers: ${standIn.server} did not answer within 300 ms`,
    });
  });

  it('says nothing more once the caller has lost patience, or the client was closed', async () => {
    standIn.break({ kind: 'silent' });
    const caller = new AbortController();
    const reason = new Error('enough');
    const asked = vault.list('pki/issuers', caller.signal);
    await waitFor(() => standIn.seen.length > 0, { timeoutMs: 5_000, what: 'the request' });
    caller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    await expect(vault.list('pki/issuers', caller.signal)).rejects.toBe(reason);
    const left = failureOf(vault.list('pki/issuers', signal));
    await vault.close();
    expect((await left).code).toBe('RR_VAULT_UNREACHABLE');
    expect((await failureOf(vault.list('pki/issuers', signal))).code).toBe('RR_VAULT_UNREACHABLE');
  });

  it('that is not there is told with its address', async () => {
    const gone = await startVaultStandIn();
    await gone.stop();
    const orphan = open({ target: gone, timeoutMs: 1_200 });
    const { code, message } = await failureOf(orphan.list('pki/issuers', signal));
    expect({ code, message }).toMatchObject({
      code: 'RR_VAULT_UNREACHABLE',
      message: expect.stringContaining(`${gone.server} cannot be reached (ECONNREFUSED)`) as string,
    });
  });

  it('with a certificate of somebody else, or none, is sent nothing', async () => {
    const other = await startVaultStandIn();
    const mistaken = open({ target: { server: standIn.server, caBundlePem: other.caBundlePem } });
    expect((await failureOf(mistaken.list('pki/issuers', signal))).code).toBe('RR_VAULT_TLS');
    const misnamed = open({
      target: { server: standIn.server.replace('127.0.0.1', 'localhost'), caBundlePem: standIn.caBundlePem },
    });
    expect((await failureOf(misnamed.list('pki/issuers', signal))).code).toBe('RR_VAULT_TLS');
    const plain = createServer();
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as { port: number };
    const unsecured = open({ target: { server: `https://127.0.0.1:${port}` } });
    expect((await failureOf(unsecured.list('pki/issuers', signal))).code).toBe('RR_VAULT_TLS');
    expect(standIn.seen).toEqual([]);
    plain.close();
    await other.stop();
  });
});

describe('a token', () => {
  it.each(['', '\n', 'two words', 'one\ntwo', 'é'])('is not taken for one when it is %j', async (text) => {
    const odd = open({ login: { kind: 'token', readToken: async () => text } });
    expect((await failureOf(odd.list('pki/issuers', signal))).code).toBe('RR_VAULT_UNAUTHENTICATED');
    expect(standIn.seen).toEqual([]);
  });

  it('that cannot be read is told by the code of the failure alone', async () => {
    const readToken = async (): Promise<string> => {
      throw Object.assign(new Error('the file holds hvs.secret'), { code: 'EACCES' });
    };
    const unread = open({ login: { kind: 'token', readToken } });
    expect(await failureOf(unread.list('pki/issuers', signal))).toEqual({
      code: 'RR_VAULT_UNAUTHENTICATED',
      message: 'the token of Vault cannot be read (EACCES)',
    });
  });

  it('that Vault does not know is not shown a second time', async () => {
    const unknown = open({ login: { kind: 'token', readToken: async () => 'hvs.nobody' } });
    expect((await failureOf(write('once', unknown))).code).toBe('RR_VAULT_UNAUTHENTICATED');
    expect(standIn.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('is read anew when Vault does not know it, and only then', async () => {
    const tokens = ['hvs.the-first-one', standIn.rootToken];
    const readToken = vi.fn(async () => tokens.shift() ?? '');
    const replaced = open({ login: { kind: 'token', readToken } });
    await replaced.write('transit/encrypt/reroot', { plaintext: 'AAAA' }, signal);
    await replaced.write('transit/encrypt/reroot', { plaintext: 'AAAA' }, signal);
    expect(readToken).toHaveBeenCalledTimes(2);
  });
});
