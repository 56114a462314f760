import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { Access } from './access.ts';
import { readConnectionFailure, type Stage } from './connection-failure.ts';
import type { ConnectionPool, ConnectionUse } from './connection-pool.ts';
import { addressOf, type Exchange, nameOf } from './exchange.ts';
import type { Failure, Outcome } from './failure.ts';
import { readBody } from './read-body.ts';
import { readRefusal } from './refusal.ts';

/** By which connections a request goes. */
export interface Route {
  readonly access: Access;
  readonly pool: ConnectionPool;
  readonly use: ConnectionUse;
  readonly signal: AbortSignal;
}

/** A refusal is a small object; more than this is not read of it. */
const maxRefusalBytes = 65_536;

/**
 * Sends a request once, and gives the answer when its head has come; the body is still to be read.
 * A failure is given, not thrown; rejects with the signal's reason only.
 */
export async function sendRequest(exchange: Exchange, route: Route): Promise<Outcome<IncomingMessage>> {
  const { access, signal } = route;
  signal.throwIfAborted();
  const request = begin(exchange, route);
  const stageOf = followStage(request);
  const answer = Promise.withResolvers<IncomingMessage>();
  request.once('response', answer.resolve);
  // Stays for the life of the request: an error without a listener would end the process.
  request.on('error', answer.reject);
  request.end(exchange.body?.text);
  try {
    const response = await answer.promise;
    const { statusCode = 0 } = response;
    if (statusCode >= 200 && statusCode < 300) return { kind: 'done', value: response };
    return { kind: 'failed', failure: await readFailure(exchange, response) };
  } catch (error) {
    signal.throwIfAborted();
    const failure = readConnectionFailure(nameOf(exchange), access.server, stageOf(), error as NodeJS.ErrnoException);
    return { kind: 'failed', failure };
  }
}

function begin(exchange: Exchange, { access, pool, use, signal }: Route): ClientRequest {
  const { body, method, accept = 'application/json' } = exchange;
  const content = body === undefined ? {} : { 'content-type': body.contentType, 'content-length': Buffer.byteLength(body.text) };
  const options = {
    ...access.tls,
    method,
    signal,
    agent: access.proxy ?? pool.agentFor(access.server, use),
    headers: { accept, ...access.headers, ...content },
  };
  const address = addressOf(access.server, exchange);
  return address.protocol === 'http:' ? httpRequest(address, options) : httpsRequest(address, options);
}

/** Connections that stand: a request may get one that was kept open, or at once the one of a request that has ended. */
const standing = new WeakSet<Socket>();

/** How far the connection has come. What goes out on one that stands is sent at once. */
function followStage(request: ClientRequest): () => Stage {
  let stage: Stage = 'connecting';
  request.once('socket', (socket: Socket) => {
    const stand = (): void => {
      standing.add(socket);
      stage = 'sent';
    };
    const secured = 'encrypted' in socket;
    if (request.reusedSocket || standing.has(socket)) stand();
    else if (!secured) socket.once('connect', stand);
    else {
      socket.once('secureConnect', stand).once('connect', () => {
        stage = 'securing';
      });
    }
  });
  return () => stage;
}

/** Reads the answer to a request that was refused. */
export async function readFailure(exchange: Exchange, response: IncomingMessage): Promise<Failure> {
  const text = await readBody(response, maxRefusalBytes).catch(() => '');
  return readRefusal({
    request: nameOf(exchange),
    status: response.statusCode ?? 0,
    retryAfter: response.headers['retry-after'],
    body: parseLeniently(text),
  });
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
