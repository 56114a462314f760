import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createFakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { OpenKubeApi } from './open-kube-api.ts';
import { type ScriptedApiServer, startScriptedApiServer } from './testing/scripted-api-server.ts';

const path = '/api/v1/namespaces/default/pods/web/portforward?ports=15000';
const subprotocol = 'v4.channel.k8s.io';

type OnUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => subprotocol });
let server: ScriptedApiServer;
let api: OpenKubeApi;
let signal: AbortSignal;
let onUpgrade: OnUpgrade;

beforeAll(async () => {
  server = await startScriptedApiServer();
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => onUpgrade(request, socket, head));
  return () => server.stop();
});

beforeEach(async () => {
  signal = AbortSignal.timeout(10_000);
  api = await server.open();
});

afterEach(() => api.close());

function refuseWith(status: string, body: object): OnUpgrade {
  return (_, socket) => {
    const text = JSON.stringify(body);
    socket.end(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
  };
}

describe('a WebSocket to the API server', () => {
  it('opens with the credentials and the subprotocol, and loses no message that comes with the answer', async () => {
    let seen: IncomingMessage | undefined;
    onUpgrade = (request, socket, head) => {
      seen = request;
      // One write: the answer and the first message arrive together.
      socket.cork();
      sockets.handleUpgrade(request, socket, head, (peer) => peer.send('first'));
      process.nextTick(() => socket.uncork());
    };
    const socket: WebSocket = await api.connect(path, subprotocol, signal);
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(message.toString()).toBe('first');
    expect(seen?.url).toBe(path);
    expect(seen?.headers).toMatchObject({ authorization: 'Bearer token-1', 'sec-websocket-protocol': subprotocol });
    socket.terminate();
  });

  it('that is refused is told by the status of the answer', async () => {
    const message = 'pods "web" is forbidden: User "a" cannot get resource "pods/portforward"';
    onUpgrade = refuseWith('403 Forbidden', { kind: 'Status', reason: 'Forbidden', message });
    await expect(api.connect(path, subprotocol, signal)).rejects.toMatchObject({
      code: 'RR_CLUSTER_FORBIDDEN',
      message: `GET /api/v1/namespaces/default/pods/web/portforward: ${message}`,
    });
    onUpgrade = refuseWith('404 Not Found', { kind: 'Status', reason: 'NotFound', message: 'pods "web" not found' });
    await expect(api.connect(path, subprotocol, signal)).rejects.toMatchObject({ code: 'RR_OBJECT_NOT_FOUND' });
  });

  it('reads the token anew when it is refused', async () => {
    const seen: (string | undefined)[] = [];
    onUpgrade = (request, socket, head) => {
      seen.push(request.headers.authorization);
      if (seen.length > 1) {
        sockets.handleUpgrade(request, socket, head, () => undefined);
        return;
      }
      void server.writeToken('token-2').then(() => refuseWith('401 Unauthorized', {})(request, socket, head));
    };
    const socket = await api.connect(path, subprotocol, signal);
    expect(seen).toEqual(['Bearer token-1', 'Bearer token-2']);
    socket.terminate();
    await server.writeToken('token-1');
  });

  it('that does not open is given up at the deadline, and leaves no connection behind', async () => {
    const fake = createFakeClock(0);
    const hasty = await server.open({ clock: fake, requestTimeoutMs: 300 });
    let open = 0;
    onUpgrade = (_, socket) => {
      open += 1;
      socket
        .on('error', () => undefined)
        .once('close', () => {
          open -= 1;
        });
      socket.resume();
      fake.advance(300);
    };
    await expect(hasty.connect(path, subprotocol, signal)).rejects.toMatchObject({
      code: 'RR_CLUSTER_UNREACHABLE',
      message: expect.stringContaining('did not answer within 300 ms') as string,
    });
    await waitFor(() => open === 0, { timeoutMs: 5_000, what: 'the connection to be cut' });
    await hasty.close();
  });

  it('that breaks later ends in a close, not in the end of the process', async () => {
    onUpgrade = (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, () => socket.write(Buffer.from([0xff, 0xff, 0xff, 0xff])));
    };
    const socket = await api.connect(path, subprotocol, signal);
    const closed = Promise.withResolvers<number>();
    socket.once('close', closed.resolve);
    expect(await closed.promise).toBe(1006);
  });
});
