import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** What a server in the place of mgmt was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

/** What it answers. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** An HTTP server in the place of mgmt: speaks the contract's types, decides nothing. */
export interface MeshServer {
  readonly url: string;
  readonly asked: Asked[];
  stop(): Promise<void>;
}

/** Says one message over a live stream. */
export type Say = (message: object) => void;

/**
 * Listens on a free port of the loopback interface and answers as `answer` says.
 * @param onLive told of each client of the live stream; where it is left out there is no stream
 */
export async function startMeshServer(answer: (asked: Asked) => Answer, onLive?: (say: Say) => void): Promise<MeshServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const one = { method, path: url, body: Buffer.concat(chunks).toString(), authorization: headers.authorization };
      asked.push(one);
      const { status, body } = answer(one);
      const type = status < 400 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
    });
  });
  const live = new Set<Duplex>();
  server.on('upgrade', ({ headers }, socket) => {
    live.add(socket);
    socket.on('error', () => undefined);
    if (onLive === undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    const accept = createHash('sha1')
      .update(`${headers['sec-websocket-key'] ?? ''}${webSocketGuid}`)
      .digest('base64');
    const fields = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`];
    const head = ['HTTP/1.1 101 Switching Protocols', ...fields, 'Sec-WebSocket-Protocol: reroot.v2'];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.once('data', () => onLive((message) => socket.write(textFrame(JSON.stringify(message)))));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop: () => stop(server, live) };
}

/** RFC 6455 §1.3. */
const webSocketGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** One whole text message, from a server: not masked (RFC 6455 §5.2). */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.from([0x81, 126, 0, 0]);
  head.writeUInt16BE(payload.length, 2);
  return payload.length < 126 ? Buffer.concat([Buffer.from([0x81, payload.length]), payload]) : Buffer.concat([head, payload]);
}

async function stop(server: Server, live: ReadonlySet<Duplex>): Promise<void> {
  // They are the server's no more once they were upgraded.
  for (const socket of live) socket.destroy();
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
