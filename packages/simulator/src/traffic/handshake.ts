import { connect, type TLSSocket } from 'node:tls';
import type { Clock } from '@reroot/shared/clock';
import type { Endpoint, ServerVerdict } from './endpoint.ts';
import { uriOf } from './peer-uri.ts';

/** How long a handshake may take, in turns of the event loop that are at least so far apart: five seconds where the machine is quiet. */
const patience = { turns: 50, turnMs: 100 };

/** How one handshake went. */
export type HandshakeResult =
  | { readonly kind: 'ok' }
  | { readonly kind: 'failed'; readonly side: 'client' | 'server'; readonly reason: string };

type ClientEnd =
  | { readonly kind: 'answered' }
  /** It did not accept the server. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It never reached the server. */
  | { readonly kind: 'unconnected'; readonly reason: string }
  /** The connection went away. */
  | { readonly kind: 'closed'; readonly reason: string };

/**
 * One new TLS 1.3 mutual handshake, with what both workloads hold as it begins. It is good only when both sides have
 * verified the other and a byte has gone each way: in TLS 1.3 the client is through before the server has looked at its
 * certificate.
 * @param serverName not used before; tells this handshake from others at the server
 * @returns undefined when the client holds no certificate
 */
export async function shakeHands(
  from: Endpoint,
  to: Endpoint,
  serverName: string,
  clock: Clock,
): Promise<HandshakeResult | undefined> {
  const secureContext = from.context();
  if (secureContext === undefined) return undefined;
  const visit = to.expect(serverName, from.spiffeId);
  const over = new AbortController();
  const late = runOutOfTurns(clock, over.signal).then(() => failed('client', 'TIMEOUT'));
  const socket = connect({
    host: '127.0.0.1',
    port: to.port,
    servername: serverName,
    secureContext,
    rejectUnauthorized: true,
    checkServerIdentity: (_name, { subjectaltname }) => (uriOf(subjectaltname) === to.spiffeId ? undefined : wrongIdentity()),
  });
  try {
    return await Promise.race([judge(endOf(socket), visit.verdict), late]);
  } finally {
    over.abort();
    visit.forget();
    socket.destroy();
  }
}

/**
 * Both ends are of this process, and get on with each turn of its event loop. So turns are counted, and not the time: a machine
 * that stands still for seconds, or gives this process a little of itself, would end every handshake that is under way,
 * and none of them was refused.
 */
async function runOutOfTurns(clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    for (let turn = 0; turn < patience.turns; turn += 1) await clock.sleep(patience.turnMs, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** A refusal counts once, on the side that refused; the other side only sees the connection go. */
async function judge(clientEnd: Promise<ClientEnd>, serverVerdict: Promise<ServerVerdict>): Promise<HandshakeResult> {
  const end = await clientEnd;
  if (end.kind === 'refused' || end.kind === 'unconnected') return failed('client', end.reason);
  const verdict = await serverVerdict;
  if (verdict.kind === 'refused') return failed('server', verdict.reason);
  if (end.kind === 'closed') return failed('client', end.reason);
  return verdict.kind === 'verified' ? { kind: 'ok' } : failed('server', 'CLOSED');
}

function endOf(socket: TLSSocket): Promise<ClientEnd> {
  const { promise, resolve } = Promise.withResolvers<ClientEnd>();
  let connected = false;
  socket.once('connect', () => {
    connected = true;
  });
  socket.once('data', () => {
    socket.write('1');
    resolve({ kind: 'answered' });
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    const refusal: unknown = socket.authorizationError;
    if (typeof refusal === 'string') resolve({ kind: 'refused', reason: refusal });
    else resolve({ kind: connected ? 'closed' : 'unconnected', reason: error.code ?? error.message });
  });
  socket.once('close', () => {
    resolve({ kind: 'closed', reason: 'CLOSED' });
  });
  return promise;
}

/** Node shows an error's code as the reason of the refusal. */
function wrongIdentity(): Error {
  return Object.assign(new Error('the server proves another identity'), { code: 'WRONG_IDENTITY' });
}

function failed(side: 'client' | 'server', reason: string): HandshakeResult {
  return { kind: 'failed', side, reason };
}
