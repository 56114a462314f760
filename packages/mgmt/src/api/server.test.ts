import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import type { Operations } from '../runner/index.ts';
import { meshDocument } from '../testing/mesh-document.ts';
import { recordLog } from '../testing/recorded-log.ts';
import { listen } from './listen.ts';
import { type OpenApi, openApi } from './testing/open-api.ts';

const refuse = () => Promise.reject(new RerootError('RR_MESH_NOT_FOUND', 'there is no mesh demo'));

const opened: OpenApi[] = [];
afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
});

async function open(operations: Partial<Operations> = {}, log = silentLog): Promise<FastifyInstance> {
  const api = await openApi({}, { operations, log });
  opened.push(api);
  return api.app;
}

/** Sends a text and leaves the connection open; gives what has come when the other end closes it. */
async function say(app: FastifyInstance, request: string): Promise<string> {
  const url = await listen(app, { host: '127.0.0.1', port: 0 });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(request);
  return text(socket);
}

const json = { 'content-type': 'application/json' };
const start = '/v1/meshes/demo/rotations';
const abort = { rotationId: 'r', by: 'ann', why: 'too early' };
const answer = { rotationId: 'r', step: 'ADDING_NEW_ROOT', generation: 2, action: 'CONTINUE', by: 'ann', why: 'fine' };

