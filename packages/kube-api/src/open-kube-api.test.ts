import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createFakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OpenKubeApi } from './open-kube-api.ts';
import { type ScriptedApiServer, sendJson, sendStatus, startScriptedApiServer } from './testing/scripted-api-server.ts';

const pod = '/api/v1/namespaces/default/pods/web';
const secret = { metadata: { name: 'cacerts' } };

let server: ScriptedApiServer;
let api: OpenKubeApi;
let signal: AbortSignal;

beforeAll(async () => {
  server = await startScriptedApiServer();
  return () => server.stop();
});

beforeEach(async () => {
  server.seen.length = 0;
  signal = AbortSignal.timeout(10_000);
  api = await server.open();
});

afterEach(() => api.close());

/** The code that a promise rejects with, and its message. */
async function failureOf(work: Promise<unknown>): Promise<{ code: string; message: string; remedy: string }> {
  const { code, message, remedy } = (await work.catch((error: unknown) => error)) as {
    code: string;
    message: string;
    remedy: string;
  };
  return { code, message, remedy };
}

describe('the Kubernetes API', () => {
  it('is asked with the token of the service account, as JSON, under the name of the agent', async () => {
    server.answer((_, response) => sendJson(response, secret));
    expect(await api.get(pod, signal)).toEqual(secret);
    expect(server.seen).toMatchObject([{ method: 'GET', path: pod }]);
    expect(server.seen[0]?.headers).toMatchObject({
      accept: 'application/json',
      authorization: 'Bearer token-1',
      'user-agent': expect.stringMatching(/^reroot-agent\//),
    });
  });

  it('tells an object that is not there from one that cannot be read', async () => {
    server.answer((_, response) => sendStatus(response, 404, { message: 'pods "web" not found' }));
    expect(await api.find(pod, signal)).toBeUndefined();
    expect(await failureOf(api.get(pod, signal))).toMatchObject({ code: 'RR_OBJECT_NOT_FOUND' });
    server.answer((_, response) => sendStatus(response, 403));
    expect(await failureOf(api.find(pod, signal))).toMatchObject({ code: 'RR_CLUSTER_FORBIDDEN' });
  });

  it('asks for the metadata alone where that is enough', async () => {
    server.answer((_, response) => sendJson(response, secret));
    await api.get(pod, signal);
    await api.get(pod, signal, 'metadata');
    await api.get(pod, signal, 'metadata-of-each');
    const kinds = server.seen.map(({ headers }) => /as=(\w+)/.exec(headers.accept ?? '')?.[1]);
    expect(kinds).toEqual([undefined, 'PartialObjectMetadata', 'PartialObjectMetadataList']);
  });

  it('is written to by merge patch, create and replace, all under the name of the field manager', async () => {
    server.answer((_, response) => sendJson(response, secret));
    await api.mergePatch('/patch?dryRun=All', secret, signal);
    await api.create('/create', secret, signal);
    await api.replace('/replace', secret, signal);
    expect(server.seen.map(({ method, path, headers }) => [method, path, headers['content-type']])).toEqual([
      ['PATCH', '/patch?dryRun=All&fieldManager=reroot-agent', 'application/merge-patch+json'],
      ['POST', '/create?fieldManager=reroot-agent', 'application/json'],
      ['PUT', '/replace?fieldManager=reroot-agent', 'application/json'],
    ]);
    expect(server.seen.map(({ body }) => JSON.parse(body) as unknown)).toEqual(server.seen.map(() => secret));
  });

  it('deletes, also only what is still as it was', async () => {
    server.answer((_, response) => sendJson(response, { kind: 'Status', status: 'Success' }));
    await api.delete(pod, undefined, signal);
    await api.delete(pod, { resourceVersion: '7' }, signal);
    const options = { apiVersion: 'v1', kind: 'DeleteOptions' };
    expect(server.seen.map(({ method, path, body }) => [method, path, JSON.parse(body) as unknown])).toEqual([
      ['DELETE', pod, options],
      ['DELETE', pod, { ...options, preconditions: { resourceVersion: '7' } }],
    ]);
    server.answer((_, response) => sendStatus(response, 404));
    expect(await failureOf(api.delete(pod, undefined, signal))).toMatchObject({ code: 'RR_OBJECT_NOT_FOUND' });
  });

  it('sends no write twice whose answer was cut, on whatever connection it went out', async () => {
    server.answer((request, response) => {
      if (request.method === 'PUT') response.destroy();
      else sendJson(response, secret);
    });
    // More than there are connections: the write gets one from a request that has just ended.
    const reads = Array.from({ length: 8 }, () => api.get(pod, signal));
    const write = failureOf(api.replace(pod, secret, signal));
    await Promise.all(reads);
    expect(await write).toMatchObject({
      code: 'RR_CLUSTER_UNREACHABLE',
      message: expect.stringContaining('broke the connection'),
    });
    expect(server.seen.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('keeps few connections, and uses them again', async () => {
    server.answer((_, response) => sendJson(response, secret));
    let connections = 0;
    server.server.on('secureConnection', () => {
      connections += 1;
    });
    await Promise.all(Array.from({ length: 40 }, () => api.get(pod, signal)));
    await api.get(pod, signal);
    expect(connections).toBeLessThanOrEqual(8);
  });
});

describe('a token', () => {
  it('that was replaced is used from the next request on', async () => {
    server.answer((_, response) => sendJson(response, secret));
    await server.writeToken('token-2\n');
    await api.get(pod, signal);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-2']);
  });

  it('that is refused is read anew, once, and the request sent again with it', async () => {
    await server.writeToken('old');
    server.answer(({ headers }, response) => {
      if (headers.authorization === 'Bearer new') {
        sendJson(response, secret);
        return;
      }
      void server.writeToken('new').then(() => sendStatus(response, 401));
    });
    expect(await api.mergePatch(pod, secret, signal)).toEqual(secret);
    expect(server.seen).toHaveLength(2);
  });

  it('that goes on being refused is told without being shown', async () => {
    await server.writeToken('token-of-nobody');
    server.answer((_, response) => sendStatus(response, 401, { message: 'Unauthorized' }));
    const failure = await failureOf(api.get(pod, signal));
    expect(failure).toMatchObject({ code: 'RR_CLUSTER_UNAUTHENTICATED', message: `GET ${pod}: Unauthorized` });
    expect(server.seen).toHaveLength(2);
  });

  it('whose file is gone is told with the path', async () => {
    const lost = await server.open({ kubeconfig: undefined });
    await promisify(execFile)('mv', [join(server.directory, 'token'), join(server.directory, 'moved')]);
    const error: unknown = await lost.get(pod, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RR_CLUSTER_UNAUTHENTICATED', place: join(server.directory, 'token') });
    await server.writeToken('token-1');
    await lost.close();
  });
});

describe('an API server in trouble', () => {
  it('that is busy is asked again after the time it names, with a write too', async () => {
    let refusals = 2;
    const times: number[] = [];
    server.answer((_, response) => {
      times.push(performance.now());
      if (refusals-- > 0) {
        sendStatus(response, 429, {}, { 'retry-after': '1' });
        return;
      }
      sendJson(response, secret);
    });
    expect(await api.mergePatch(pod, secret, signal)).toEqual(secret);
    const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(waits).toHaveLength(2);
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(1_000);
  });

  it('that is busy for longer than the deadline is told at once', async () => {
    server.answer((_, response) => sendStatus(response, 429, { message: 'too many requests' }, { 'retry-after': '60' }));
    expect(await failureOf(api.get(pod, signal))).toMatchObject({ code: 'RR_CLUSTER_THROTTLED' });
    expect(server.seen).toHaveLength(1);
  });

  it('is asked again when it cuts the answer to a read, and not when it cuts that to a write', async () => {
    server.answer(({ method }, response) => {
      if (method === 'GET' && server.seen.length > 1) {
        sendJson(response, secret);
        return;
      }
      response.writeHead(200, { 'content-length': '1000' }).write('{"metadata":');
      setImmediate(() => response.destroy());
    });
    expect(await api.get(pod, signal)).toEqual(secret);
    expect(server.seen).toHaveLength(2);
    expect(await failureOf(api.create(pod, secret, signal))).toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE' });
    expect(server.seen).toHaveLength(3);
  });

  it('is asked again when it fails a read, and not when it fails a write', async () => {
    server.answer(({ method }, response) => {
      if (method === 'GET' && server.seen.length > 2) {
        sendJson(response, secret);
        return;
      }
      sendStatus(response, 500, { message: 'etcdserver: leader changed' });
    });
    expect(await api.get(pod, signal)).toEqual(secret);
    expect(server.seen).toHaveLength(3);
    const failure = await failureOf(api.mergePatch(pod, secret, signal));
    expect(failure).toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE', message: `PATCH ${pod}: etcdserver: leader changed` });
    expect(server.seen).toHaveLength(4);
  });

  it('that does not answer is given up at the deadline, and the connection with it', async () => {
    const fake = createFakeClock(0);
    const hasty = await server.open({ clock: fake, requestTimeoutMs: 300 });
    let closed = false;
    server.answer((_, response) => {
      fake.advance(300);
      response.once('close', () => {
        closed = true;
      });
    });
    const failure = await failureOf(hasty.get(pod, signal));
    expect(failure).toEqual({
      code: 'RR_CLUSTER_UNREACHABLE',
      message: `GET ${pod}: ${server.origin} did not answer within 300 ms`,
      remedy: expect.any(String) as string,
    });
    await waitFor(() => closed, { timeoutMs: 5_000, what: 'the connection to be cut' });
    await hasty.close();
  });

  it('answers nothing once the signal has aborted, which is the reason then', async () => {
    const caller = new AbortController();
    const reason = new Error('enough');
    server.answer(() => caller.abort(reason));
    await expect(api.get(pod, caller.signal)).rejects.toBe(reason);
    await expect(api.get(pod, caller.signal)).rejects.toBe(reason);
    expect(server.seen).toHaveLength(1);
  });

  it.each(['<html>', '', 'null', '{"metadata":'])(
    'that answers %j is told as no API server, without a word of the answer',
    async (text) => {
      server.answer((_, response) => response.end(text));
      const failure = await failureOf(api.get(pod, signal));
      expect(failure).toMatchObject({
        code: 'RR_CLUSTER_UNREACHABLE',
        message: `GET ${pod}: the answer is no object of Kubernetes`,
      });
    },
  );
});

describe('an API server that cannot be reached', () => {
  it('is told with its address', async () => {
    const gone = await startScriptedApiServer();
    const orphan = await gone.open();
    gone.server.close();
    gone.cut();
    const failure = await failureOf(orphan.mergePatch(pod, secret, signal));
    expect(failure).toMatchObject({
      code: 'RR_CLUSTER_UNREACHABLE',
      message: `PATCH ${pod}: ${gone.origin} cannot be reached (ECONNREFUSED)`,
    });
    await orphan.close();
    await gone.stop();
  });

  it('for its certificate is told as that, and is not asked again', async () => {
    const other = await startScriptedApiServer();
    const mistaken = await server.open({ serviceAccountDirectory: other.directory });
    const failure = await failureOf(mistaken.get(pod, signal));
    expect(failure).toMatchObject({
      code: 'RR_CLUSTER_UNREACHABLE',
      message: expect.stringContaining(`TLS with ${server.origin} failed: `) as string,
      remedy: expect.stringContaining('ca.crt') as string,
    });
    expect(server.seen).toEqual([]);
    await mistaken.close();
    await other.stop();
  });
});
