import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StartRotationRequest } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { createFakeClock } from '@reroot/shared/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { recordLog } from '../../testing/recorded-log.ts';
import { type ApiInput, type OpenApi, type OpenApiOptions, openApi } from '../testing/open-api.ts';

const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const ci = 'rrt_Qk3v0bVbq2m4xYd8xM6m1yqv2N6w0c7Hq5kq3bqz1aA';
const ann = 'rrt_8cX1b7Vbq2m4xYd8xM6m1yqv2N6w0c7Hq5kq3bqz1bB';
const word = 'a-token-of-some-length';
const shared = 'a-line-that-many-know';
const tokens = [
  { name: 'ci', sha256: sha256(ci), role: 'operator' },
  { name: 'ann', sha256: sha256(ann), role: 'approver', expires: '2030-01-31T12:00:00+01:00' },
  { name: 'word', sha256: sha256(word), role: 'viewer' },
] as const;

let dir: string;
let tokenFile: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-access-'));
  tokenFile = join(dir, 'token');
  await writeFile(tokenFile, `${shared}\n`);
  await chmod(tokenFile, 0o600);
  return () => rm(dir, { recursive: true });
});

const opened: OpenApi[] = [];
afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
});

async function open(input: ApiInput = { access: { tokens: [...tokens] } }, options: OpenApiOptions = {}): Promise<OpenApi> {
  const api = await openApi(input, options);
  opened.push(api);
  return api;
}

