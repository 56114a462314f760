import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, request as sendRequest } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';

/** What becomes of a request that passes through. */
export type Fault =
  | { readonly kind: 'none' }
  /** It is answered with this status, and a Kubernetes Status as the body. */
  | { readonly kind: 'refuse'; readonly status: number; readonly retryAfterS?: number }
  /** It is passed on so much later. */
  | { readonly kind: 'delay'; readonly ms: number };

/** Where it listens, and to whom it passes on. */
export interface ApiProxyOptions {
  readonly address: string;
  readonly port: number;
  /** For whoever connects. */
  readonly credential: { readonly certPem: string; readonly keyPem: string };
  /** `https://ADDRESS:PORT` of the API server, and the authority of its certificate. */
  readonly server: string;
  readonly caPem: string;
}

/** A proxy between an agent and its API server, which can do what an overloaded API server does. */
export interface ApiProxy {
  readonly url: string;
  /** From now on; open watches stay. */
  set(fault: Fault): void;
  /** Requests that were refused so far. */
  refused(): number;
  close(): Promise<void>;
}

/** Passes on requests with whatever authorization they carry, and upgrades byte for byte. */
export async function startApiProxy({ address, port, credential, server, caPem }: ApiProxyOptions): Promise<ApiProxy> {
  let fault: Fault = { kind: 'none' };
  let refused = 0;
  const target = new URL(server);
  const proxy = createServer({ cert: credential.certPem, key: credential.keyPem }, (request, response) => {
    const present = fault;
    if (present.kind === 'refuse') {
      refused += 1;
      refuse(response, present);
      return;
    }
    const pass = (): void => passOn(request, response, target, caPem);
    if (present.kind === 'delay') setTimeout(pass, present.ms);
    else pass();
  });
  proxy.on('upgrade', (request: IncomingMessage, socket: TLSSocket, head: Buffer) => {
    passUpgrade(request, socket, head, target, caPem);
  });
  proxy.listen(port, address);
  await once(proxy, 'listening');
  const bound = proxy.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    url: `https://${address}:${boundPort}`,
    set: (next) => {
      fault = next;
    },
    refused: () => refused,
    close: async () => {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

function refuse(response: ServerResponse, { status, retryAfterS }: Extract<Fault, { kind: 'refuse' }>): void {
  const reason = status === 429 ? 'TooManyRequests' : 'InternalError';
  const body = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: 'the lab refuses this request',
    reason,
    code: status,
  };
  const wait = retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) };
  response.writeHead(status, { 'content-type': 'application/json', ...wait }).end(JSON.stringify(body));
}

function passOn(request: IncomingMessage, response: ServerResponse, target: URL, caPem: string): void {
  const { method, url: path, headers } = request;
  const onward = sendRequest({ host: target.hostname, port: target.port, method, path, headers, ca: caPem });
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

/** The request as it came, then bytes in both directions. */
function passUpgrade(request: IncomingMessage, socket: TLSSocket, head: Buffer, target: URL, caPem: string): void {
  const onward = connect({ host: target.hostname, port: Number(target.port), ca: caPem }, () => {
    const lines: string[] = [`${request.method ?? 'GET'} ${request.url ?? '/'} HTTP/1.1`];
    for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
      lines.push(`${request.rawHeaders[index] ?? ''}: ${request.rawHeaders[index + 1] ?? ''}`);
    }
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => socket.destroy());
  socket.on('error', () => onward.destroy());
  socket.on('close', () => onward.destroy());
}
