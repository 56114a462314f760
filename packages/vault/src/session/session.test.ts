import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock, type FakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultLogin } from '../vault.ts';
import { createSession, type Session } from './session.ts';

const signal = AbortSignal.timeout(60_000);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const forbidden = new RerootError('RR_VAULT_FORBIDDEN', 'permission denied');
const sealed = new RerootError('RR_VAULT_SEALED', 'it is sealed');

/** What Vault says to one path: an answer, or what it refuses with. */
type Saying = object | RerootError;

let clock: FakeClock;
let closing: AbortController;
let asked: { readonly path: string; readonly token: string | undefined }[];
let sayings: Record<string, Saying[]>;

beforeEach(() => {
  const fake = createFakeClock(0);
  clock = {
    ...fake,
    sleep: (ms, until) => (ms < 2 ** 31 ? fake.sleep(ms, until) : Promise.reject(new Error('a timer of Node holds 31 bits'))),
  };
  closing = new AbortController();
  asked = [];
  sayings = {};
});
afterEach(() => closing.abort(new Error('the test is over')));

const grant = (token: string, seconds: number, renewable = true): object => ({
  auth: { client_token: token, lease_duration: seconds, renewable },
});

/** A session with a Vault that says what was laid down, the last of it for ever. */
function start(login: VaultLogin): Session {
  const askAs = async ({ path }: { readonly path: string }, token: string | undefined): Promise<unknown> => {
    asked.push({ path, token });
    const left = sayings[path] ?? [forbidden];
    const saying = left.length > 1 ? left.shift() : left[0];
    if (saying instanceof RerootError) throw saying;
    return saying;
  };
  return createSession({ login, askAs, clock, random: () => 0, log: silentLog, closed: closing.signal });
}

const countOf = (path: string): number => asked.filter((each) => each.path === path).length;

async function untilAsked(path: string, times: number): Promise<void> {
  await waitFor(() => countOf(path) >= times, { timeoutMs: 5_000, what: `${path} to be asked ${times} times` });
  // What follows an answer happens before the next turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
}