describe('a bearer token of the configuration', () => {
  it.each([
    ['nothing', undefined, 401],
    ['an empty header', '', 401],
    ['a scheme alone', 'Bearer ', 401],
    ['another scheme', `Basic ${ci}`, 401],
    ['a longer token', `Bearer ${ci}X`, 401],
    ['a shorter token', `Bearer ${ci.slice(0, -1)}`, 401],
    ['what the configuration has of it', `Bearer ${sha256(ci)}`, 401],
    ['it twice', `Bearer ${ci} ${ci}`, 401],
    ['9,000 characters', `Bearer ${'x'.repeat(9_000)}`, 401],
    ['it', `Bearer ${ci}`, 200],
    ['it with another spelling of the scheme', `bearer  ${word}`, 200],
  ])('is what the header must hold: with %s', async (_, authorization, status) => {
    const api = await open();
    const answer = await api.ask('/v1/meshes', { headers: authorization === undefined ? {} : { authorization } });
    expect(answer).toMatchObject({ status, ...(status === 401 ? { code: 'RR_API_UNAUTHORIZED' } : {}) });
    expect(answer.headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
  });

  it('is asked for before anything else is told, but not by probes', async () => {
    const api = await open();
    expect((await api.ask('/v2/nothing')).status).toBe(401);
    expect((await api.ask('/v1/meshes/demo', { method: 'DELETE' })).status).toBe(401);
    expect((await api.ask('/healthz')).status).toBe(200);
    expect((await api.ask('/readyz')).status).toBe(200);
  });

  it('is refused from the moment that it expires, and told so', async () => {
    const clock = createFakeClock(Date.parse('2030-01-31T10:59:59.999Z'));
    const api = await open(undefined, { clock });
    expect((await api.ask('/v1/meshes', { headers: bearer(ann) })).status).toBe(200);
    clock.advance(1);
    const { status, detail } = await api.ask('/v1/meshes', { headers: bearer(ann) });
    expect({ status, detail }).toEqual({ status: 401, detail: 'the token ann has expired at 2030-01-31T11:00:00.000Z' });
  });

  it('gives its role and no more, and who is refused is told whom to ask', async () => {
    const log = recordLog();
    const api = await open(undefined, { log });
    const answer = { rotationId: 'r', step: 'ADDING_NEW_ROOT', generation: 2, action: 'CONTINUE', why: 'fine' };
    const refused = await api.ask('/v1/meshes/demo/verification', { method: 'POST', headers: bearer(ci), body: answer });
    expect(refused).toMatchObject({
      status: 403,
      code: 'RR_API_FORBIDDEN',
      detail: 'ci (token) may not approve mesh demo',
      remedy: 'it has role operator by api.access.tokens; approver or admin would do, or another person who has it',
    });
    expect(log.find({ msg: 'a request was refused' })).toMatchObject({ code: 'RR_API_FORBIDDEN', mesh: 'demo' });
    expect(JSON.stringify(log.all({}))).not.toContain(ci);
  });
});

describe('a refusal', () => {
  it('is written down once in ten seconds for each address, with how many there were', async () => {
    const clock = createFakeClock(0);
    const log = recordLog();
    const api = await open(undefined, { clock, log });
    const refuse = () => api.ask('/v1/meshes', { headers: bearer('wrong') });
    for (let each = 0; each < 3; each++) await refuse();
    clock.advance(10_000);
    await refuse();
    const written = log.all({ msg: 'a request was refused' });
    expect(written).toEqual([
      expect.objectContaining({ code: 'RR_API_UNAUTHORIZED', address: '127.0.0.1', path: '/v1/meshes' }),
      expect.objectContaining({ heldBack: 2 }),
    ]);
  });
});

describe('an act', () => {
  it('is written down with who has asked for it', async () => {
    const log = recordLog();
    const api = await open(undefined, { log });
    await api.ask('/v1/meshes/demo/rotations', { method: 'POST', headers: bearer(ci), body: {} });
    await api.ask('/v1/meshes', { headers: bearer(ci) });
    expect(log.all({ msg: 'an act was asked for' })).toEqual([
      expect.objectContaining({ by: 'ci', via: 'token', method: 'POST', path: '/v1/meshes/:mesh/rotations', mesh: 'demo' }),
    ]);
  });
});

describe('who is recorded', () => {
  const starts = async (input: ApiInput, headers: Record<string, string>, body: object) => {
    const asked: StartRotationRequest[] = [];
    const startRotation = (_: string, request: StartRotationRequest): Promise<never> => {
      asked.push(request);
      return Promise.reject(new RerootError('RR_MESH_NOT_FOUND', 'there is no mesh demo'));
    };
    const api = await open(input, { operations: { startRotation } });
    const { status } = await api.ask('/v1/meshes/demo/rotations', { method: 'POST', headers, body });
    return { by: asked.map(({ by }) => by), status };
  };
  const access = { tokens: [...tokens] };

  it.each([
    ['nothing', {}],
    ['another name', { by: 'ann' }],
    ['its own name', { by: 'ci' }],
  ])('is the owner of a token, where the body says %s', async (_, body) => {
    expect(await starts({ access }, bearer(ci), body)).toEqual({ by: ['ci'], status: 404 });
  });

  it('is whom the body names, where the token is shared or there is none', async () => {
    expect(await starts({ tokenFile }, bearer(shared), { by: 'bob' })).toEqual({ by: ['bob'], status: 404 });
    expect(await starts({}, {}, { by: 'bob' })).toEqual({ by: ['bob'], status: 404 });
  });

  it('is nobody, and nothing is done, where neither names anybody', async () => {
    expect(await starts({ tokenFile }, bearer(shared), {})).toEqual({ by: [], status: 422 });
    expect(await starts({}, {}, {})).toEqual({ by: [], status: 422 });
  });
});

describe('the token of api.tokenFile', () => {
  it('lets in beside those of api.access, and alone', async () => {
    for (const input of [{ tokenFile }, { tokenFile, access: { tokens: [...tokens] } }]) {
      const api = await open(input);
      expect((await api.ask('/v1/meshes', { headers: bearer(shared) })).status).toBe(200);
      expect((await api.ask('/v1/meshes', { headers: bearer(`${shared}r`) })).status).toBe(401);
      expect((await api.ask('/v1/meshes')).status).toBe(401);
    }
  });
});

describe('guessing', () => {
  const fail = async (api: OpenApi, times: number): Promise<readonly number[]> => {
    const statuses: number[] = [];
    for (let each = 0; each < times; each++) {
      statuses.push((await api.ask('/v1/meshes', { headers: bearer(`guess-${each}`) })).status);
    }
    return statuses;
  };

  it('is stopped after twenty tries of an address, then goes on at one a second', async () => {
    const clock = createFakeClock(0);
    const api = await open(undefined, { clock });
    expect(await fail(api, 20)).toEqual(Array.from({ length: 20 }, () => 401));
    const late = await api.ask('/v1/meshes', { headers: bearer('guess') });
    expect(late).toMatchObject({ status: 429, code: 'RR_API_RATE_LIMITED' });
    expect(late.headers['retry-after']).toBe('1');
    clock.advance(1_000);
    expect(await fail(api, 2)).toEqual([401, 429]);
  });

  it('tells nothing when it is right after it was stopped', async () => {
    const api = await open({ tokenFile, access: { tokens: [...tokens] } }, { clock: createFakeClock(0) });
    await fail(api, 20);
    for (const token of [shared, word]) {
      expect((await api.ask('/v1/meshes', { headers: bearer(token) })).status).toBe(429);
    }
  });

  it('locks nobody out whose token cannot be guessed', async () => {
    const api = await open(undefined, { clock: createFakeClock(0) });
    await fail(api, 25);
    expect((await api.ask('/v1/meshes', { headers: bearer(ci) })).status).toBe(200);
  });

  it('is counted no matter how many succeed meanwhile', async () => {
    const api = await open(undefined, { clock: createFakeClock(0) });
    const statuses: number[] = [];
    for (let each = 0; each < 21; each++) {
      await api.ask('/v1/meshes', { headers: bearer(ci) });
      statuses.push(...(await fail(api, 1)));
    }
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('asking too often', () => {
  it('is refused with the time to wait, for each principal apart', async () => {
    const clock = createFakeClock(0);
    const api = await open({ access: { tokens: [...tokens] }, rateLimit: { perSecond: 0.5, burst: 3 } }, { clock });
    const ask = async (token: string) => api.ask('/v1/meshes', { headers: bearer(token) });
    for (let each = 0; each < 3; each++) expect((await ask(ci)).status).toBe(200);
    const refused = await ask(ci);
    expect(refused).toMatchObject({ status: 429, code: 'RR_API_RATE_LIMITED', detail: expect.stringContaining('ci') });
    expect(refused.headers['retry-after']).toBe('2');
    expect((await ask(ann)).status).toBe(200);
    clock.advance(2_000);
    expect([(await ask(ci)).status, (await ask(ci)).status]).toEqual([200, 429]);
  });
});
