import { type OpenKubeApi, openKubeApi } from '@reroot/kube-api';
import { systemClock } from '@reroot/shared/clock';
import { createLogger } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCa } from '../../testing/ca.ts';
import { type Forward, forwardTo, type PodApiServer, sendPreamble, startPodApiServer } from '../testing/pod-api-server.ts';
import {
  envoyAnswer,
  type Identity,
  issueIdentity,
  type ProxyAdmin,
  sidecarPod,
  startProxyAdmin,
} from '../testing/proxy-admin.ts';
import { reduceProxyPod } from './proxy-pod.ts';
import { createReadProxy, type ReadResult } from './read-proxy.ts';

const log = createLogger({ level: 'silent', name: 'test' });
const signal = new AbortController().signal;
const ports = { sidecarAdminPort: 15_000, ztunnelAdminPort: 15_000 };
const unreachable = { kind: 'unread', why: 'unreachable' };
const unsupported = { kind: 'unread', why: 'unsupported' };

describe('reading a proxy through its port forward', () => {
  let server: PodApiServer;
  let admin: ProxyAdmin;
  let api: OpenKubeApi;
  let identity: Identity;

  beforeAll(async () => {
    identity = await issueIdentity(await createCa('root', systemClock.now()));
  });
  beforeEach(async () => {
    server = await startPodApiServer();
    admin = await startProxyAdmin(envoyAnswer(identity));
    api = await openKubeApi({
      program: { name: 'test', version: '0' },
      kubeconfig: server.kubeconfig,
      clock: systemClock,
      random: () => 0,
      log,
    });
  });
  afterEach(async () => {
    await api.close();
    await Promise.all([server.close(), admin.close()]);
  });
  afterAll(() => {
    expect(identity.certChain).not.toContain('PRIVATE');
  });

  const reader = (evidence: 'port-forward' | 'none' = 'port-forward', readTimeoutMs = 3_000) =>
    createReadProxy({ api, config: { evidence, readTimeoutMs }, clock: systemClock, log });
  const pod = sidecarPod('shop', 'web-1');
  const read = async (forward: Forward, readProxy = reader(), of = pod): Promise<ReadResult> => {
    server.putPod(of, forward);
    return readProxy(reduceProxyPod(of, ports)!, signal);
  };
  const held = { kind: 'read' as const, held: [] as object[] };

  it('gives the chain and the roots that an Envoy holds, and asks for nothing else', async () => {
    expect(await read(forwardTo(admin.port))).toEqual({ ...held, held: [{ identity: undefined, ...identity }] });
    expect(admin.paths).toHaveLength(1);
    expect(admin.paths[0]).toContain('resource=dynamic_active_secrets');
    expect(admin.paths[0]).not.toContain('private_key');
  });

  it('gives the same when it comes byte by byte', async () => {
    expect(await read(forwardTo(admin.port, 1))).toEqual({ ...held, held: [{ identity: undefined, ...identity }] });
  });

  it('bears empty messages, and a preamble in pieces', async () => {
    const answer = `HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${envoyAnswer(identity)}`;
    const inPieces: Forward = (socket, port) => {
      const pieces = [
        [0],
        [0, port % 256],
        [1],
        [1, port % 256, port >> 8],
        [0],
        [0, port >> 8],
        [0],
        [0, ...Buffer.from(answer)],
      ];
      for (const piece of pieces) socket.send(Buffer.from(piece));
      socket.close();
    };
    expect(await read(inPieces)).toEqual({ ...held, held: [{ identity: undefined, ...identity }] });
  });

  it('gives nothing for an Envoy that holds nothing yet', async () => {
    admin.answer.body = '{}';
    expect(await read(forwardTo(admin.port))).toEqual({ ...held, held: [{ identity: undefined, certChain: '', rootCert: '' }] });
  });

  it('asks a ztunnel for all that it knows', async () => {
    const pem = (text: string): object[] =>
      (text.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? []).map((each) => ({
        pem: Buffer.from(each).toString('base64'),
      }));
    admin.answer.body = JSON.stringify({
      certificates: [
        {
          identity: 'spiffe://td/ns/a/sa/b',
          state: 'Available',
          certChain: pem(identity.certChain),
          rootCerts: pem(identity.rootCert),
        },
      ],
    });
    const ztunnel = { ...pod, metadata: { ...pod.metadata, labels: { app: 'ztunnel' } } };
    expect(await read(forwardTo(admin.port), reader(), ztunnel)).toEqual({
      ...held,
      held: [{ identity: 'ns/a/sa/b', ...identity }],
    });
    expect(admin.paths).toEqual(['/config_dump']);
  });

  it('finds a proxy unreachable whose port nobody listens on', async () => {
    await admin.close();
    expect(await read(forwardTo(admin.port))).toEqual(unreachable);
    admin = await startProxyAdmin();
  });

  it.each<[string, Forward]>([
    ['whose pod is gone', 404],
    ['whose kubelet fails', 500],
    ['whose pod is on no node yet', 400],
    [
      'that cannot answer now',
      (socket, port) => {
        sendPreamble(socket, port);
        socket.send(Buffer.from('\0HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n'));
      },
    ],
    ['that closes at once', (socket) => socket.close()],
    ['whose kubelet tells an error', (socket) => socket.send(Buffer.from('\u0001\u0001\u0001no such container'))],
    [
      'that stops in the middle',
      (socket, port) => {
        sendPreamble(socket, port);
        socket.send(Buffer.from('\0HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"conf'));
        socket.close();
      },
    ],
    [
      'that speaks no HTTP',
      (socket, port) => {
        sendPreamble(socket, port);
        socket.send(Buffer.from('\0SSH-2.0-OpenSSH_9.2\r\n'));
      },
    ],
  ])('finds a proxy unreachable %s', async (_, forward) => {
    expect(await read(forward)).toEqual(unreachable);
  });

  it('finds a proxy unreachable that says nothing in time, and leaves no connection behind', async () => {
    let closed = 0;
    const silent: Forward = (socket, port) => {
      sendPreamble(socket, port);
      socket.on('close', () => {
        closed += 1;
      });
    };
    expect(await read(silent, reader('port-forward', 200))).toEqual(unreachable);
    await waitFor(() => closed === 1, { timeoutMs: 5_000, what: 'the connection to be closed' });
  });

  it('leaves no connection behind after an answer that it does not read to the end', async () => {
    let closed = 0;
    const refusing: Forward = (socket, port) => {
      sendPreamble(socket, port);
      socket.on('close', () => {
        closed += 1;
      });
      socket.send(Buffer.from('\0HTTP/1.1 404 Not Found\r\n\r\nnot'));
    };
    expect(await read(refusing)).toEqual(unsupported);
    await waitFor(() => closed === 1, { timeoutMs: 5_000, what: 'the connection to be closed' });
  });

  it.each([
    ['no JSON', 200, 'certificates: none'],
    ['a list', 200, '[]'],
    ['no list of secrets', 200, '{"configs":{}}'],
    [
      'a secret without bytes',
      200,
      '{"configs":[{"name":"ROOTCA","secret":{"validation_context":{"trusted_ca":{"filename":"x"}}}}]}',
    ],
    ['an error', 404, 'not found'],
  ])('cannot read an answer that holds %s', async (_, status, body) => {
    admin.answer = { status, body };
    expect(await read(forwardTo(admin.port))).toEqual(unsupported);
  });

  it('cannot read an answer without end, and does not keep it', async () => {
    let sent = 0;
    const endless: Forward = (socket, port) => {
      sendPreamble(socket, port);
      socket.send(Buffer.from('\0HTTP/1.1 200 OK\r\n\r\n'));
      const piece = Buffer.alloc(65_536);
      const more = (): void => {
        if (socket.readyState !== socket.OPEN) return;
        sent += piece.length;
        socket.send(piece, more);
      };
      more();
    };
    expect(await read(endless)).toEqual(unsupported);
    expect(sent).toBeLessThan(64 * 2 ** 20);
  });

  it('asks nothing of a proxy without an admin interface, nor when it is told not to', async () => {
    const proxy = { ...reduceProxyPod(pod, ports)!, admin: { kind: 'none' } as const };
    expect(await reader()(proxy, signal)).toEqual(unsupported);
    expect(await read(forwardTo(admin.port), reader('none'))).toEqual({ kind: 'unread', why: 'not-asked' });
    expect(server.asked.size).toBe(0);
  });

  it('does not ask again in a namespace that was forbidden, but does in others', async () => {
    const forbidden = { kind: 'unread', why: 'forbidden' };
    const readProxy = reader();
    expect(await read(403, readProxy)).toEqual(forbidden);
    expect(await read(forwardTo(admin.port), readProxy)).toEqual(forbidden);
    expect(server.asked.get('shop/web-1')).toBe(1);
    expect(await read(forwardTo(admin.port), readProxy, sidecarPod('other', 'web-1'))).toMatchObject({ kind: 'read' });
  });

  it('finds a proxy forbidden where the verb create is missing, for which the API server gives no reason', async () => {
    const refusal = { status: 403, message: 'pods "web-1" is forbidden: ' };
    expect(await read(refusal)).toEqual({ kind: 'unread', why: 'forbidden' });
  });

  it('rejects with the reason of a signal that aborts', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    server.putPod(pod, (socket, port) => {
      sendPreamble(socket, port);
      stop.abort(reason);
    });
    await expect(reader()(reduceProxyPod(pod, ports)!, stop.signal)).rejects.toBe(reason);
    await expect(reader()(reduceProxyPod(pod, ports)!, stop.signal)).rejects.toBe(reason);
  });
});