describe('an error of the API', () => {
  it('is a problem document with code, remedy and place', async () => {
    const response = await (await open()).inject({
      method: 'POST',
      url: start,
      headers: json,
      payload: '{"by":"ann","stratgey":"NONE"}',
    });
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.json()).toEqual({
      type: 'urn:reroot:error:RR_API_BODY_INVALID',
      title: expect.stringContaining('the body of a request'),
      status: 422,
      detail: 'unknown key "stratgey", did you mean "strategy"?',
      code: 'RR_API_BODY_INVALID',
      remedy: expect.any(String),
      place: 'body (stratgey)',
    });
  });

  it.each<[string, InjectOptions]>([
    ['a query', { method: 'GET', url: '/v1/nothing?access_token=s3cret' }],
    ['a body that is no JSON', { method: 'POST', url: start, headers: json, payload: 's3cret' }],
    ['the end of a body', { method: 'POST', url: start, headers: json, payload: `{"by":"${'x'.repeat(50)}",s3cret}` }],
    ['the middle of a body', { method: 'POST', url: start, headers: json, payload: `{"by": s3cret, "why":"${'x'.repeat(50)}"}` }],
  ])('does not repeat what may be secret: %s', async (_, request) => {
    const response = await (await open()).inject(request);
    expect(response.json()).toMatchObject({ code: expect.stringMatching(/^RR_API_(NOT_FOUND|BODY_MALFORMED)$/) });
    expect(response.body).not.toContain('s3c');
  });

  const large = `{"by":"${'x'.repeat(1024 * 1024)}"}`;
  const cases: readonly [what: string, request: InjectOptions, status: number, code: string][] = [
    ['an unknown path', { method: 'GET', url: '/v2/meshes' }, 404, 'RR_API_NOT_FOUND'],
    ['an unknown path with a body', { method: 'POST', url: '/v2', headers: json, payload: '{}' }, 404, 'RR_API_NOT_FOUND'],
    ['a path that cannot be decoded', { method: 'GET', url: '/v1/meshes/%zz' }, 400, 'RR_API_BODY_MALFORMED'],
    ['an unknown mesh', { method: 'GET', url: '/v1/meshes/demo' }, 404, 'RR_MESH_NOT_FOUND'],
    ['the history of an unknown mesh', { method: 'GET', url: '/v1/meshes/demo/history' }, 404, 'RR_MESH_NOT_FOUND'],
    ['a name that is none', { method: 'GET', url: '/v1/meshes/De.mo' }, 422, 'RR_NAME_INVALID'],
    ['a method that the path lacks', { method: 'DELETE', url: '/v1/meshes/demo' }, 405, 'RR_API_METHOD_NOT_ALLOWED'],
    ['a method of WebDAV', { method: 'PROPFIND', url: '/v1/meshes/demo' }, 405, 'RR_API_METHOD_NOT_ALLOWED'],
    ['TRACE', { method: 'TRACE', url: '/v1/meshes/demo' }, 405, 'RR_API_METHOD_NOT_ALLOWED'],
    [
      'a body in another charset',
      {
        method: 'POST',
        url: start,
        headers: { 'content-type': 'application/json; charset="ISO-8859-1"' },
        payload: '{"by":"ann"}',
      },
      415,
      'RR_API_MEDIA_TYPE',
    ],
    [
      'a mesh in another charset',
      { method: 'PUT', url: '/v1/meshes/demo', headers: { 'content-type': 'application/yaml;charset=utf-16' }, payload: 'a' },
      415,
      'RR_API_MEDIA_TYPE',
    ],
    [
      'a body that is compressed',
      { method: 'POST', url: start, headers: { ...json, 'content-encoding': 'gzip' }, payload: '{"by":"ann"}' },
      415,
      'RR_API_MEDIA_TYPE',
    ],
    [
      'such a method with a body',
      { method: 'PATCH', url: start, headers: { 'content-type': 'image/png' }, payload: 'x' },
      405,
      'RR_API_METHOD_NOT_ALLOWED',
    ],
    ['a body beyond 1 MiB', { method: 'POST', url: start, headers: json, payload: large }, 413, 'RR_API_BODY_TOO_LARGE'],
    [
      'another media type',
      { method: 'POST', url: start, headers: { 'content-type': 'text/plain' }, payload: 'x' },
      415,
      'RR_API_MEDIA_TYPE',
    ],
    [
      'YAML where JSON is read',
      { method: 'POST', url: start, headers: { 'content-type': 'application/yaml' }, payload: 'by: ann' },
      415,
      'RR_API_MEDIA_TYPE',
    ],
    ['no media type', { method: 'POST', url: start }, 415, 'RR_API_MEDIA_TYPE'],
    ['an empty body', { method: 'POST', url: start, headers: json, payload: '' }, 400, 'RR_API_BODY_MALFORMED'],
    ['broken JSON', { method: 'POST', url: start, headers: json, payload: '{"by":' }, 400, 'RR_API_BODY_MALFORMED'],
    [
      'broken JSON as a mesh',
      { method: 'PUT', url: '/v1/meshes/demo', headers: json, payload: 'kind: VirtualMesh' },
      400,
      'RR_API_BODY_MALFORMED',
    ],
    ['a mesh that is none', { method: 'PUT', url: '/v1/meshes/demo', headers: json, payload: '{}' }, 422, 'RR_MESH_INVALID'],
    ['a body that is no map', { method: 'POST', url: start, headers: json, payload: '[]' }, 422, 'RR_API_BODY_INVALID'],
    ['nobody who asks', { method: 'POST', url: start, headers: json, payload: '{}' }, 422, 'RR_API_BODY_INVALID'],
    [
      'control characters',
      { method: 'POST', url: start, headers: json, payload: '{"by":"\\u001b[31mann"}' },
      422,
      'RR_API_BODY_INVALID',
    ],
    [
      'a strategy that is none',
      { method: 'POST', url: start, headers: json, payload: '{"by":"ann","strategy":"FAST"}' },
      422,
      'RR_API_BODY_INVALID',
    ],
    [
      'a key of prototypes',
      { method: 'POST', url: start, headers: json, payload: '{"by":"ann","__proto__":{}}' },
      422,
      'RR_API_BODY_INVALID',
    ],
    [
      'a root that is no fingerprint',
      { method: 'POST', url: start, headers: json, payload: '{"by":"ann","targetRoot":"abc"}' },
      422,
      'RR_API_BODY_INVALID',
    ],
    ...['rotationId', 'by', 'why'].map((key): [string, InjectOptions, number, string] => [
      `an abort without ${key}`,
      { method: 'POST', url: '/v1/meshes/demo/abort', headers: json, payload: { ...abort, [key]: undefined } },
      422,
      'RR_API_BODY_INVALID',
    ]),
    ...['exclude', 'include'].flatMap((act): [string, InjectOptions, number, string][] => [
      [
        `${act} without why`,
        { method: 'POST', url: `/v1/meshes/demo/clusters/east/${act}`, headers: json, payload: '{"by":"ann"}' },
        422,
        'RR_API_BODY_INVALID',
      ],
      [
        `${act} of a cluster that has no name`,
        { method: 'POST', url: `/v1/meshes/demo/clusters/E_st/${act}`, headers: json, payload: '{"by":"ann","why":"w"}' },
        422,
        'RR_NAME_INVALID',
      ],
    ]),
    ...['rotationId', 'step', 'generation', 'action', 'by', 'why'].map((key): [string, InjectOptions, number, string] => [
      `an answer without ${key}`,
      { method: 'POST', url: '/v1/meshes/demo/verification', headers: json, payload: { ...answer, [key]: undefined } },
      422,
      'RR_API_BODY_INVALID',
    ]),
  ];
  it.each(cases)('tells of %s', async (_, request, status, code) => {
    const response = await (await open()).inject(request);
    expect({ status: response.statusCode, code: response.json<{ code: string }>().code }).toEqual({ status, code });
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
  });

  it('names the methods that a path does have', async () => {
    expect((await (await open()).inject({ method: 'DELETE', url: '/v1/meshes/demo' })).headers['allow']).toBe('GET, HEAD, PUT');
    expect((await (await open()).inject({ method: 'GET', url: start })).headers['allow']).toBe('POST');
  });

  it('that refuses an act goes to the log by its code and the id of the request, and what the body said does not', async () => {
    const log = recordLog();
    const app = await open({}, log);
    const response = await app.inject({
      ...{ method: 'POST', url: start, headers: { 'content-type': 'application/json' }, payload: '{"hunter2":1}' },
    });
    expect(response.statusCode).toBe(422);
    const written = log.find({ msg: 'an act was refused' });
    expect(written).toMatchObject({ requestId: response.headers['x-request-id'], code: 'RR_API_BODY_INVALID', mesh: 'demo' });
    expect(JSON.stringify(log.all({}))).not.toContain('hunter2');
  });

  it('that nobody foresaw goes to the log, and tells the caller nothing of it', async () => {
    const log = recordLog();
    const app = await open({ readMesh: () => Promise.reject(new Error('the secret is 42')) }, log);
    const response = await app.inject('/v1/meshes/demo');
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('42');
    expect(log.find({ msg: 'a request failed', code: 'RR_INTERNAL' })).toMatchObject({
      problem: 'the secret is 42',
      requestId: response.headers['x-request-id'],
    });
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the API', () => {
  it.each(['application/yaml', 'application/x-yaml', 'text/yaml; charset=utf-8'])('reads a mesh as %s', async (type) => {
    const applied: string[] = [];
    const app = await open({
      applyMesh: (spec) => {
        applied.push(spec.mesh);
        return refuse();
      },
    });
    await app.inject({ method: 'PUT', url: '/v1/meshes/demo', headers: { 'content-type': type }, payload: meshDocument() });
    expect(applied).toEqual(['demo']);
  });

  it('says where in the document a mesh is wrong', async () => {
    const payload = meshDocument().replace('clusters:', 'cluster:');
    const headers = { 'content-type': 'application/yaml' };
    const response = await (await open()).inject({ method: 'PUT', url: '/v1/meshes/demo', headers, payload });
    expect(response.json()).toMatchObject({ code: 'RR_MESH_INVALID', place: 'body:6:3 (spec.cluster)' });
  });

  it('hands the answer of an operator on as it was given', async () => {
    const answers: unknown[] = [];
    const app = await open({
      answerVerification: (mesh, given) => {
        answers.push([mesh, given]);
        return refuse();
      },
    });
    await app.inject({ method: 'POST', url: '/v1/meshes/demo/verification', headers: json, payload: answer });
    expect(answers).toEqual([['demo', answer]]);
  });

  it('hands on whom an operator takes out or back, why, and what is aborted', async () => {
    const acts: unknown[] = [];
    const note = (...given: unknown[]): ReturnType<typeof refuse> => {
      acts.push(given);
      return refuse();
    };
    const app = await open({ excludeCluster: note, includeCluster: note, abortRotation: note });
    const act = { by: 'ann', why: 'its site is down' };
    const post = (url: string, payload: object) =>
      app.inject({ method: 'POST', url: `/v1/meshes/demo/${url}`, headers: json, payload });
    await post('clusters/east/exclude', act);
    await post('clusters/east/include', act);
    await post('abort', abort);
    expect(acts).toEqual([
      ['demo', 'east', act, undefined],
      ['demo', 'east', act, undefined],
      ['demo', abort, undefined],
    ]);
  });

  it('refuses a YAML bomb of a mesh in a sentence', async () => {
    const headers = { 'content-type': 'application/yaml' };
    const payload = Array.from({ length: 60_000 }, (_, key) => `key${key}: 1\n`).join('');
    const response = await (await open()).inject({ method: 'PUT', url: '/v1/meshes/demo', headers, payload });
    expect(response.json()).toMatchObject({ code: 'RR_MESH_INVALID', detail: expect.stringContaining('the document has more') });
  });
});

describe('what Node itself refuses', () => {
  it.each([
    ['NONSENSE\r\n\r\n', 400, 'RR_API_BODY_MALFORMED'],
    ['BREW /healthz HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'RR_API_BODY_MALFORMED'],
    [`GET /healthz HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'RR_API_HEADERS_TOO_LARGE'],
  ])('is a problem document with the secure headers: %#', async (request, status, code) => {
    const answer = await say(await open(), request);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toContain('content-type: application/problem+json; charset=utf-8\r\n');
    expect(answer).toMatch(/\r\ndate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r\n/);
    expect(answer).toContain('x-content-type-options: nosniff\r\n');
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code });
  });

  it('is not what somebody expects of it: that is left to whoever answers', async () => {
    const answer = await say(await open(), 'GET /healthz HTTP/1.1\r\nhost: a\r\nexpect: miracles\r\nconnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*x-content-type-options: nosniff.*\{"status":"ok"\}$/s);
  });

  it('is a problem document when a request comes too slowly', async () => {
    const app = await open();
    const socket = new PassThrough();
    app.server.emit('clientError', Object.assign(new Error('slow'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 .*"code":"RR_API_REQUEST_TIMEOUT"/s);
  });
});

describe('a slow sender', () => {
  it('that is refused before its body has come is cut off', async () => {
    const api = await openApi({ access: { tokens: [{ name: 'ci', sha256: 'a'.repeat(64), role: 'viewer' }] } });
    opened.push(api);
    const head = `POST ${start} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{`;
    expect(await say(api.app, head)).toMatch(/^HTTP\/1\.1 401 .*connection: close/s);
  });

  it('has 10 s for the headers and 30 s for all, and shares 2,000 connections with the others', async () => {
    const { headersTimeout, requestTimeout, maxConnections } = (await open()).server;
    expect({ headersTimeout, requestTimeout, maxConnections }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      maxConnections: 2_000,
    });
  });
});
