import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCredentials } from './find-credentials.ts';
import type { OpenKubeApi } from './open-kube-api.ts';
import { type ScriptedApiServer, sendJson, sendStatus, startScriptedApiServer } from './testing/scripted-api-server.ts';

const path = '/api/v1/pods';
const nowhere = { kubeconfig: undefined, context: undefined, environment: {}, serviceAccountDirectory: '/nonexistent' };

let server: ScriptedApiServer;
let signal: AbortSignal;
let directory: string;
const opened: OpenKubeApi[] = [];

beforeAll(async () => {
  server = await startScriptedApiServer();
  return () => server.stop();
});

beforeEach(async () => {
  server.seen.length = 0;
  server.answer((_, response) => sendJson(response, {}));
  signal = AbortSignal.timeout(10_000);
  directory = await mkdtemp(join(tmpdir(), 'reroot-kubeconfig-'));
});

afterEach(async () => {
  for (const api of opened.splice(0)) await api.close();
  await rm(directory, { recursive: true, force: true });
});

/** Writes a kubeconfig with one context, and gives its path. */
async function writeKubeconfig(name: string, user: object, address = server.origin): Promise<string> {
  const file = join(directory, name);
  const cluster = { server: address, 'certificate-authority': server.certificate.cert };
  const config = {
    'current-context': name,
    clusters: [{ name, cluster }],
    users: [{ name, user }],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, JSON.stringify(config));
  return file;
}

async function open(options: Parameters<ScriptedApiServer['open']>[0]): Promise<OpenKubeApi> {
  const api = await server.open(options);
  opened.push(api);
  return api;
}

/** Who the agent was in its last request. */
const shown = (): string | undefined => server.seen.at(-1)?.headers.authorization;

describe('credentials', () => {
  it('are those of the kubeconfig that is named, else of KUBECONFIG, else of the pod, else of the home directory', async () => {
    const named = await writeKubeconfig('named', { token: 'of-the-name' });
    const listed = await writeKubeconfig('listed', { token: 'of-the-list' });
    await writeKubeconfig('.kube/config', { token: 'of-the-home' });
    const port = new URL(server.origin).port;
    const home = { HOME: directory };
    const pod = { ...home, KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: port };

    const users: (string | undefined)[] = [];
    for (const options of [
      { kubeconfig: named, environment: { ...pod, KUBECONFIG: listed } },
      { environment: { ...pod, KUBECONFIG: listed } },
      { environment: pod },
      { environment: home },
    ]) {
      await (await open(options)).get(path, signal);
      users.push(shown());
    }
    expect(users).toEqual(['Bearer of-the-name', 'Bearer of-the-list', 'Bearer token-1', 'Bearer of-the-home']);
  });

  it('that are nowhere are told with where was looked', async () => {
    await expect(findCredentials(nowhere)).rejects.toMatchObject({
      code: 'RR_KUBECONFIG_INVALID',
      message: expect.stringContaining('no kubeconfig is named') as string,
    });
  });
});

