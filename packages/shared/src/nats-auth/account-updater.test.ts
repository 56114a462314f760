import { type Account, decode, encodeAccount } from '@nats-io/jwt';
import { beforeEach, describe, expect, it } from 'vitest';
import { reissueAccount } from './account-claims.ts';
import { type AccountUpdater, createAccountUpdater, type SystemRequest } from './account-updater.ts';
import { claimsOf } from './jwt-claims.ts';
import { createNatsUser, createNkey, keyPairOfSeed } from './nkey.ts';

const account = createNkey('account').publicKey;
const operator = createNkey('operator');
const signer = keyPairOfSeed('operator', operator.seed);
const nowMs = 1_900_000_000_500;
const nowSeconds = 1_900_000_000;
const [anna, ben] = [createNatsUser().publicKey, createNatsUser().publicKey];

let signal: AbortSignal;
beforeEach(() => {
  signal = AbortSignal.timeout(10_000);
});

/** Servers as the updater sees them: each has a version of the account's JWT, or none. */
interface Servers {
  readonly jwts: (string | undefined)[];
  /** Of every update. */
  readonly pushed: string[];
  readonly request: SystemRequest;
}

/** What one server says to an update instead of taking it; undefined says nothing. */
type Stubborn = (server: number) => object | 'silence' | undefined;

function serversWith(jwts: readonly (string | undefined)[], stubborn: Stubborn = () => undefined): Servers {
  const state = { jwts: [...jwts], pushed: [] as string[] };
  const name = (index: number): object => ({ id: `N${index}`, name: `nats-${index}` });
  const update = (jwt: string): readonly string[] => {
    state.pushed.push(jwt);
    return state.jwts.flatMap((_, index) => {
      const answer = stubborn(index);
      if (answer === 'silence') return [];
      if (answer === undefined) state.jwts[index] = jwt;
      return [JSON.stringify({ server: name(index), ...(answer ?? { data: { code: 200 } }) })];
    });
  };
  const answersTo = (subject: string, payload: Uint8Array): readonly string[] => {
    if (subject === '$SYS.REQ.SERVER.PING.IDZ') return state.jwts.map((_, index) => JSON.stringify(name(index)));
    if (subject === `$SYS.REQ.ACCOUNT.${account}.CLAIMS.LOOKUP`) return state.jwts.map((jwt) => jwt ?? '');
    if (subject === '$SYS.REQ.CLAIMS.UPDATE') return update(Buffer.from(payload).toString());
    throw new Error(`nobody listens on ${subject}`);
  };
  return {
    ...state,
    request: async (subject, payload) => {
      // What comes over a network comes later.
      await new Promise(setImmediate);
      return answersTo(subject, payload).map((text) => Buffer.from(text));
    },
  };
}

const accountJwt = (nats: Partial<Account> = {}): Promise<string> => encodeAccount('reroot', account, nats, { signer });

const updaterOf = ({ request }: Servers, ms = nowMs): AccountUpdater =>
  createAccountUpdater({ account, operatorSigningSeed: operator.seed, request, now: () => ms });

const revocationsOf = (jwt: string | undefined): unknown => decode<Account>(jwt ?? '').nats.revocations;

