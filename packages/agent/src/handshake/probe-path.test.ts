import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type TlsOptions } from 'node:tls';
import { systemClock } from '@reroot/shared/clock';
import type { Credential } from '@reroot/shared/handshake';
import type { PathProbeResult } from '@reroot/shared/protocol';
import { freePort, type HandshakeAuthority, makeHandshakeAuthority, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { probePath } from './probe-path.ts';

/** Of the system, as in other tests that want a second opinion. */
const program = 'openssl';

let a: HandshakeAuthority;
let b: HandshakeAuthority;
let servers: Server[] = [];
let sockets = new Set<Socket>();
beforeAll(async () => {
  [a, b] = await Promise.all([makeHandshakeAuthority('root A', Date.now()), makeHandshakeAuthority('root B', Date.now())]);
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  [servers, sockets] = [[], new Set()];
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function gateway(credential: Credential, options: TlsOptions = {}): Promise<number> {
  const { privateKeyPem, chainPem, bundlePem } = credential;
  const server = createServer({
    key: privateKeyPem,
    cert: chainPem,
    ca: bundlePem,
    requestCert: true,
    rejectUnauthorized: false,
    ...options,
  });
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', (socket) => socket.on('error', () => undefined));
  return listen(server);
}

async function probe(port: number, credential: Credential, signal = new AbortController().signal): Promise<PathProbeResult> {
  const named = { serverName: 'outbound_.80_._.web.shop.svc.cluster.local', trustDomain: 'cluster.local' };
  return probePath({ host: '127.0.0.1', port }, credential, named, systemClock, signal);
}

describe('a probe of a path', () => {
  it('trusts a gateway of the mesh by its SPIFFE identity, whatever name was asked for', async () => {
    const [served, own] = [await a.credential([a]), await a.credential([a])];
    const result = await probe(await gateway(served), own);
    expect(result).toMatchObject({
      ...{ state: 'trusted', presented: own.presented, failure: undefined, refusedBy: undefined },
      peerIdentity: 'spiffe://cluster.local/ns/istio-system/sa/reroot-agent',
    });
    expect(result.peerChain[0]).toBe(served.presented.chain[0]);
  });

  it('refuses a gateway of another root, and one of another trust domain', async () => {
    const own = await a.credential([a]);
    expect(await probe(await gateway(await b.credential([a])), own)).toMatchObject({
      ...{ state: 'refused', refusedBy: 'agent', failure: { alert: 48 } },
    });
    const stranger = await a.credential([a], { uri: 'spiffe://other/ns/a/sa/b' });
    expect(await probe(await gateway(stranger), own)).toMatchObject({
      ...{ state: 'refused', refusedBy: 'agent', failure: { reason: 'WRONG_TRUST_DOMAIN' } },
    });
  });

  it('fails, and refuses nobody, where nobody answers, or not with TLS 1.3', async () => {
    const own = await a.credential([a]);
    const closed = await gateway(own);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await probe(closed, own)).toMatchObject({ state: 'failed', failure: { reason: 'ECONNREFUSED' }, peerChain: [] });
    const old = await gateway(own, { maxVersion: 'TLSv1.2' });
    expect(await probe(old, own)).toMatchObject({ state: 'failed', refusedBy: undefined });
    const plain = await listen(createPlainServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await probe(plain, own)).toMatchObject({ state: 'failed' });
  });

  it('is refused by a server that sends an alert about its certificate', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'reroot-probe-'));
    const served = await a.credential([a]);
    const file = async (name: string, content: string): Promise<string> => {
      await writeFile(join(dir, name), content);
      return join(dir, name);
    };
    const chain = await file('chain.pem', served.chainPem);
    const port = await freePort();
    // Node completes the handshake before it looks at the certificate, and sends no alert; Envoy does, as openssl does.
    const openssl = spawn(program, [
      ...['s_server', '-accept', `127.0.0.1:${port}`, '-tls1_3', '-Verify', '3', '-verify_return_error', '-quiet'],
      ...['-key', await file('key.pem', served.privateKeyPem), '-cert', chain, '-cert_chain', chain],
      ...['-CAfile', await file('bundle.pem', served.bundlePem)],
    ]);
    const gone = once(openssl, 'exit');
    try {
      const good = await a.credential([a]);
      const open = async (): Promise<boolean> => (await probe(port, good)).state === 'trusted';
      await waitFor(open, { timeoutMs: 10_000, what: 'the server' });
      expect(await probe(port, await b.credential([a]))).toMatchObject({
        ...{ state: 'refused', refusedBy: 'peer', failure: { alert: 48, reason: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' } },
      });
      const expired = await a.credential([a], { fromMs: -7_200_000, untilMs: -3_600_000 });
      expect(await probe(port, expired)).toMatchObject({ state: 'refused', refusedBy: 'peer', failure: { alert: 45 } });
    } finally {
      openssl.kill();
      await gone;
      await rm(dir, { recursive: true });
    }
  });

  it('ends with its signal', async () => {
    const silent = await listen(createPlainServer((socket) => socket.on('error', () => undefined)));
    const stop = new AbortController();
    const probing = probe(silent, await a.credential([a]), stop.signal);
    stop.abort(new Error('the agent stops'));
    await expect(probing).rejects.toThrow('the agent stops');
  });
});
