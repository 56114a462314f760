import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { readConnectionFailure } from './connection-failure.ts';
import { addressOf, type Exchange, nameOf } from './exchange.ts';
import type { Failure, Outcome } from './failure.ts';
import { type Route, readFailure } from './send-request.ts';

/** What a pod's port forward sends in one message is far below this. */
const maxPayloadBytes = 1_048_576;

/**
 * Tries once to open a WebSocket (RFC 6455), and gives it when the server has agreed.
 * A failure is given, not thrown; rejects with the signal's reason only, and then leaves no connection behind.
 */
export async function connectWebSocket(path: string, subprotocol: string, route: Route): Promise<Outcome<WebSocket>> {
  const { access, pool, use, signal } = route;
  const exchange: Exchange = { method: 'GET', path };
  // Loaded here and not before: an agent that reads no proxies has no use for it.
  const { WebSocket: Socket } = await import('ws');
  signal.throwIfAborted();
  const address = addressOf(access.server, exchange);
  address.protocol = address.protocol === 'http:' ? 'ws:' : 'wss:';
  const socket = new Socket(address, subprotocol, {
    ...access.tls,
    headers: access.headers,
    agent: access.proxy ?? pool.agentFor(access.server, use),
    perMessageDeflate: false,
    maxPayload: maxPayloadBytes,
  });
  const abort = (): void => socket.terminate();
  signal.addEventListener('abort', abort, { once: true });
  try {
    const failure = await handshake(socket, exchange, access.server);
    if (failure === undefined) return { kind: 'done', value: socket };
    signal.throwIfAborted();
    return { kind: 'failed', failure };
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Undefined when the socket is open. */
async function handshake(socket: WebSocket, exchange: Exchange, server: URL): Promise<Failure | undefined> {
  const settled = Promise.withResolvers<Failure | undefined>();
  const onOpen = (): void => {
    // The first messages may have come along with the answer: they wait until the caller can have begun to listen.
    socket.pause();
    setImmediate(() => socket.resume());
    settled.resolve(undefined);
  };
  const onRefusal = (_: unknown, response: IncomingMessage): void => {
    readFailure(exchange, response).then(settled.resolve, settled.reject);
  };
  // Stays: an error without a listener would end the process, and `close` follows each.
  socket.on('error', (error) => settled.resolve(readConnectionFailure(nameOf(exchange), server, 'securing', error)));
  socket.once('open', onOpen).once('unexpected-response', onRefusal);
  const failure = await settled.promise;
  socket.off('unexpected-response', onRefusal);
  if (failure !== undefined) socket.terminate();
  return failure;
}
