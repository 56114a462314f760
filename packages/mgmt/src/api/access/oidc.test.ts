import { createHash, createHmac, createPublicKey } from 'node:crypto';
import type { StartRotationRequest } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenApi, openApi } from '../testing/open-api.ts';
import { type Issuer, startIssuer } from '../testing/start-issuer.ts';

const audience = 'https://reroot.example';
const own = 'rrt_Qk3v0bVbq2m4xYd8xM6m1yqv2N6w0c7Hq5kq3bqz1aA';
const sha256OfOwn = createHash('sha256').update(own).digest('hex');

let issuer: Issuer;
let clock: FakeClock;
let api: OpenApi;
let starts: StartRotationRequest[];

beforeEach(async () => {
  issuer = await startIssuer();
  clock = createFakeClock(Date.now());
  starts = [];
  api = await openWith({});
});
afterEach(async () => {
  await api.close();
  await issuer.stop();
});

async function openWith(change: { usernameClaim?: string; rolesClaim?: string; issuer?: string }): Promise<OpenApi> {
  const oidc = { issuer: issuer.url, audience, roles: { operator: ['sre', 'oncall'], approver: ['security'] }, ...change };
  const startRotation = (_: string, request: StartRotationRequest): Promise<never> => {
    starts.push(request);
    return Promise.reject(new RerootError('RR_MESH_NOT_FOUND', 'there is no mesh demo'));
  };
  const access = { oidc, tokens: [{ name: 'ci', sha256: sha256OfOwn, role: 'viewer' as const }] };
  return openApi({ access }, { clock, operations: { startRotation } });
}

const read = (token: string) => api.ask('/v1/meshes', { headers: { authorization: `Bearer ${token}` } });
const start = (token: string) =>
  api.ask('/v1/meshes/demo/rotations', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: { by: 'mallory' },
  });
const nowS = (): number => Math.floor(clock.now() / 1_000);
const claims = (change: Readonly<Record<string, unknown>> = {}): JWTPayload => ({
  ...{ iss: issuer.url, aud: audience, sub: 'ann', exp: nowS() + 60, groups: ['sre'] },
  ...change,
});

describe('a token of the OIDC issuer', () => {
  it('lets its owner do what the roles of its groups allow, under its own name', async () => {
    const token = await issuer.issue(audience, { groups: ['everybody', 'sre'] });
    expect((await read(token)).status).toBe(200);
    expect((await start(token)).status).toBe(404);
    expect(starts.map(({ by }) => by)).toEqual(['ann']);
  });

  it.each([
    ['another role', ['security'], 'ann (oidc) may not operate mesh demo', /it has role approver by api\.access\.oidc\.roles/],
    ['no role', ['everybody'], 'ann (oidc) may not operate mesh demo', /it has no role/],
  ])('with %s is refused with what would do', async (_, groups, detail, remedy) => {
    const refused = await start(await issuer.issue(audience, { groups }));
    expect(refused).toMatchObject({ status: 403, code: 'RR_API_FORBIDDEN', detail });
    expect(refused.remedy).toMatch(remedy);
    expect(starts).toEqual([]);
  });

  it('without the claim of groups, or with one of another form, has no role', async () => {
    for (const groups of [undefined, { sre: true }, [['sre']], 7]) {
      expect((await read(await issuer.sign(claims({ groups })))).status).toBe(403);
    }
  });

  it('is told by the claims that the configuration names, a path and an address among them', async () => {
    await api.close();
    api = await openWith({ usernameClaim: 'email', rolesClaim: 'realm_access.roles' });
    const person = claims({ email: 'ann@example.org', realm_access: { roles: ['oncall'] } });
    await start(await issuer.sign({ ...person, email_verified: true }));
    await start(await issuer.sign(person));
    expect(starts.map(({ by }) => by)).toEqual(['ann@example.org', 'ann@example.org']);
    const unverified = await start(await issuer.sign({ ...person, email_verified: false }));
    expect(unverified).toMatchObject({ status: 401, detail: expect.stringContaining('not verified') });
  });

  it.each([
    ['none', undefined],
    ['an empty one', ''],
    ['one with a line feed', 'ann\nbob'],
    ['one of 201 characters', 'a'.repeat(201)],
    ['a number', 7],
  ])('with %s as its name is refused', async (_, sub) => {
    const answer = await read(await issuer.sign(claims({ sub })));
    expect(answer).toMatchObject({ status: 401, code: 'RR_API_UNAUTHORIZED' });
  });

  it('is good to its end, and half a minute longer for clocks that differ', async () => {
    const token = await issuer.sign(claims({ nbf: nowS() + 29 }));
    expect((await read(token)).status).toBe(200);
    clock.advance(89_000);
    expect((await read(token)).status).toBe(200);
    clock.advance(2_000);
    expect(await read(token)).toMatchObject({ status: 401, detail: expect.stringContaining('exp') });
  });
});

