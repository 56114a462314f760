import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JsonServer, serveJson } from '../testing/serve-json.ts';
import { createAskHost } from './ask-host.ts';

let server: JsonServer;
let dir: string;
beforeEach(async () => {
  server = await serveJson({ verdict: 'pass' });
  dir = await mkdtemp(join(tmpdir(), 'reroot-ask-'));
});
afterEach(async () => {
  await server.stop();
  await rm(dir, { recursive: true });
});

const { signal } = new AbortController();
const ask = (changes: { path?: string; json?: string; timeoutMs?: number; hosts?: Parameters<typeof createAskHost>[0] } = {}) =>
  createAskHost(changes.hosts ?? [{ origin: server.url }])({
    kind: changes.json === undefined ? 'prometheus' : 'webhook',
    ...{ url: new URL(changes.path ?? '/gate', server.url), timeoutMs: changes.timeoutMs ?? 5_000, signal },
    ...(changes.json === undefined ? {} : { json: changes.json }),
  });

describe('asking another system', () => {
  it('posts JSON, or reads, and gives the JSON that comes back', async () => {
    expect(await ask({ json: '{"mesh":"demo"}' })).toEqual({ verdict: 'pass' });
    expect(await ask({ path: '/api/v1/query?query=up' })).toEqual({ verdict: 'pass' });
    expect(server.asked).toMatchObject([
      { method: 'POST', body: '{"mesh":"demo"}', headers: { 'content-type': 'application/json' } },
      { method: 'GET', body: '' },
    ]);
    expect(server.asked[0]?.headers.authorization).toBeUndefined();
  });

  it('sends the token of this origin, as it is in its file now', async () => {
    const tokenFile = join(dir, 'token');
    const hosts = [{ origin: server.url, tokenFile }];
    for (const token of ['first', 'second']) {
      await writeFile(tokenFile, `${token}\n`);
      await ask({ hosts });
    }
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second']);
  });

  it('sends a token to what its entry allows alone: its path, and its kind', async () => {
    const [mine, wide] = [join(dir, 'mine'), join(dir, 'wide')];
    await Promise.all([writeFile(mine, 'mine'), writeFile(wide, 'wide')]);
    const hosts = [
      { origin: server.url, kind: 'prometheus', tokenFile: wide } as const,
      { origin: server.url, path: '/teams/mesh', tokenFile: mine },
    ];
    await ask({ hosts, path: '/teams/mesh/gate', json: '{}' });
    await ask({ hosts, path: '/teams/meshed/api/v1/query' });
    for (const path of ['/teams/meshed', '/teams/mesh/../other', '/teams/mesh/%2e%2e/other', '/teams/mesh/..%2fother', '/gate'])
      await expect(ask({ hosts, path, json: '{}' })).rejects.toMatchObject({ code: 'RR_CHECK_UNAVAILABLE' });
    expect(server.asked.map(({ url, headers }) => [url.pathname, headers.authorization])).toEqual([
      ['/teams/mesh/gate', 'Bearer mine'],
      ['/teams/meshed/api/v1/query', 'Bearer wide'],
    ]);
  });

  it('asks nobody whom the configuration does not name', async () => {
    const other = 'http://127.0.0.1:1';
    await expect(ask({ hosts: [{ origin: other }] })).rejects.toMatchObject({
      code: 'RR_CHECK_UNAVAILABLE',
      message: expect.stringContaining('does not allow it'),
    });
    expect(server.asked).toEqual([]);
  });

  it('follows no redirect', async () => {
    const elsewhere = await serveJson({ verdict: 'pass' });
    server.answer = { status: 307, body: '{}', location: elsewhere.url };
    await expect(ask({ json: '{}' })).rejects.toMatchObject({ message: expect.stringContaining('status 307') });
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.stop();
  });

  it.each([
    ['a status other than 200', { status: 500, body: '{}' } as const, 'status 500'],
    ['an answer that is no JSON', { body: 'token=secret' } as const, 'its answer is not JSON'],
    ['an answer that is too large', { body: `"${'x'.repeat(70_000)}"` } as const, 'exceeds 65536 bytes'],
    ['no answer in time', 'silent' as const, 'no answer within 0.2 s'],
  ])('has no use for %s', async (_, answer, words) => {
    server.answer = answer;
    const error: unknown = await ask({ timeoutMs: 200 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RR_CHECK_UNAVAILABLE', message: expect.stringContaining(words) });
    expect(String(error)).not.toContain('secret');
  });

  it('says nothing of a token that cannot be sent', async () => {
    const tokenFile = join(dir, 'token');
    await writeFile(tokenFile, 'secret\nwith a second line');
    const error: unknown = await ask({ hosts: [{ origin: server.url, tokenFile }] }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RR_CHECK_UNAVAILABLE', message: expect.stringContaining('the token cannot be sent') });
    expect(String(error)).not.toContain('secret');
  });

  it('ends with its signal', async () => {
    server.answer = 'silent';
    const leaving = new AbortController();
    const asking = createAskHost([{ origin: server.url }])({
      kind: 'webhook',
      url: new URL(server.url),
      timeoutMs: 60_000,
      signal: leaving.signal,
    });
    const reason = new Error('enough');
    leaving.abort(reason);
    await expect(asking).rejects.toBe(reason);
  });
});
