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

/** A request that was passed on. */
export interface Exchange {
  readonly kind: 'watch' | 'other';
  /** Without its query. */
  readonly path: string;
  /** Of the answer, or of the event of type ERROR that ended a watch; undefined while there is none. */
  readonly status: number | undefined;
}

/** A proxy between an agent and its API server, which can do what an overloaded API server does. */
export interface ApiProxy {
  readonly url: string;
  /** From now on; open watches stay. */
  set(fault: Fault): void;
  /** Requests that were refused so far. */
  refused(): number;
  /** What was passed on so far, in the order in which it was asked. */
  exchanges(): readonly Exchange[];
  /** Ends the open watches in good order, as an API server does that is shut down. */
  endWatches(): void;
  close(): Promise<void>;
}

/** Passes on requests with whatever authorization they carry, and upgrades byte for byte. */
export async function startApiProxy({ address, port, credential, server, caPem }: ApiProxyOptions): Promise<ApiProxy> {
  let fault: Fault = { kind: 'none' };
  let refused = 0;
  const target = new URL(server);
  const exchanges: Noted[] = [];
  const watches = new Set<ServerResponse>();
  const proxy = createServer({ cert: credential.certPem, key: credential.keyPem }, (request, response) => {
    const present = fault;
    if (present.kind === 'refuse') {
      refused += 1;
      refuse(response, present);
      return;
    }
    const pass = (): void => {
      const noted = describe(request);
      exchanges.push(noted);
      if (noted.kind === 'watch') {
        watches.add(response);
        response.on('close', () => watches.delete(response));
      }
      passOn({ request, response, noted }, target, caPem);
    };
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
    exchanges: () => exchanges,
    endWatches: () => {
      for (const response of watches) response.end();
    },
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

type Noted = { -readonly [Key in keyof Exchange]: Exchange[Key] };

function describe({ url = '/' }: IncomingMessage): Noted {
  const { pathname, searchParams } = new URL(url, 'https://localhost');
  return { kind: searchParams.has('watch') ? 'watch' : 'other', path: pathname, status: undefined };
}

interface Passing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly noted: Noted;
}

function passOn({ request, response, noted }: Passing, target: URL, caPem: string): void {
  const { method, url: path, headers } = request;
  const onward = sendRequest({ host: target.hostname, port: target.port, method, path, headers, ca: caPem });
  onward.on('response', (answer) => {
    noted.status = answer.statusCode;
    if (noted.kind === 'watch') {
      answer.on('data', (chunk: Buffer) => {
        noted.status = statusOfError(chunk) ?? noted.status;
      });
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

/** A watch that cannot go on is told so by one short event, which comes in one piece. */
function statusOfError(chunk: Buffer): number | undefined {
  const code = /^\{"type":"ERROR",.*"code":(\d+)/m.exec(chunk.toString('utf8'))?.[1];
  return code === undefined ? undefined : Number(code);
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