describe('a token that is not for this API', () => {
  const forged: readonly (readonly [string, () => Promise<string>])[] = [
    ['for another audience', () => issuer.issue('https://other.example', { groups: ['sre'] })],
    ['for no audience', () => issuer.sign(claims({ aud: undefined }))],
    ['that never ends', () => issuer.sign(claims({ exp: undefined }))],
    ['that begins in a minute', () => issuer.sign(claims({ nbf: nowS() + 60 }))],
    ['to log somebody out', () => issuer.sign(claims(), { typ: 'logout+jwt' })],
    ['of a type that is no text', () => issuer.sign(claims(), { typ: 0 as never })],
    ['with a key that is not there', () => issuer.sign(claims(), { kid: 'another' })],
    ['without a signature', async () => `${part({ alg: 'none' })}.${part(claims())}.`],
    ['without a signature, in capitals', async () => `${part({ alg: 'NONE' })}.${part(claims())}.`],
    ['with the signature of another token', async () => resigned(await issuer.sign(claims()), claims({ sub: 'bob' }))],
    ['whose secret is the public key in PEM', async () => hmacSigned(publicPem())],
    ['whose secret is the public key in DER', async () => hmacSigned(publicDer())],
    ['whose secret is the modulus', async () => hmacSigned(Buffer.from(issuer.publicKey().n ?? '', 'base64url'))],
    ['that brings its own key', () => withOwnKey()],
  ];

  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const publicObject = () => createPublicKey({ key: issuer.publicKey(), format: 'jwk' });
  const publicPem = (): string => publicObject().export({ type: 'spki', format: 'pem' }).toString();
  const publicDer = (): Buffer => publicObject().export({ type: 'spki', format: 'der' });
  const resigned = (token: string, other: JWTPayload): string => {
    const [head = '', , signature = ''] = token.split('.');
    return `${head}.${part(other)}.${signature}`;
  };
  const hmacSigned = (secret: string | Buffer): string => {
    const signed = `${part({ alg: 'HS256', kid: issuer.publicKey().kid })}.${part(claims())}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };

  const withOwnKey = async (): Promise<string> => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    return new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', jwk, kid: issuer.publicKey().kid ?? '' }).sign(privateKey);
  };

  it.each(forged)('is refused: one %s', async (_, forge) => {
    // The same claims under a proper signature are let in: what is refused is the forgery, and not something else.
    expect((await read(await issuer.sign(claims()))).status).toBe(200);
    const token = await forge();
    const answer = await read(token);
    expect(answer).toMatchObject({ status: 401, code: 'RR_API_UNAUTHORIZED' });
    expect(answer.body).not.toContain(token.split('.')[1]);
  });

  it('says another issuer than the configured one, and is sent to nobody', async () => {
    const asked = issuer.asked.length;
    expect((await read(await issuer.sign(claims({ iss: 'https://other.example' })))).status).toBe(401);
    expect(issuer.asked).toHaveLength(asked);
  });
});

describe('the keys of the issuer', () => {
  const asksForKeys = (): number => issuer.asked.filter((path) => path === '/jwks').length;

  it('are fetched once for many tokens', async () => {
    const token = await issuer.sign(claims());
    await Promise.all(Array.from({ length: 10 }, () => read(token)));
    expect(asksForKeys()).toBe(1);
  });

  it('are fetched again for a token of a new one, and the old one is good no longer', async () => {
    const before = await issuer.sign(claims({ exp: nowS() + 3_600 }));
    expect((await read(before)).status).toBe(200);
    await issuer.rotateKey();
    clock.advance(10_000);
    expect((await read(await issuer.sign(claims()))).status).toBe(200);
    expect((await read(before)).status).toBe(401);
  });

  it('are not fetched more than once in ten seconds, whatever keys tokens name', async () => {
    const good = await issuer.sign(claims({ exp: nowS() + 3_600 }));
    expect((await read(good)).status).toBe(200);
    for (let each = 0; each < 5; each++) await read(await issuer.sign(claims(), { kid: `none-${each}` }));
    expect(asksForKeys()).toBe(1);
    clock.advance(10_000);
    for (let each = 0; each < 5; each++) await read(await issuer.sign(claims(), { kid: `none-${each}` }));
    expect(asksForKeys()).toBe(2);
    expect((await read(good)).status).toBe(200);
  });
});

describe('an issuer that does not answer as it should', () => {
  const broken: readonly (readonly [string, () => void | Promise<void>])[] = [
    ['is not there', () => issuer.stop()],
    ['answers with an error', () => issuer.answer((_, response) => response.writeHead(500).end('{}'))],
    ['sends elsewhere', () => issuer.answer((_, response) => response.writeHead(302, { location: '/elsewhere' }).end())],
    ['answers with something else', () => issuer.answer((_, response) => response.end('<html>'))],
    [
      'is another one',
      () => issuer.answer((_, response) => response.end('{"issuer":"https://other.example","jwks_uri":"https://o/"}')),
    ],
    [
      'has its keys at an address without TLS',
      () => issuer.answer((_, response) => response.end(`{"issuer":"${issuer.url}","jwks_uri":"http://other.example/"}`)),
    ],
    [
      'has something else in the place of keys',
      () => issuer.answer((_, response) => response.end(`{"issuer":"${issuer.url}","jwks_uri":"${issuer.url}/jwks"}`)),
    ],
    ['answers with too much', () => issuer.answer((_, response) => response.end(`"${'x'.repeat(2 * 1024 * 1024)}"`))],
  ];

  it.each(broken)('costs its own tokens only: one that %s', async (_, breakIt) => {
    const token = await issuer.sign(claims());
    await breakIt();
    expect(await read(token)).toMatchObject({ status: 503, code: 'RR_API_ACCESS_UNAVAILABLE' });
    expect((await read(own)).status).toBe(200);
  });

  it('is asked again after ten seconds, and not before', async () => {
    const token = await issuer.sign(claims({ exp: nowS() + 600 }));
    issuer.answer((_, response) => response.writeHead(500).end());
    await read(token);
    await read(token);
    expect(issuer.asked).toHaveLength(1);
    issuer.answer(undefined);
    expect((await read(token)).status).toBe(503);
    clock.advance(10_000);
    expect((await read(token)).status).toBe(200);
  });

  it('is believed for an hour by what it said last', async () => {
    const token = await issuer.sign(claims({ exp: nowS() + 7_200 }));
    expect((await read(token)).status).toBe(200);
    await issuer.stop();
    clock.advance(3_599_000);
    expect((await read(token)).status).toBe(200);
    clock.advance(2_000);
    expect((await read(token)).status).toBe(503);
  });
});