describe('a kubeconfig', () => {
  it('of several files is merged, and gives the context that is asked for', async () => {
    const first = await writeKubeconfig('first', { token: 'one' });
    const second = await writeKubeconfig('second', { token: 'two' });
    const environment = { KUBECONFIG: `${first}:${second}` };
    await (await open({ environment })).get(path, signal);
    expect(shown()).toBe('Bearer one');
    await (await open({ environment, context: 'second' })).get(path, signal);
    expect(shown()).toBe('Bearer two');
  });

  it('with a client certificate shows it', async () => {
    const { cert, key } = server.certificate;
    const subjects: unknown[] = [];
    const asking = createSecureServer({
      cert: await readFile(cert),
      key: await readFile(key),
      requestCert: true,
      ca: await readFile(cert),
    });
    asking.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (request.socket instanceof TLSSocket) subjects.push(request.socket.getPeerCertificate().subject);
      sendJson(response, {});
    });
    const user = { 'client-certificate': cert, 'client-key': key };
    const kubeconfig = await writeKubeconfig('certified', user, `https://127.0.0.1:${await listen(asking)}`);
    await (await open({ kubeconfig })).get(path, signal);
    expect(subjects).toMatchObject([{ CN: 'api-server' }]);
    asking.close();
    asking.closeAllConnections();
  });

  it('with a token file beside it reads it for each request, and lets it win over a token', async () => {
    const kubeconfig = await writeKubeconfig('filed', { token: 'of-the-kubeconfig', tokenFile: 'agent.token' });
    const tokenFile = join(directory, 'agent.token');
    const api = await open({ kubeconfig });
    for (const token of ['first', 'second\n']) {
      await writeFile(tokenFile, token);
      await api.get(path, signal);
      expect(shown()).toBe(`Bearer ${token.trim()}`);
    }
    await rm(tokenFile);
    await expect(api.get(path, signal)).rejects.toMatchObject({
      code: 'RR_CLUSTER_UNAUTHENTICATED',
      message: expect.stringContaining(tokenFile) as string,
    });
  });

  it('with a plugin asks it for a token, and again when that is refused', async () => {
    const plugin = await writePlugin(`n=$(cat ${directory}/n 2>/dev/null || echo 0); n=$((n + 1)); echo $n > ${directory}/n
echo '{"kind":"ExecCredential","status":{"token":"try-'$n'"}}'`);
    const kubeconfig = await writeKubeconfig('plugged', { exec: { command: plugin } });
    const api = await open({ kubeconfig });
    await Promise.all([api.get(path, signal), api.get(path, signal)]);
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer try-1', 'Bearer try-1']);
    server.answer(({ headers }, response) =>
      headers.authorization === 'Bearer try-1' ? sendStatus(response, 401) : sendJson(response, {}),
    );
    await api.get(path, signal);
    expect(shown()).toBe('Bearer try-2');
  });

  it.each([
    ['fails', 'echo "the session has ended" >&2; exit 1', 'the session has ended'],
    ['gives something else', 'echo c2VjcmV0', 'its plugin answered with something that is not JSON'],
  ])('with a plugin that %s gives no credentials, and shows none', async (_, script, why) => {
    const kubeconfig = await writeKubeconfig('broken', { exec: { command: await writePlugin(script) } });
    const api = await open({ kubeconfig });
    const error: unknown = await api.get(path, signal).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RR_CLUSTER_UNAUTHENTICATED', place: kubeconfig });
    expect((error as Error).message).toContain(why);
    expect((error as Error).message).not.toContain('c2VjcmV0');
    expect(server.seen).toEqual([]);
  });

  it('that cannot be used is told with its path, and without what stands in it', async () => {
    const broken = join(directory, 'broken');
    await writeFile(broken, 'users: [{name: a, user: {token: c2VjcmV0}');
    const contextless = await writeKubeconfig('contextless', { token: 'c2VjcmV0' });
    const plain = await writeKubeconfig('plain', { token: 'c2VjcmV0' }, 'http://127.0.0.1:1');
    const cases = [
      [{ kubeconfig: join(directory, 'missing') }, 'cannot be read (ENOENT)'],
      [{ kubeconfig: broken }, 'the file is no kubeconfig'],
      [{ kubeconfig: contextless, context: 'other' }, "no cluster for context 'other'"],
      [{ kubeconfig: plain }, 'has no TLS'],
    ] as const;
    for (const [sources, why] of cases) {
      const error = (await findCredentials({ ...nowhere, ...sources }).catch((thrown: unknown) => thrown)) as Error;
      expect(error).toMatchObject({ code: 'RR_KUBECONFIG_INVALID', place: sources.kubeconfig });
      expect(error.message).toContain(why);
      expect(error.message).not.toContain('c2VjcmV0');
    }
  });

  it('may lead to a server without TLS where it says so, under a path of its own', async () => {
    const seen: (string | undefined)[] = [];
    const plain = createServer((request, response) => {
      seen.push(request.url);
      sendJson(response, {});
    });
    const port = await listen(plain);
    const kubeconfig = join(directory, 'gateway');
    const cluster = { server: `http://127.0.0.1:${port}/clusters/one/`, 'insecure-skip-tls-verify': true };
    const context = { cluster: 'a', user: 'a' };
    const config = { 'current-context': 'a', clusters: [{ name: 'a', cluster }], users: [{ name: 'a', user: {} }] };
    await writeFile(kubeconfig, JSON.stringify({ ...config, contexts: [{ name: 'a', context }] }));
    await (await open({ kubeconfig })).get(`${path}?limit=1`, signal);
    expect(seen).toEqual([`/clusters/one${path}?limit=1`]);
    plain.close();
    plain.closeAllConnections();
  });
});

async function listen(listener: Server): Promise<number> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return (listener.address() as { port: number }).port;
}

async function writePlugin(script: string): Promise<string> {
  const file = join(directory, 'plugin.sh');
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o700);
  return file;
}
