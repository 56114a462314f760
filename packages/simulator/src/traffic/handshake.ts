import { connect, type TLSSocket } from 'node:tls';
import { type Endpoint, peerUri } from './endpoint.ts';

const timeoutMs = 5_000;

/** How one handshake went. */
export type HandshakeResult = { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly reason: string };

/**
 * One new TLS 1.3 mutual handshake. It counts only when a byte has come back: in TLS 1.3 the client is through before
 * the server has looked at its certificate.
 */
export async function shakeHands(from: Endpoint, to: Endpoint): Promise<HandshakeResult> {
  const secureContext = from.context();
  if (secureContext === undefined) return { kind: 'failed', reason: 'NO_CERTIFICATE' };
  const done = Promise.withResolvers<HandshakeResult>();
  const fail = (reason: string): void => {
    done.resolve({ kind: 'failed', reason });
  };
  const socket: TLSSocket = connect({
    host: '127.0.0.1',
    port: to.port,
    secureContext,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
    // The name is a SPIFFE id, which Node does not look at; it is compared below.
    checkServerIdentity: () => undefined,
  });
  socket.setTimeout(timeoutMs, () => {
    fail('TIMEOUT');
  });
  socket.once('error', (error: NodeJS.ErrnoException) => {
    fail(error.code ?? error.message);
  });
  socket.once('secureConnect', () => {
    if (peerUri(socket) !== to.spiffeId) fail('WRONG_IDENTITY');
  });
  socket.once('data', () => {
    done.resolve({ kind: 'ok' });
  });
  socket.once('close', () => {
    fail('CLOSED_WITHOUT_ANSWER');
  });
  const result = await done.promise;
  socket.destroy();
  return result;
}