describe('a revocation', () => {
  it('is added to those that are there, and leaves the rest of the account as it is', async () => {
    const ascii = claimsOf('account', await accountJwt({ revocations: { '*': 5, [ben]: 7 }, limits: { conn: 9 } }));
    // The library writes such letters in Latin-1, nsc as UTF-8.
    const before = reissueAccount({ ...ascii, nats: { ...ascii.nats, description: 'Zürich' } }, signer, 0);
    const servers = serversWith([before, before, before]);
    await updaterOf(servers).revoke(new Map([[anna, nowMs]]), signal);
    expect(servers.pushed.length).toBe(1);
    const [jwt = ''] = servers.jwts;
    expect(revocationsOf(jwt)).toEqual({ '*': 5, [ben]: 7, [anna]: nowSeconds });
    const [{ iat: was, jti: former, ...left }, { iat, jti, ...right }] = [claimsOf('account', before), claimsOf('account', jwt)];
    expect(left.nats['description']).toBe('Zürich');
    expect({ ...right, nats: { ...right.nats, revocations: {} } }).toEqual({ ...left, nats: { ...left.nats, revocations: {} } });
    expect([iat > was, jti !== former]).toEqual([true, true]);
    expect(new Set(servers.jwts)).toEqual(new Set([jwt]));
  });

  it('keeps the later time of a user', async () => {
    const servers = serversWith([await accountJwt({ revocations: { [anna]: nowSeconds + 50, [ben]: 7 } })]);
    await updaterOf(servers).revoke(
      new Map([
        [anna, nowMs],
        [ben, nowMs],
      ]),
      signal,
    );
    expect(revocationsOf(servers.jwts[0])).toEqual({ [anna]: nowSeconds + 50, [ben]: nowSeconds });
  });

  it('sends nothing when every server has it already', async () => {
    const jwt = await accountJwt({ revocations: { [anna]: nowSeconds } });
    const servers = serversWith([jwt, jwt]);
    await updaterOf(servers).revoke(new Map([[anna, nowMs]]), signal);
    await updaterOf(servers).revoke(new Map(), signal);
    expect(servers.pushed).toEqual([]);
  });

  it.each<[string, (jwt: string) => Promise<string | undefined>]>([
    ['has no JWT of the account', () => Promise.resolve(undefined)],
    ['has another version', () => accountJwt({ revocations: { [ben]: 7 } })],
  ])('is sent when one of the servers %s, with what each of them has revoked', async (_, other) => {
    const jwt = await accountJwt({ revocations: { [anna]: nowSeconds } });
    const second = await other(jwt);
    const servers = serversWith([jwt, second]);
    await updaterOf(servers).revoke(new Map([[anna, nowMs]]), signal);
    expect(servers.pushed.length).toBe(1);
    expect(revocationsOf(servers.jwts[1])).toEqual({ [anna]: nowSeconds, ...(second === undefined ? {} : { [ben]: 7 }) });
  });

  it('is younger than what it replaces even when the clock was set back', async () => {
    const servers = serversWith([await accountJwt()]);
    const { iat } = decode(servers.jwts[0] ?? '');
    await updaterOf(servers, 1_000).revoke(new Map([[anna, 1_000]]), signal);
    expect(decode(servers.jwts[0] ?? '').iat).toBe(iat + 1);
  });

  it('loses nothing when several are asked for at once', async () => {
    const servers = serversWith([await accountJwt()]);
    const updater = updaterOf(servers);
    await Promise.all([anna, ben].map((user) => updater.revoke(new Map([[user, nowMs]]), signal)));
    expect(revocationsOf(servers.jwts[0])).toEqual({ [anna]: nowSeconds, [ben]: nowSeconds });
  });

  it('is tried after one that failed', async () => {
    let broken = true;
    const servers = serversWith([await accountJwt()], () => (broken ? 'silence' : undefined));
    const updater = updaterOf(servers);
    const first = updater.revoke(new Map([[anna, nowMs]]), signal);
    await expect(first).rejects.toMatchObject({ code: 'RR_NATS_ACCOUNT_STALE' });
    broken = false;
    await updater.revoke(new Map([[ben, nowMs]]), signal);
    expect(revocationsOf(servers.jwts[0])).toEqual({ [ben]: nowSeconds });
  });

  it.each<[string, Stubborn, string]>([
    ['is silent', (server) => (server === 1 ? 'silence' : undefined), 'nats-1 did not answer'],
    [
      'refuses',
      (server) => (server === 1 ? { error: { code: 500, description: 'jwt store is full' } } : undefined),
      'nats-1 refused: jwt store is full',
    ],
  ])('fails with the name of a server that %s', async (_, stubborn, message) => {
    const jwt = await accountJwt();
    const servers = serversWith([jwt, jwt], stubborn);
    await expect(updaterOf(servers).revoke(new Map([[anna, nowMs]]), signal)).rejects.toMatchObject({
      code: 'RR_NATS_ACCOUNT_STALE',
      message: expect.stringContaining(message) as string,
    });
  });

  it('fails when there is no server, and when none has the account', async () => {
    const stale = { code: 'RR_NATS_ACCOUNT_STALE' };
    await expect(updaterOf(serversWith([])).revoke(new Map([[anna, nowMs]]), signal)).rejects.toMatchObject(stale);
    await expect(updaterOf(serversWith([undefined])).revoke(new Map([[anna, nowMs]]), signal)).rejects.toMatchObject(stale);
  });

  it.each<[string, () => Promise<string>]>([
    [
      'another operator has signed',
      () => encodeAccount('reroot', account, {}, { signer: keyPairOfSeed('operator', createNkey('operator').seed) }),
    ],
    ['is of another account', () => encodeAccount('reroot', createNkey('account').publicKey, {}, { signer })],
    ['was changed', async () => (await accountJwt()).replace(/\.(\w{8})/, '.AAAAAAAA')],
    ['is no JWT', () => Promise.resolve('hello')],
  ])('signs nothing again that %s', async (_, found) => {
    const servers = serversWith([await accountJwt(), await found()]);
    await expect(updaterOf(servers).revoke(new Map([[anna, nowMs]]), signal)).rejects.toMatchObject({
      code: expect.stringMatching(/RR_NATS_(ACCOUNT_STALE|CREDENTIALS_INVALID)/) as string,
    });
    expect(servers.pushed).toEqual([]);
  });

  it('is for users alone, and stops at its signal', async () => {
    const servers = serversWith([await accountJwt()]);
    const updater = updaterOf(servers);
    await expect(updater.revoke(new Map([[account, nowMs]]), signal)).rejects.toMatchObject({
      code: 'RR_NATS_CREDENTIALS_INVALID',
    });
    const reason = new Error('enough');
    await expect(updater.revoke(new Map([[anna, nowMs]]), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(servers.pushed).toEqual([]);
  });
});

describe('a change', () => {
  /** Servers on which somebody else's version takes the place of each of the first updates. */
  const overwritten = (servers: Servers, theirs: readonly string[]): Servers => {
    const left = [...theirs];
    const request: SystemRequest = async (subject, payload, options) => {
      const answers = await servers.request(subject, payload, options);
      const other = subject === '$SYS.REQ.CLAIMS.UPDATE' ? left.shift() : undefined;
      if (other !== undefined) servers.jwts[1] = other;
      return answers;
    };
    return { ...servers, request };
  };

  const theirsAt = async (...laters: readonly number[]): Promise<readonly string[]> => {
    const claims = claimsOf('account', await accountJwt({ revocations: { [ben]: 7 } }));
    return laters.map((later) => reissueAccount(claims, signer, nowMs + later * 1_000));
  };

  it('is made again when somebody else has overwritten it, beside what they have revoked', async () => {
    const jwt = await accountJwt();
    const servers = overwritten(serversWith([jwt, jwt]), await theirsAt(1));
    const given = await updaterOf(servers).revoke(new Map([[anna, nowMs]]), signal);
    expect(servers.pushed.length).toBe(2);
    expect(servers.jwts).toEqual([given, given]);
    expect(revocationsOf(given)).toEqual({ [anna]: nowSeconds, [ben]: 7 });
  });

  it('fails when it is overwritten each time', async () => {
    const jwt = await accountJwt();
    const servers = overwritten(serversWith([jwt, jwt]), await theirsAt(1, 2, 3, 4));
    await expect(updaterOf(servers).revoke(new Map([[anna, nowMs]]), signal)).rejects.toMatchObject({
      code: 'RR_NATS_ACCOUNT_STALE',
      message: expect.stringContaining('3 updates were overwritten') as string,
    });
    expect(servers.pushed.length).toBe(3);
  });

  it('gives what the servers have, also when nothing was to be changed', async () => {
    const older = await accountJwt();
    const newer = reissueAccount(claimsOf('account', older), signer, nowMs);
    const servers = serversWith([newer, older]);
    const settled = await updaterOf(servers).settle(signal);
    expect(servers.jwts).toEqual([settled, settled]);
    expect(await updaterOf(servers).settle(signal)).toBe(settled);
    expect(servers.pushed).toEqual([settled]);
  });
});

describe('a signing key', () => {
  it('is added beside the others and dropped again, once each', async () => {
    const [first, second] = [createNkey('account').publicKey, createNkey('account').publicKey];
    const scoped = { kind: 'user_scope' as const, key: createNkey('account').publicKey, role: 'r', template: {} };
    const servers = serversWith([await accountJwt({ signing_keys: [first, scoped] })]);
    const updater = updaterOf(servers);
    const keys = (): unknown => decode<Account>(servers.jwts[0] ?? '').nats.signing_keys;
    for (let twice = 0; twice < 2; twice += 1) await updater.addSigningKey(second, signal);
    expect(keys()).toEqual([first, scoped, second]);
    await updater.dropSigningKey(first, signal);
    expect(keys()).toEqual([scoped, second]);
    expect(servers.pushed.length).toBe(2);
    await expect(updater.addSigningKey(anna, signal)).rejects.toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID' });
  });

  it.each(['XYZ', anna, `${account.slice(0, -1)}${account.endsWith('A') ? 'B' : 'A'}`])(
    'is not dropped by a name that no key has: %s',
    async (name) => {
      const servers = serversWith([await accountJwt({ signing_keys: [createNkey('account').publicKey] })]);
      const dropped = updaterOf(servers).dropSigningKey(name, signal);
      await expect(dropped).rejects.toMatchObject({ code: 'RR_NATS_CREDENTIALS_INVALID' });
    },
  );

  it('is not dropped where it is none of the account, and the refusal names those that are', async () => {
    const [present, other] = [createNkey('account').publicKey, createNkey('account').publicKey];
    const servers = serversWith([await accountJwt({ signing_keys: [present] })]);
    await expect(updaterOf(servers).dropSigningKey(other, signal)).rejects.toMatchObject({
      code: 'RR_NATS_SIGNING_KEY_UNKNOWN',
      entry: { exit: 4 },
      message: `${other} is not among the signing keys of the account ${account}, which are ${present}`,
    });
    expect(servers.pushed).toEqual([]);
  });

  it('is dropped where one server alone still has it, and the newest version does not', async () => {
    const [present, former] = [createNkey('account').publicKey, createNkey('account').publicKey];
    const before = claimsOf('account', await accountJwt({ signing_keys: [present, former] }));
    const after = reissueAccount({ ...before, nats: { ...before.nats, signing_keys: [present] } }, signer, nowMs);
    const servers = serversWith([after, reissueAccount(before, signer, 0)]);
    const given = await updaterOf(servers).dropSigningKey(former, signal);
    expect(servers.jwts).toEqual([given, given]);
    expect(claimsOf('account', given).nats.signing_keys).toEqual([present]);
  });
});

describe('an updater', () => {
  it('needs the seed of an operator, which no error shows', () => {
    const { seed } = createNkey('account');
    const open = (): unknown =>
      createAccountUpdater({ account, operatorSigningSeed: seed, request: serversWith([]).request, now: () => nowMs });
    expect(open).toThrow(expect.objectContaining({ code: 'RR_NATS_CREDENTIALS_INVALID' }));
    expect(open).not.toThrow(seed);
  });
});
