import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../clock/index.ts';
import { type ApiClient, type ApiClientOptions, createApiClient } from './client.ts';

const status = { mesh: 'demo', verdict: { passed: true }, clusters: [] };
const act = { by: 'ana', why: 'its rack is being moved' };
const signal = AbortSignal.timeout(10_000);
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe('the API client', () => {
  it('sends the token and the document, and gives the status back', async () => {
    let seen: { method?: string; url?: string; type?: string; token?: string; body?: string } = {};
    const client = await clientOf(
      (request, response) => {
        const { method, url, headers } = request;
        void bodyOf(request).then((body) => {
          seen = { method: method!, url: url!, type: headers['content-type']!, token: headers.authorization!, body };
          answer(response, 201, status);
        });
      },
      { token: 'sesame' },
    );
    expect(await client.applyMesh('demo', 'kind: VirtualMesh', signal)).toEqual(status);
    expect(seen).toEqual({
      method: 'PUT',
      url: '/v1/meshes/demo',
      type: 'application/yaml',
      token: 'Bearer sesame',
      body: 'kind: VirtualMesh',
    });
  });

  it.each([
    [
      'an abort',
      'abort',
      { rotationId: 'r-1', ...act },
      (client) => client.abortRotation('demo', { rotationId: 'r-1', ...act }, signal),
    ],
    ['an exclusion', 'clusters/east/exclude', act, (client) => client.excludeCluster('demo', 'east', act, signal)],
    ['an inclusion', 'clusters/east/include', act, (client) => client.includeCluster('demo', 'east', act, signal)],
    [
      'a start towards a known root',
      'rotations',
      { by: 'ana', targetRoot: 'a'.repeat(64) },
      (client) => client.startRotation('demo', { by: 'ana', targetRoot: 'a'.repeat(64) }, signal),
    ],
  ] as [string, string, object, (client: ApiClient) => Promise<unknown>][])(
    'sends %s to its path',
    async (_, path, sent, ask) => {
      const seen: unknown[] = [];
      const client = await clientOf((request, response) => {
        void bodyOf(request).then((body) => {
          seen.push({ method: request.method, url: request.url, body: JSON.parse(body) });
          answer(response, 200, status);
        });
      });
      expect(await ask(client)).toEqual(status);
      expect(seen).toEqual([{ method: 'POST', url: `/v1/meshes/demo/${path}`, body: sent }]);
    },
  );

  it('sends a POST once more whose connection broke before it was answered, with the same key', async () => {
    const keys: unknown[] = [];
    const client = await clientOf((request, response) => {
      keys.push(request.headers['idempotency-key']);
      if (keys.length % 2 === 1) request.socket.destroy();
      else answer(response, 200, status);
    });
    expect(await client.excludeCluster('demo', 'east', act, signal)).toEqual(status);
    expect(await client.excludeCluster('demo', 'east', act, signal)).toEqual(status);
    expect(keys).toHaveLength(4);
    expect(keys[0]).toMatch(/^"[0-9a-f]{32}"$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it.each([
    ['a POST that fails twice', 2, (client) => client.excludeCluster('demo', 'east', act, signal)],
    ['what is no POST', 1, (client) => client.readMesh('demo', signal)],
  ] as [string, number, (client: ApiClient) => Promise<unknown>][])('gives up on %s', async (_, times, ask) => {
    const keys: unknown[] = [];
    const client = await clientOf((request) => {
      keys.push(request.headers['idempotency-key']);
      request.socket.destroy();
    });
    await expect(ask(client)).rejects.toMatchObject({ code: 'RR_API_UNREACHABLE' });
    expect(keys).toHaveLength(times);
    expect(new Set(keys).size).toBe(1);
  });

  it('does not send a POST again that was refused, or was not answered in time', async () => {
    let asked = 0;
    const client = await clientOf(
      (_, response) => {
        asked += 1;
        if (asked === 1) answer(response, 503, { code: 'RR_API_NOT_READY', detail: 'no bus', remedy: 'wait' });
      },
      { timeoutMs: 200 },
    );
    await expect(client.excludeCluster('demo', 'east', act, signal)).rejects.toMatchObject({ code: 'RR_API_NOT_READY' });
    await expect(client.excludeCluster('demo', 'east', act, signal)).rejects.toMatchObject({ code: 'RR_API_UNREACHABLE' });
    expect(asked).toBe(2);
  });

  it('reads every page of the meshes, and asks a mgmt that knows none as it always did', async () => {
    const asked: unknown[] = [];
    const client = await clientOf((request, response) => {
      asked.push(request.url);
      const more = asked.length === 1 ? { nextCursor: 'a+b' } : {};
      answer(response, 200, { meshes: [{ ...status, mesh: `demo-${asked.length}` }], ...more });
    });
    expect((await client.listMeshes(signal)).map(({ mesh }) => mesh)).toEqual(['demo-1', 'demo-2']);
    expect(asked).toEqual(['/v1/meshes', '/v1/meshes?limit=1000&cursor=a%2Bb']);
  });

  describe('that has a clock', () => {
    const later = { code: 'RR_API_RATE_LIMITED', detail: 'too many', remedy: 'wait' };
    /** Sleeps take no time, and are written down. */
    const restless = (): { readonly clock: Clock; readonly slept: number[] } => {
      const slept: number[] = [];
      const now = (): number => slept.reduce((sum, ms) => sum + ms, 0);
      return { slept, clock: { now, sleep: async (ms) => void slept.push(ms) } };
    };
    const refusing = (response: ServerResponse, code: number, retryAfter: string): void => {
      response.setHeader('retry-after', retryAfter);
      answer(response, code, later);
    };

    it.each([429, 503])('waits as long as a %i asks for, and reads then', async (code) => {
      const { clock, slept } = restless();
      let asked = 0;
      const client = await clientOf(
        (_, response) => {
          asked += 1;
          if (asked < 3) refusing(response, code, String(asked));
          else answer(response, 200, status);
        },
        { clock },
      );
      expect(await client.readMesh('demo', signal)).toEqual(status);
      expect(slept).toEqual([1_000, 2_000]);
    });

    it.each([
      ['beyond its deadline', '60', 1],
      ['at a date', 'Fri, 31 Dec 2027 23:59:59 GMT', 1],
      ['without an end', '1', 6],
    ])('is refused where it is asked to come %s', async (_, retryAfter, times) => {
      const { clock } = restless();
      let asked = 0;
      const client = await clientOf(
        (_request, response) => {
          asked += 1;
          refusing(response, 429, retryAfter);
        },
        { clock },
      );
      await expect(client.readMesh('demo', signal)).rejects.toMatchObject({ code: 'RR_API_RATE_LIMITED' });
      expect(asked).toBe(times);
    });

    it('sends no act again by itself', async () => {
      const { clock, slept } = restless();
      const client = await clientOf((_, response) => refusing(response, 429, '1'), { clock });
      await expect(client.excludeCluster('demo', 'east', act, signal)).rejects.toMatchObject({ code: 'RR_API_RATE_LIMITED' });
      expect(slept).toEqual([]);
    });

    it('stops waiting when the caller gives up', async () => {
      const client = await clientOf((_, response) => refusing(response, 429, '5'), { clock: systemClock });
      const controller = new AbortController();
      const asked = client.readMesh('demo', controller.signal);
      controller.abort(new Error('enough'));
      await expect(asked).rejects.toThrow('enough');
    });
  });

  it('turns a problem document into the coded error with its own remedy and place', async () => {
    const client = await clientOf((_, response) => {
      answer(response, 409, { code: 'RR_APPROVAL_STALE', detail: 'for generation 2', remedy: 'look again', place: 'generation' });
    });
    await expect(client.readMesh('demo', signal)).rejects.toMatchObject({
      code: 'RR_APPROVAL_STALE',
      message: 'for generation 2',
      remedy: 'look again',
      place: 'generation',
    });
  });

  it('keeps the words of a code that it does not know', async () => {
    const client = await clientOf((_, response) => {
      answer(response, 418, { code: 'RR_FROM_LATER', detail: 'something new', remedy: 'upgrade' });
    });
    await expect(client.readMesh('demo', signal)).rejects.toMatchObject({
      code: 'RR_API_UNEXPECTED',
      message: 'RR_FROM_LATER: something new',
      remedy: 'upgrade',
    });
  });

  it.each([
    ['HTML', 200, '<html>'],
    ['JSON of another kind', 200, '{"hello":1}'],
    ['an error without a problem document', 500, 'oops'],
  ])('does not take %s for an answer of mgmt', async (_, code, text) => {
    const client = await clientOf((_request, response) => {
      response.writeHead(code).end(text);
    });
    await expect(client.readMesh('demo', signal)).rejects.toMatchObject({ code: 'RR_API_UNEXPECTED' });
  });

  it.each([401, 403, 429])('does not take the %i of a proxy for a word of mgmt', async (code) => {
    const client = await clientOf((_, response) => {
      response.writeHead(code).end('<html>');
    });
    await expect(client.readMesh('demo', signal)).rejects.toMatchObject({
      code: 'RR_API_UNEXPECTED',
      remedy: expect.stringContaining('proxy'),
    });
  });

  it('gives up on a server that does not answer in time', async () => {
    const client = await clientOf(() => undefined, { timeoutMs: 50 });
    await expect(client.listMeshes(signal)).rejects.toMatchObject({
      code: 'RR_API_UNREACHABLE',
      message: /no answer within 0.05 s/,
    });
  });

  it('gives up on an answer whose body never ends', async () => {
    const client = await clientOf(
      (_, response) => {
        response.writeHead(200).write('{"meshes":');
      },
      { timeoutMs: 50 },
    );
    await expect(client.listMeshes(signal)).rejects.toMatchObject({ code: 'RR_API_UNREACHABLE' });
  });

  it('says why nothing can be reached', async () => {
    const client = createApiClient({ server: 'http://127.0.0.1:1' });
    await expect(client.listMeshes(signal)).rejects.toMatchObject({ code: 'RR_API_UNREACHABLE' });
  });

  it('does not follow a redirect, which would carry the token elsewhere', async () => {
    let asked = 0;
    const client = await clientOf(
      (_, response) => {
        asked += 1;
        response.writeHead(307, { location: '/elsewhere' }).end();
      },
      { token: 'sesame' },
    );
    await expect(client.readMesh('demo', signal)).rejects.toMatchObject({ code: 'RR_API_UNREACHABLE' });
    expect(asked).toBe(1);
  });

  it('rejects with the reason of the signal when the caller gives up', async () => {
    const client = await clientOf(() => undefined);
    const controller = new AbortController();
    const asked = client.listMeshes(controller.signal);
    controller.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
  });

  it.each(['127.0.0.1:8480', 'ftp://host', 'http://user:secret@host', ''])(
    'refuses the address %j without repeating it',
    (server) => {
      expect(() => createApiClient({ server })).toThrow(expect.objectContaining({ code: 'RR_OPTION_INVALID' }));
      expect(() => createApiClient({ server })).not.toThrow(/secret/);
    },
  );
});

async function clientOf(
  handler: (request: IncomingMessage, response: ServerResponse) => void,
  options: Partial<ApiClientOptions> = {},
): Promise<ReturnType<typeof createApiClient>> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return createApiClient({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ...options });
}

function answer(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
