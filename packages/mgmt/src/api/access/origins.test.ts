import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApiInput, type OpenApi, openApi } from '../testing/open-api.ts';

const token = 'rrt_Qk3v0bVbq2m4xYd8xM6m1yqv2N6w0c7Hq5kq3bqz1aA';
const access: NonNullable<ApiInput['access']> = {
  tokens: [{ name: 'ci', sha256: createHash('sha256').update(token).digest('hex'), role: 'admin' }],
};
const authorization = `Bearer ${token}`;

const opened: OpenApi[] = [];
afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
});

async function open(input: ApiInput = {}): Promise<OpenApi> {
  const api = await openApi(input);
  opened.push(api);
  return api;
}

describe('an API that asks for no credentials', () => {
  it.each([
    ['localhost', 200],
    ['localhost:8480', 200],
    ['127.0.0.1:8480', 200],
    ['[::1]:8480', 200],
    ['Mgmt.Example:8480', 200],
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['mgmt.example.evil.example', 421],
  ])('is answered under the name %j with %i', async (host, status) => {
    const api = await open({ allowedHosts: ['mgmt.example'] });
    const answer = await api.ask('/v1/meshes', { headers: { host } });
    expect(answer).toMatchObject({ status, code: status === 200 ? undefined : 'RR_API_HOST_REFUSED' });
  });

  it.each(['GET', 'POST', 'PUT'])('refuses %s by a page of another origin', async (method) => {
    const api = await open();
    for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null']) {
      const answer = await api.ask('/v1/meshes/demo', { method, headers: { host: '127.0.0.1:8480', origin } });
      expect(answer).toMatchObject({ status: 403, code: 'RR_API_ORIGIN_REFUSED' });
    }
  });

  it.each(['http://127.0.0.1:8480', 'https://127.0.0.1:8480'])('lets its own page %s ask', async (origin) => {
    const api = await open();
    expect((await api.ask('/v1/meshes', { headers: { host: '127.0.0.1:8480', origin } })).status).toBe(200);
  });
});

describe('an API that asks for credentials', () => {
  it('is answered under any name, for web pages have no token', async () => {
    const api = await open({ access });
    expect((await api.ask('/v1/meshes', { headers: { host: 'mgmt.example', authorization } })).status).toBe(200);
  });

  it('is answered under the configured names and no others, where there are some', async () => {
    const api = await open({ access, allowedHosts: ['mgmt.example'] });
    const ask = async (host: string) => (await api.ask('/v1/meshes', { headers: { host, authorization } })).status;
    expect([await ask('mgmt.example'), await ask('localhost'), await ask('other.example')]).toEqual([200, 200, 421]);
  });

  it('refuses pages of other origins, whatever token they have', async () => {
    const api = await open({ access });
    const headers = { host: 'mgmt.example', origin: 'https://evil.example', authorization };
    expect(await api.ask('/v1/meshes', { headers })).toMatchObject({ status: 403, code: 'RR_API_ORIGIN_REFUSED' });
  });
});

describe('a page of another origin', () => {
  const origin = 'https://pages.example';
  const question = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization' };

  it('may ask and read where its origin is allowed', async () => {
    const api = await open({ access, allowedOrigins: [origin] });
    const may = await api.ask('/v1/meshes/demo', { method: 'OPTIONS', headers: { origin, ...question } });
    expect(may.status).toBe(204);
    expect(may.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, PUT, POST',
      'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match',
    });
    const read = await api.ask('/v1/meshes', { headers: { origin, authorization } });
    expect(read.status).toBe(200);
    expect(read.headers['access-control-allow-origin']).toBe(origin);
    expect(read.headers['access-control-expose-headers']).toContain('X-Request-Id');
    const refused = await api.ask('/v1/meshes', { headers: { origin } });
    expect(refused.status).toBe(401);
    expect(refused.headers['access-control-allow-origin']).toBe(origin);
  });

  it.each([
    ['none is allowed', []],
    ['another one is', ['https://other.example']],
  ])('is told nothing where %s', async (_, allowedOrigins) => {
    const api = await open({ access, allowedOrigins });
    const may = await api.ask('/v1/meshes/demo', { method: 'OPTIONS', headers: { origin, ...question } });
    expect(may).toMatchObject({ status: 403, code: 'RR_API_ORIGIN_REFUSED' });
    const names = Object.keys(may.headers).filter((name) => name.startsWith('access-control'));
    expect(names).toEqual([]);
  });

  it('is never allowed to have a browser add credentials by itself', async () => {
    const api = await open({ access, allowedOrigins: [origin] });
    const read = await api.ask('/v1/meshes', { headers: { origin, authorization } });
    expect(read.headers['access-control-allow-credentials']).toBeUndefined();
  });
});

describe('every answer', () => {
  it.each([
    ['data', '/v1/meshes', 'GET', 200],
    ['a probe', '/healthz', 'GET', 200],
    ['a refusal', '/v1/meshes/demo', 'GET', 404],
    ['no such path', '/v2', 'GET', 404],
    ['no such method', '/v1/meshes', 'DELETE', 405],
    ['a path that cannot be decoded', '/v1/meshes/%zz', 'GET', 400],
  ])('carries the secure headers and nothing of the server: %s', async (_, path, method, status) => {
    const api = await open();
    const answer = await api.ask(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(Object.keys(answer.headers)).not.toContain('server');
    expect(Object.keys(answer.headers)).not.toContain('x-powered-by');
    expect(Object.keys(answer.headers)).not.toContain('strict-transport-security');
  });
});
