import type { IncomingMessage } from 'node:http';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { withDeadline } from '@reroot/shared/lifecycle';
import { joinSpan } from '@reroot/shared/tracing';
import type { WebSocket } from 'ws';
import type { Access, Credentials } from './access.ts';
import { connectWebSocket } from './connect-web-socket.ts';
import { type ConnectionPool, type ConnectionUse } from './connection-pool.ts';
import { type Exchange, nameOf } from './exchange.ts';
import type { Outcome } from './failure.ts';
import { noTries, planRetry } from './plan-retry.ts';
import { BodyTooLargeError, readBody } from './read-body.ts';
import { sendRequest } from './send-request.ts';

/** What requests are sent with. */
export interface TransportOptions {
  readonly credentials: Credentials;
  readonly pool: ConnectionPool;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** For a request with all its tries; for a watch or a WebSocket, until it is open. */
  readonly requestTimeoutMs: number;
}

/**
 * Sends requests, and tries again where that is of use. Each method rejects with what the last try came to, with
 * RR_CLUSTER_UNREACHABLE at the deadline, and with the signal's reason.
 */
export interface Transport {
  /** Gives the whole body of the answer. */
  exchange(exchange: Exchange, signal: AbortSignal): Promise<string>;
  /** Gives the answer when it has begun. The signal ends it afterwards too. */
  stream(exchange: Exchange, signal: AbortSignal): Promise<IncomingMessage>;
  connect(path: string, subprotocol: string, signal: AbortSignal): Promise<WebSocket>;
}

const maxBodyBytes = 64 * 1_048_576;

/** A transport that has sent nothing. */
export function createTransport(options: TransportOptions): Transport {
  const { pool } = options;
  return {
    exchange: (exchange, signal) =>
      traced(exchange, () =>
        tryUntilDone(options, exchange, signal, async (access, inner) => {
          const answered = await sendRequest(exchange, { access, pool, use: 'request', signal: inner });
          return answered.kind === 'failed' ? answered : readAnswer(exchange, access, answered.value, inner);
        }),
      ),
    stream: (exchange, signal) =>
      tryUntilDone(options, exchange, signal, (access, inner) => {
        const use: ConnectionUse = 'watch';
        return sendRequest(exchange, { access, pool, use, signal: inner });
      }),
    connect: (path, subprotocol, signal) =>
      tryUntilDone(options, { method: 'GET', path }, signal, (access, inner) =>
        connectWebSocket(path, subprotocol, { access, pool, use: 'web-socket', signal: inner }),
      ),
  };
}

/** With all its tries. The query may hold a long continue token. */
function traced<T>(exchange: Exchange, work: () => Promise<T>): Promise<T> {
  const [path = ''] = exchange.path.split('?', 1);
  const attributes = { 'http.request.method': exchange.method, 'url.path': path };
  return joinSpan(`kubernetes ${exchange.method}`, { kind: 'client', attributes }, work);
}

type Try<T> = (access: Access, signal: AbortSignal) => Promise<Outcome<T>>;

async function tryUntilDone<T>(options: TransportOptions, exchange: Exchange, signal: AbortSignal, send: Try<T>): Promise<T> {
  const { credentials, clock, random, requestTimeoutMs: ms } = options;
  const endsAtMs = clock.now() + ms;
  const who = `${nameOf(exchange)}: ${credentials.server.origin}`;
  return withDeadline({ ms, clock, signal, code: 'RR_CLUSTER_UNREACHABLE', who }, async (inner) => {
    const effect = exchange.method === 'GET' ? 'reads' : 'writes';
    for (let tries = noTries, freshness = tries.credentials; ; ) {
      const outcome = await send(await credentials.read(freshness), inner);
      if (outcome.kind === 'done') return outcome.value;
      const plan = planRetry(outcome.failure, tries, effect, endsAtMs - clock.now(), random);
      if (plan.kind === 'give-up') throw outcome.failure.error;
      await clock.sleep(plan.afterMs, inner);
      // Read anew once, for this try; after that what was read is kept.
      freshness = plan.tries.credentials === tries.credentials ? 'kept' : 'anew';
      tries = plan.tries;
    }
  });
}

/** An answer that is cut may be one to a request that was carried out. */
async function readAnswer(
  exchange: Exchange,
  access: Access,
  response: IncomingMessage,
  signal: AbortSignal,
): Promise<Outcome<string>> {
  try {
    return { kind: 'done', value: await readBody(response, maxBodyBytes) };
  } catch (error) {
    signal.throwIfAborted();
    const tooLarge = error instanceof BodyTooLargeError;
    const what = tooLarge ? error.message : `${access.server.origin} cut its answer`;
    const failed = new RerootError('RR_CLUSTER_UNREACHABLE', `${nameOf(exchange)}: ${what}`);
    const kind = tooLarge ? 'final' : 'unavailable';
    return { kind: 'failed', failure: { error: failed, kind, retryAfterMs: undefined, effect: 'possible' } };
  }
}
