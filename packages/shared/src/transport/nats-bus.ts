import { connect, ErrorCode, type Msg, type NatsConnection, NatsError, type Subscription } from 'nats';
import { errorMessage, RerootError } from '../errors/index.ts';
import type { Log } from '../log/index.ts';
import type { Bus, BusMessage, BusStatus, RequestOptions } from './bus.ts';

/** A connection to make. */
export interface ConnectOptions {
  /** URLs; credentials in them are never printed. */
  readonly servers: readonly string[];
  /** Shown by the server's monitoring. */
  readonly name: string;
  readonly log: Log;
  readonly signal?: AbortSignal;
  readonly connectTimeoutMs?: number;
}

/**
 * Connects to NATS. Once connected it reconnects for ever, trying about each second; what is published meanwhile is dropped.
 * @throws RR_NATS_UNREACHABLE when the first connection fails; the signal's reason when it aborts
 */
export async function connectBus(options: ConnectOptions): Promise<Bus> {
  options.signal?.throwIfAborted();
  const connection = await open(options);
  try {
    options.signal?.throwIfAborted();
  } catch (error) {
    await connection.close();
    throw error;
  }
  return busOver(connection, options.log);
}

async function open({ servers, name, connectTimeoutMs = 5_000 }: ConnectOptions): Promise<NatsConnection> {
  try {
    return await connect({
      servers: [...servers],
      name,
      timeout: connectTimeoutMs,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      reconnectJitter: 250,
      reconnectJitterTLS: 250,
      pingInterval: 5_000,
      maxPingOut: 2,
    });
  } catch (error) {
    const named = servers.map(withoutCredentials).join(', ');
    throw new RerootError('RR_NATS_UNREACHABLE', `no nats-server answers at ${named}: ${reasonOf(error)}`, { place: named });
  }
}

/** The bus over an open connection. */
function busOver(connection: NatsConnection, log: Log): Bus {
  let status: BusStatus = 'connected';
  const listeners = new Set<(status: BusStatus) => void>();
  const change = (next: BusStatus): void => {
    if (next === status) return;
    status = next;
    for (const listener of listeners) listener(next);
  };
  void followStatus(connection, log, change);
  void connection.closed().then(() => {
    change('closed');
  });
  return {
    publish: (subject, payload) => {
      // The client would keep what is published while the connection is down and send it, out of date, afterwards.
      if (status === 'connected' && !connection.isClosed()) connection.publish(subject, payload);
    },
    subscribe: (subject, handler) => {
      const subscription = connection.subscribe(subject);
      void deliver(subscription, handler, log);
      return () => {
        subscription.unsubscribe();
      };
    },
    request: (subject, payload, request) => ask(connection, subject, payload, request),
    onStatus: (listener) => {
      listeners.add(listener);
      listener(status);
      return () => {
        listeners.delete(listener);
      };
    },
    flush: () => connection.flush(),
    close: async () => {
      if (connection.isClosed()) return;
      // Draining waits for a server that may be gone.
      if (status === 'connected') await connection.drain();
      else await connection.close();
    },
  };
}

async function followStatus(connection: NatsConnection, log: Log, change: (status: BusStatus) => void): Promise<void> {
  for await (const event of connection.status()) {
    const type: string = event.type;
    if (type === 'disconnect') {
      log.warn({}, 'nats disconnected');
      change('disconnected');
    } else if (type === 'reconnect') {
      log.info({}, 'nats reconnected');
      change('connected');
    } else if (type === 'error') {
      log.warn({ reason: typeof event.data === 'string' ? event.data : JSON.stringify(event.data) }, 'nats reports an error');
    }
  }
}

async function deliver(
  subscription: Subscription,
  handler: (message: BusMessage) => void | Promise<void>,
  log: Log,
): Promise<void> {
  for await (const message of subscription) {
    void handle(message, handler, log);
  }
}

async function handle(message: Msg, handler: (message: BusMessage) => void | Promise<void>, log: Log): Promise<void> {
  try {
    const respond =
      message.reply === undefined || message.reply === '' ? undefined : (payload: Uint8Array) => void message.respond(payload);
    await handler({ subject: message.subject, payload: message.data, respond });
  } catch (error) {
    log.error({ subject: message.subject, reason: errorMessage(error) }, 'a message could not be handled');
  }
}

async function ask(
  connection: NatsConnection,
  subject: string,
  payload: Uint8Array,
  options: RequestOptions,
): Promise<Uint8Array> {
  const { timeoutMs, signal } = options;
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => {
    aborted.reject(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const answer = connection.request(subject, payload, { timeout: timeoutMs });
    return (await Promise.race([answer, aborted.promise])).data;
  } catch (error) {
    signal.throwIfAborted();
    throw new RerootError('RR_NATS_NO_ANSWER', `nobody answered on ${subject}: ${reasonOf(error)}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof NatsError)) return errorMessage(error);
  const known: Partial<Record<string, string>> = {
    [ErrorCode.NoResponders]: 'nobody listens there',
    [ErrorCode.Timeout]: 'the time is up',
    [ErrorCode.ConnectionRefused]: 'connection refused',
    [ErrorCode.AuthorizationViolation]: 'the credentials were refused',
  };
  return known[error.code] ?? error.message;
}

function withoutCredentials(url: string): string {
  return url.replace(/^([a-z]+:\/\/)?[^@/]*@/, '$1');
}
