import { once } from 'node:events';
import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A reverse proxy as people put one before mgmt. */
export interface SubpathProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** Hands on what is asked for below a path, WebSockets too, without that path and with the host that was asked. */
export async function startSubpathProxy(path: string, target: string): Promise<SubpathProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const onward = ({ method, url = '', headers }: IncomingMessage) =>
    request({ hostname, port, method, headers, path: url.slice(path.length) });
  const server = createServer((asked, answer) => {
    if (asked.url?.startsWith(`${path}/`) !== true) {
      answer.writeHead(404).end();
      return;
    }
    const sent = onward(asked);
    sent.on('response', (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    sent.on('error', () => answer.destroy());
    asked.pipe(sent);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (asked: IncomingMessage, socket: Socket) => {
    const sent = onward(asked);
    sent.on('upgrade', (found, far) => {
      const lines = Object.entries(found.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
      far.pipe(socket).pipe(far);
      far.on('error', () => socket.destroy());
      socket.on('error', () => far.destroy());
    });
    sent.on('response', () => socket.destroy());
    sent.on('error', () => socket.destroy());
    sent.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
