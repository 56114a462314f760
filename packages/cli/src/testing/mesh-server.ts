import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

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

/** Listens on a free port of the loopback interface and answers as `answer` says. */
export async function startMeshServer(answer: (asked: Asked) => Answer): Promise<MeshServer> {
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
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
