import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type LiveMessage, liveProtocols } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { meshStatus, waitFor } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { Principal } from '../access/principal.ts';
import { follow } from './testing/live-follower.ts';
import { type LiveServer, type LiveServerOptions, startLive } from './testing/live-server.ts';
import { type HandshakeLines, refused, requestText, upgrade } from './testing/raw-socket.ts';

let server: LiveServer;
afterEach(() => server.close());

const token = 'a-token-of-ann-0123456789+/=';
const sha256 = createHash('sha256').update(token).digest('hex');
const withToken: LiveServerOptions = { api: { access: { tokens: [{ name: 'ann', sha256, role: 'viewer' }] } } };
const [, offeredToken = ''] = liveProtocols(token);

/** What is answered, and that it is a problem document with all the headers of the API. */
async function problem(request: string): Promise<{ status: number; code: string }> {
  const { status, head, body } = await refused(server.port, request);
  expect(head).toContain('content-type: application/problem+json');
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(head).toContain('cache-control: no-store');
  expect(head).toContain('connection: close');
  const document = JSON.parse(body) as { status: number; code: string };
  expect(document.status).toBe(status);
  return { status, code: document.code };
}

describe('the live stream', () => {
  it('is opened with the token in the header', async () => {
    server = await startLive(withToken);
    const follower = await follow(server, { headers: { authorization: `Bearer ${token}` } });
    expect(follower.socket.protocol).toBe('reroot.v2');
    expect(await follower.hear('the first state', () => true)).toMatchObject({ meshes: [{ mesh: 'demo' }] });
  });

  it('is opened by a browser with the token among the subprotocols, of which mgmt names the other', async () => {
    server = await startLive(withToken);
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/v1/live`, liveProtocols(token));
    const said: LiveMessage[] = [];
    socket.addEventListener('open', () => socket.send('{"type":"hello"}'));
    socket.addEventListener('message', ({ data }) => said.push(JSON.parse(String(data)) as LiveMessage));
    await once(socket, 'open');
    expect(socket.protocol).toBe('reroot.v2');
    await waitFor(() => said.length, { timeoutMs: 5_000, what: 'the first state' });
    socket.close();
    await once(socket, 'close');
  });

  it('counts the token among the subprotocols when the client sends other credentials too', async () => {
    server = await startLive(withToken);
    const headers = { authorization: 'Basic YW5uOnNlY3JldA==' };
    await expect(follow(server, { headers, protocols: liveProtocols(token) })).resolves.toBeDefined();
  });

  it.each<[string, HandshakeLines]>([
    ['no token', {}],
    ['a wrong token in the header', { authorization: 'Bearer another-token-0123456789' }],
    ['a wrong token among the subprotocols', { 'sec-websocket-protocol': liveProtocols('another-token-0123456789').join(', ') }],
    ['other credentials', { authorization: 'Basic YW5uOnNlY3JldA==' }],
    ['a token with a line feed', { 'sec-websocket-protocol': liveProtocols(`${token}\nx`).join(', ') }],
  ])('is refused with %s', async (_, lines) => {
    server = await startLive(withToken);
    expect(await problem(requestText(lines))).toEqual({ status: 401, code: 'RR_API_UNAUTHORIZED' });
    expect(server.refusals).toEqual(['RR_API_UNAUTHORIZED']);
    expect((await refused(server.port, requestText(lines))).head).toContain('www-authenticate: bearer');
  });

  it('reads no token from the URL, and says so without repeating it', async () => {
    server = await startLive(withToken);
    const request = requestText({}, `GET /v1/live?access_token=${token} HTTP/1.1`);
    expect(await problem(request)).toEqual({ status: 400, code: 'RR_LIVE_HANDSHAKE_INVALID' });
    expect((await refused(server.port, request)).body).not.toContain(token);
    expect(JSON.stringify(server.log.all({}))).not.toContain(token);
  });
});

describe('somebody who may read one mesh alone', () => {
  const mayReadDemo: LiveServerOptions['gatekeeper'] = {
    admit: async (_, { mesh }) => {
      if (mesh !== 'demo') throw new RerootError('RR_API_FORBIDDEN', 'ann may not read');
      return { name: 'ann', via: 'kubernetes', expiresAtMs: undefined };
    },
  };

  it('follows that one, whatever the hello asks for', async () => {
    server = await startLive({ gatekeeper: mayReadDemo });
    server.drift([meshStatus(), meshStatus({ mesh: 'other' })]);
    for (const hello of [{}, { mesh: 'other' }]) {
      const follower = await follow(server, { path: '/v1/meshes/demo/live', hello });
      const { meshes } = await follower.hear('the first state', () => true);
      expect(meshes.map(({ mesh }) => mesh)).toEqual(['demo']);
    }
  });

  it.each(['/v1/live', '/v1/meshes/other/live'])('is refused %s', async (path) => {
    server = await startLive({ gatekeeper: mayReadDemo });
    expect(await problem(requestText({}, `GET ${path} HTTP/1.1`))).toEqual({ status: 403, code: 'RR_API_FORBIDDEN' });
  });

  it('is sent away when that right is taken away', async () => {
    let may: string | undefined = 'demo';
    const gatekeeper: LiveServerOptions['gatekeeper'] = {
      admit: async (_, { mesh }) => {
        if (mesh !== may) throw new RerootError('RR_API_FORBIDDEN', 'ann may not read');
        return { name: 'ann', via: 'kubernetes', expiresAtMs: undefined };
      },
    };
    server = await startLive({ gatekeeper, limits: { admitEveryMs: 20 } });
    const follower = await follow(server, { path: '/v1/meshes/demo/live' });
    await follower.hear('the first state', () => true);
    may = undefined;
    expect(await follower.closed()).toMatchObject({ code: 1008, reason: expect.stringContaining('RR_API_FORBIDDEN') });
  });
});

describe('a page of another origin', () => {
  const api = { allowedOrigins: ['https://dash.example.org'], allowedHosts: ['mgmt.example.org'] };
  it.each<[origin: string | undefined, host: string, status: number, code: string | undefined]>([
    [undefined, '127.0.0.1:8480', 101, undefined],
    ['http://127.0.0.1:8480', '127.0.0.1:8480', 101, undefined],
    ['http://localhost:8480', 'localhost:8480', 101, undefined],
    ['https://mgmt.example.org', 'mgmt.example.org', 101, undefined],
    ['https://dash.example.org', '127.0.0.1:8480', 101, undefined],
    ['http://127.0.0.1:8481', '127.0.0.1:8480', 403, 'RR_API_ORIGIN_REFUSED'],
    ['http://localhost:8480', '127.0.0.1:8480', 403, 'RR_API_ORIGIN_REFUSED'],
    ['http://dash.example.org', '127.0.0.1:8480', 403, 'RR_API_ORIGIN_REFUSED'],
    ['https://dash.example.org.evil.example', '127.0.0.1:8480', 403, 'RR_API_ORIGIN_REFUSED'],
    ['https://evil.example', '127.0.0.1:8480', 403, 'RR_API_ORIGIN_REFUSED'],
    ['null', '127.0.0.1:8480', 403, 'RR_API_ORIGIN_REFUSED'],
    ['', '127.0.0.1:8480', 403, 'RR_API_ORIGIN_REFUSED'],
    ['http://evil.example', 'evil.example', 421, 'RR_API_HOST_REFUSED'],
    [undefined, 'evil.example', 421, 'RR_API_HOST_REFUSED'],
  ])('of Origin %s under Host %s is answered %i', async (origin, host, status, code) => {
    server = await startLive({ api });
    const request = requestText({ origin, host });
    if (status === 101) await expect(upgrade(server.port, { origin, host })).resolves.toBeDefined();
    else expect(await problem(request)).toEqual({ status, code });
  });
});

describe('a handshake', () => {
  it.each<[string, string, number, string]>([
    ['without subprotocol', requestText({ 'sec-websocket-protocol': undefined }), 400, 'RR_LIVE_HANDSHAKE_INVALID'],
    [
      'for another version of the stream',
      requestText({ 'sec-websocket-protocol': 'reroot.v9' }),
      400,
      'RR_LIVE_HANDSHAKE_INVALID',
    ],
    [
      'with an empty token',
      requestText({ 'sec-websocket-protocol': 'reroot.v2, reroot.bearer.' }),
      400,
      'RR_LIVE_HANDSHAKE_INVALID',
    ],
    [
      'with a token that is no base64url',
      requestText({ 'sec-websocket-protocol': 'reroot.v2, reroot.bearer.a+b' }),
      400,
      'RR_LIVE_HANDSHAKE_INVALID',
    ],
    [
      'with two tokens',
      requestText({ 'sec-websocket-protocol': `reroot.v2, ${offeredToken}, reroot.bearer.YWJj` }),
      400,
      'RR_LIVE_HANDSHAKE_INVALID',
    ],
    [
      'with a subprotocol twice',
      requestText({ 'sec-websocket-protocol': 'reroot.v2, reroot.v2' }),
      400,
      'RR_LIVE_HANDSHAKE_INVALID',
    ],
    [
      'with a subprotocol that is no name',
      requestText({ 'sec-websocket-protocol': 'reroot.v2, a b' }),
      400,
      'RR_LIVE_HANDSHAKE_INVALID',
    ],
    [
      'of a token without end',
      requestText({ 'sec-websocket-protocol': `reroot.v2, reroot.bearer.${'a'.repeat(13_000)}` }),
      400,
      'RR_LIVE_HANDSHAKE_INVALID',
    ],
    ['without key', requestText({ 'sec-websocket-key': undefined }), 400, 'RR_LIVE_HANDSHAKE_INVALID'],
    ['with a short key', requestText({ 'sec-websocket-key': 'AAAA' }), 400, 'RR_LIVE_HANDSHAKE_INVALID'],
    [
      'of version 8, whose origin stands elsewhere',
      requestText({ 'sec-websocket-version': '8', 'sec-websocket-origin': 'http://evil.example' }),
      400,
      'RR_LIVE_HANDSHAKE_INVALID',
    ],
    ['by POST', requestText({ 'content-length': '0' }, 'POST /v1/live HTTP/1.1'), 400, 'RR_LIVE_HANDSHAKE_INVALID'],
    ['without upgrade', requestText({ upgrade: undefined, connection: 'close' }), 426, 'RR_LIVE_UPGRADE_REQUIRED'],
    ['to HTTP/2', requestText({ upgrade: 'h2c', connection: 'Upgrade, HTTP2-Settings, close' }), 426, 'RR_LIVE_UPGRADE_REQUIRED'],
    [
      'under a path that is not there',
      requestText({ connection: 'Upgrade, close' }, 'GET /v1/life HTTP/1.1'),
      404,
      'RR_API_NOT_FOUND',
    ],
  ])('%s is answered as a request', async (_, request, status, code) => {
    server = await startLive();
    expect(await problem(request)).toEqual({ status, code });
  });

  it.each(['h2c', 'websocket'])('to %s under another path does not keep a request from its answer', async (wanted) => {
    server = await startLive();
    const lines = { upgrade: wanted, connection: 'Upgrade, HTTP2-Settings, close', 'http2-settings': 'AAMAAABkAAQAAP__' };
    const { status, body } = await refused(server.port, requestText(lines, 'GET /v1/meshes HTTP/1.1'));
    expect({ status, body }).toEqual({ status: 200, body: '{"meshes":[]}' });
  });

  it('says which version mgmt speaks, and what a plain request is to do', async () => {
    server = await startLive();
    expect((await refused(server.port, requestText({ 'sec-websocket-version': '7' }))).head).toContain(
      'sec-websocket-version: 13',
    );
    const plain = await refused(server.port, requestText({ upgrade: undefined, connection: 'close' }));
    expect(plain.head).toContain('upgrade: websocket');
  });

  it('of somebody who may not read is refused', async () => {
    const forbid = (): never => {
      throw new RerootError('RR_API_FORBIDDEN', 'bob (oidc) may not read');
    };
    server = await startLive({ gatekeeper: { admit: async () => forbid() } });
    expect(await problem(requestText())).toEqual({ status: 403, code: 'RR_API_FORBIDDEN' });
    expect(server.log.find({ code: 'RR_API_FORBIDDEN' })).toMatchObject({ level: 'warn', address: '127.0.0.1' });
  });

  it('is answered in time when nobody can say whose it is', async () => {
    server = await startLive({ gatekeeper: { admit: () => new Promise(() => undefined) }, limits: { admitWithinMs: 50 } });
    expect(await problem(requestText())).toEqual({ status: 503, code: 'RR_API_ACCESS_UNAVAILABLE' });
  });

  it('asks whose it is for reading everything, with what was shown', async () => {
    const asked: unknown[] = [];
    const admit = async (...given: unknown[]): Promise<Principal> => {
      asked.push(given.slice(0, 2));
      return { name: 'ann', via: 'token', expiresAtMs: undefined };
    };
    server = await startLive({ gatekeeper: { admit } });
    await upgrade(server.port, { 'sec-websocket-protocol': liveProtocols(token).join(',') });
    expect(asked).toEqual([
      [
        {
          authorization: `Bearer ${token}`,
          host: '127.0.0.1',
          origin: undefined,
          certificate: { kind: 'none' },
          remoteAddress: '127.0.0.1',
        },
        { permission: 'read' },
      ],
    ]);
  });

  it('waits in a bounded queue, and one whose client has gone leaves it', async () => {
    const limits = { maxPending: 2, admitWithinMs: 10_000 };
    let waiting = 0;
    const admit = (_presented: unknown, _wanted: unknown, signal: AbortSignal): Promise<Principal> => {
      waiting += 1;
      signal.addEventListener('abort', () => (waiting -= 1));
      return new Promise(() => undefined);
    };
    server = await startLive({ gatekeeper: { admit }, limits });
    const { connect } = await import('node:net');
    const sockets = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')];
    for (const socket of sockets) socket.write(requestText());
    await waitFor(() => waiting === 2, { timeoutMs: 5_000, what: 'two who wait' });
    expect(await problem(requestText())).toEqual({ status: 503, code: 'RR_LIVE_FULL' });
    for (const socket of sockets) socket.resetAndDestroy();
    await waitFor(() => waiting === 0, { timeoutMs: 5_000, what: 'the queue to be empty' });
  });
});

describe('the number of clients', () => {
  it('of one sender is bounded, and a place is free again when one has gone', async () => {
    server = await startLive({ ...withToken, limits: { maxPerPrincipal: 2 } });
    const headers = { authorization: `Bearer ${token}` };
    const [first] = [await follow(server, { headers }), await follow(server, { headers })];
    expect(await problem(requestText(headers))).toEqual({ status: 429, code: 'RR_LIVE_TOO_MANY' });
    first.socket.close();
    await first.closed();
    await waitFor(() => follow(server, { headers }), { timeoutMs: 5_000, what: 'a place' });
  });

  it('in all is bounded, and the log says when it is reached', async () => {
    server = await startLive({ limits: { maxClients: 2 } });
    await follow(server);
    expect(server.log.find({ msg: 'the live stream is full' })).toBeUndefined();
    await follow(server);
    expect(await problem(requestText())).toEqual({ status: 503, code: 'RR_LIVE_FULL' });
    expect(server.log.all({ msg: 'the live stream is full' })).toHaveLength(1);
  });
});
