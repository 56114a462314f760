import { connect, type NatsConnection, type Subscription } from 'nats';
import { errorMessage, RerootError } from '../errors/index.ts';
import type { Log } from '../log/index.ts';
import { type Bus, type BusMessage, type BusStatus, type RequestOptions } from './bus.ts';
import { followConnection, reasonOf } from './nats-events.ts';
import { orAbort } from './or-abort.ts';
import { readServers } from './server-address.ts';

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

type Handler = Parameters<Bus['subscribe']>[1];

/** How long closing waits for a server to take what was published. */
const drainTimeoutMs = 2_000;

/**
 * Connects to NATS. Once connected it reconnects for ever, trying more than once a second; what is published meanwhile
 * is dropped.
 * @throws RR_NATS_UNREACHABLE when the first connection fails; RR_CONFIG_INVALID when a server is no URL; the signal's
 *   reason when it aborts
 */
export async function connectBus(options: ConnectOptions): Promise<Bus> {
  options.signal?.throwIfAborted();
  const opening = open(options);
  try {
    return busOver(await orAbort(opening, options.signal), options.log);
  } catch (error) {
    opening.then(
      (late) => late.close(),
      () => undefined,
    );
    throw error;
  }
}

async function open({ servers, name, connectTimeoutMs = 5_000 }: ConnectOptions): Promise<NatsConnection> {
  const { hosts, credentials, tls } = readServers(servers);
  try {
    return await connect({
      ...credentials,
      ...(tls === 'required' ? { tls: {} } : {}),
      servers: [...hosts],
      name,
      timeout: connectTimeoutMs,
      maxReconnectAttempts: -1,
      // Credentials may come right again on the server's side; by default two refusals end the connection for good.
      ignoreAuthErrorAbort: true,
      reconnectTimeWait: 500,
      reconnectJitter: 250,
      reconnectJitterTLS: 250,
      pingInterval: 5_000,
      maxPingOut: 2,
    });
  } catch (error) {
    const named = hosts.join(', ');
    throw new RerootError('RR_NATS_UNREACHABLE', `no nats-server answers at ${named}: ${reasonOf(error)}`, { place: named });
  }
}

/** The bus over an open connection. */
function busOver(connection: NatsConnection, log: Log): Bus {
  const state = followConnection(connection, log);
  let closing: Promise<void> | undefined;
  return {
    publish: (subject, payload) => {
      // The client would keep what is published in the middle of a reconnection, and send it out of date afterwards.
      if (state.status() !== 'connected' || connection.isClosed()) return;
      try {
        requireSize(connection, subject, payload);
        connection.publish(subject, payload);
      } catch (error) {
        log.error({ subject, reason: describe(error) }, 'a message could not be sent');
      }
    },
    subscribe: (subject, handler) => {
      const subscription = connection.subscribe(subject);
      void deliver(subscription, handler, connection, log);
      return () => {
        subscription.unsubscribe();
      };
    },
    request: (subject, payload, options) => ask({ connection, status: state.status(), subject, payload, options }),
    onStatus: (listener) => state.listen(listener),
    flush: () => connection.flush(),
    close: () => {
      closing ??= shut(connection);
      return closing;
    },
  };
}

async function deliver(subscription: Subscription, handler: Handler, connection: NatsConnection, log: Log): Promise<void> {
  try {
    for await (const { subject, data, reply } of subscription) {
      const respond = (payload: Uint8Array): void => {
        requireSize(connection, subject, payload);
        connection.publish(reply ?? '', payload);
      };
      void handle({ subject, payload: data, respond: (reply ?? '') === '' ? undefined : respond }, handler, log);
    }
  } catch (error) {
    log.error({ subject: subscription.getSubject(), reason: reasonOf(error) }, 'a subscription has ended');
  }
}

async function handle(message: BusMessage, handler: Handler, log: Log): Promise<void> {
  try {
    await handler(message);
  } catch (error) {
    log.error({ subject: message.subject, reason: describe(error) }, 'a message could not be handled');
  }
}

interface Question {
  readonly connection: NatsConnection;
  readonly status: BusStatus;
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly options: RequestOptions;
}

async function ask({ connection, status, subject, payload, options }: Question): Promise<Uint8Array> {
  options.signal.throwIfAborted();
  if (status !== 'connected') throw noAnswer(subject, `the connection is ${status}`);
  requireSize(connection, subject, payload);
  try {
    const answer = connection.request(subject, payload, { timeout: options.timeoutMs });
    return (await orAbort(answer, options.signal)).data;
  } catch (error) {
    options.signal.throwIfAborted();
    throw noAnswer(subject, reasonOf(error), error);
  }
}

function noAnswer(subject: string, reason: string, cause?: unknown): RerootError {
  return new RerootError('RR_NATS_NO_ANSWER', `nobody answered on ${subject}: ${reason}`, { cause });
}

function requireSize({ info }: NatsConnection, subject: string, payload: Uint8Array): void {
  if (info === undefined || payload.length <= info.max_payload) return;
  const sizes = `${payload.length} bytes; the server takes ${info.max_payload}`;
  throw new RerootError('RR_NATS_TOO_LARGE', `a message on ${subject} has ${sizes}`);
}

/** Lets the server take what was published, unless it is gone or takes too long. */
async function shut(connection: NatsConnection): Promise<void> {
  if (connection.isClosed()) return;
  try {
    await orAbort(connection.flush(), AbortSignal.timeout(drainTimeoutMs));
  } catch {
    // There is nobody to wait for.
  }
  await connection.close();
}

/** With the code, by which an operator finds the remedy. */
function describe(error: unknown): string {
  return error instanceof RerootError ? `${error.code} ${error.message}` : errorMessage(error);
}