/** Lets time pass in steps, as it does. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= hourMs) {
    clock.advance(Math.min(left, hourMs));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('a token that is given', () => {
  const login: VaultLogin = { kind: 'token', readToken: async () => 'token-1' };

  it('is renewed in the last third of its time, again and again, until the session ends', async () => {
    sayings['auth/token/lookup-self'] = [{ data: { ttl: 30 * 3_600, renewable: true } }];
    sayings['auth/token/renew-self'] = [grant('token-1', 30 * 3_600)];
    const session = start(login);
    expect(await session.token(signal)).toBe('token-1');
    await pass(19 * hourMs);
    expect(countOf('auth/token/renew-self')).toBe(0);
    await pass(2 * hourMs);
    await untilAsked('auth/token/renew-self', 1);
    await pass(21 * hourMs);
    await untilAsked('auth/token/renew-self', 2);
    expect(asked.at(-1)).toEqual({ path: 'auth/token/renew-self', token: 'token-1' });
    closing.abort(new Error('closed'));
    await pass(40 * hourMs);
    expect(countOf('auth/token/renew-self')).toBe(2);
    expect(await session.token(signal)).toBe('token-1');
  });

  it('that lives for years is not renewed at once, whatever timers can hold', async () => {
    sayings['auth/token/lookup-self'] = [{ data: { ttl: 90 * 24 * 3_600, renewable: true } }];
    sayings['auth/token/renew-self'] = [grant('token-1', 90 * 24 * 3_600)];
    await start(login).token(signal);
    await pass(59 * dayMs);
    expect(countOf('auth/token/renew-self')).toBe(0);
    await pass(2 * dayMs);
    await untilAsked('auth/token/renew-self', 1);
  });

  it('is renewed later when Vault is not well, if that is before its end', async () => {
    sayings['auth/token/lookup-self'] = [{ data: { ttl: 30 * 3_600, renewable: true } }];
    sayings['auth/token/renew-self'] = [sealed, sealed, grant('token-1', 30 * 3_600)];
    await start(login).token(signal);
    await pass(29 * hourMs);
    await untilAsked('auth/token/renew-self', 3);
    await pass(15 * hourMs);
    expect(countOf('auth/token/renew-self')).toBe(3);
  });

  it.each([
    ['cannot be renewed', { ttl: 3_600, renewable: false }],
    ['does not end', { ttl: 0, renewable: false }],
    ['says nothing of it, as the root token', { ttl: 0 }],
  ])('that %s is left as it is', async (_, data) => {
    sayings['auth/token/lookup-self'] = [{ data }];
    await start(login).token(signal);
    await pass(10 * hourMs);
    expect(asked).toHaveLength(1);
  });

  it('that has come to the end of what Vault allows is not renewed on and on', async () => {
    sayings['auth/token/lookup-self'] = [{ data: { ttl: 30 * 3_600, renewable: true } }];
    sayings['auth/token/renew-self'] = [grant('token-1', 10 * 3_600)];
    await start(login).token(signal);
    await pass(31 * hourMs);
    await untilAsked('auth/token/renew-self', 1);
    expect(countOf('auth/token/renew-self')).toBe(1);
  });

  it('is used although it may not look itself up', async () => {
    sayings['auth/token/lookup-self'] = [forbidden];
    expect(await start(login).token(signal)).toBe('token-1');
  });

  it('is read anew at its end, for it may have been replaced', async () => {
    sayings['auth/token/lookup-self'] = [{ data: { ttl: 3_600, renewable: false } }];
    const tokens = ['token-1', 'token-2'];
    const session = start({ kind: 'token', readToken: async () => tokens.shift() ?? '' });
    expect(await session.token(signal)).toBe('token-1');
    await pass(hourMs);
    expect(await session.token(signal)).toBe('token-2');
  });

  it('is read anew by the next that asks when it could not be read', async () => {
    sayings['auth/token/lookup-self'] = [sealed, { data: { ttl: 0 } }];
    const session = start(login);
    await expect(session.token(signal)).rejects.toBe(sealed);
    expect(await session.token(signal)).toBe('token-1');
  });
});

describe('a token for a service account', () => {
  const login: VaultLogin = { kind: 'kubernetes', mountPath: 'team/k8s', role: 'agent', readJwt: async () => 'jwt' };
  const path = 'auth/team/k8s/login';

  it('is asked for once by all that need it, without a token', async () => {
    sayings[path] = [grant('token-1', 3_600), grant('token-2', 3_600)];
    const session = start(login);
    expect(await Promise.all([session.token(signal), session.token(signal)])).toEqual(['token-1', 'token-1']);
    expect(asked).toEqual([{ path, token: undefined }]);
  });

  it('is replaced in the last third of its time, when it is needed', async () => {
    sayings[path] = [grant('token-1', 30 * 3_600), grant('token-2', 30 * 3_600)];
    const session = start(login);
    await session.token(signal);
    await pass(19 * hourMs);
    expect(await session.token(signal)).toBe('token-1');
    await pass(20 * hourMs);
    expect(asked).toHaveLength(1);
    expect(await session.token(signal)).toBe('token-2');
  });

  it('is replaced when Vault does not know it any more, and kept when its policies do not suffice', async () => {
    sayings[path] = [grant('token-1', 3_600), grant('token-2', 3_600), grant('token-3', 3_600)];
    sayings['auth/token/lookup-self'] = [{ data: { ttl: 3_600 } }, forbidden];
    const session = start(login);
    expect(await session.judge(await session.token(signal), signal)).toBe('valid');
    expect(await session.token(signal)).toBe('token-1');
    expect(await session.judge('token-1', signal)).toBe('not-valid');
    expect(await session.token(signal)).toBe('token-2');
    // Somebody who comes late with the old one does not drive out the new one.
    expect(await session.judge('token-1', signal)).toBe('not-valid');
    expect(await session.token(signal)).toBe('token-2');
  });

  it('that is refused is about who we are, and otherwise about Vault', async () => {
    sayings[path] = [forbidden, new RerootError('RR_VAULT_REFUSED', 'invalid role name'), sealed, { auth: { client_token: 7 } }];
    const session = start(login);
    await expect(session.token(signal)).rejects.toMatchObject({ code: 'RR_VAULT_UNAUTHENTICATED', message: 'permission denied' });
    await expect(session.token(signal)).rejects.toMatchObject({ code: 'RR_VAULT_UNAUTHENTICATED' });
    await expect(session.token(signal)).rejects.toBe(sealed);
    await expect(session.token(signal)).rejects.toMatchObject({ code: 'RR_VAULT_ANSWER_INVALID' });
  });
});
