import { type Msg, type NatsError, SubscriptionImpl } from 'nats/lib/nats-base-client/internal_mod.js';
import { readTraceparent } from '../tracing/index.ts';
import type { BoundedLog } from './bounded-log.ts';
import type { BusMessage, Handler, SubscribeOptions } from './bus.ts';
import type { GuardedProtocol } from './guarded-protocol.ts';
import { createInFlight } from './in-flight.ts';
import type { ConnectionState } from './nats-events.ts';
import { describe, reasonOf } from './reason.ts';
import { traceHeader } from './trace-header.ts';

/** What a subscription needs of its bus. */
export interface SubscribeContext {
  readonly protocol: GuardedProtocol;
  readonly state: ConnectionState;
  readonly log: BoundedLog;
  /** Sends an answer. @throws RR_NATS_TOO_LARGE */
  readonly send: (subject: string, payload: Uint8Array) => void;
  /** Counts a message that there was no room for. */
  readonly onDrop: () => void;
}

const defaultInFlight = 1_024;
const maxInFlightBytes = 64 * 1024 * 1024;

/**
 * Calls `handler` for each message that `admit` takes and that there is room for. One that the server refuses is asked
 * for again whenever the connection is made anew.
 * @returns leaves
 */
export function subscribe(context: SubscribeContext, subject: string, handler: Handler, options: SubscribeOptions): () => void {
  const { protocol, state, log } = context;
  const take = intakeOf(context, handler, options);
  let subscription: SubscriptionImpl | undefined;
  const onMessage = (error: NatsError | null, message: Msg): void => {
    if (error === null) {
      take(message);
      return;
    }
    subscription = undefined;
    log.error({ subject, problem: reasonOf(error) }, 'a subscription has ended');
  };
  const ask = (): void => {
    if (subscription !== undefined) return;
    subscription = new SubscriptionImpl(protocol, subject, { callback: onMessage });
    protocol.subscribe(subscription);
  };
  ask();
  const stop = state.listen((status) => {
    if (status === 'connected') ask();
  });
  return () => {
    stop();
    subscription?.unsubscribe();
    subscription = undefined;
  };
}

/** What is done with a message first, and for every one that a stranger cares to send: it has to be cheap. */
function intakeOf(context: SubscribeContext, handler: Handler, options: SubscribeOptions): (message: Msg) => void {
  const { log, onDrop } = context;
  const { admit, maxInFlight = defaultInFlight } = options;
  const inFlight = createInFlight(maxInFlight, maxInFlightBytes);
  return (message) => {
    const { subject, data } = message;
    const bytes = data.length;
    if (admit !== undefined && !admits(admit, subject, bytes, log)) return;
    if (!inFlight.enter(bytes)) {
      onDrop();
      log.warn({ subject }, 'a message was dropped, for too many are being handled');
      return;
    }
    // A copy: what comes is a part of a larger piece, which would stay as long as anything of the message does.
    const asked = { respond: respondTo(message, context), ...(message.reply === undefined ? {} : { replyTo: message.reply }) };
    handle({ subject, payload: new Uint8Array(data), ...asked, ...traceOf(message) }, handler, log, () => {
      inFlight.leave(bytes);
    });
  };
}

/** Of headers that cannot be read nothing is taken; the message is none the worse for it. */
function traceOf(message: Msg): Pick<BusMessage, 'trace'> {
  try {
    const trace = readTraceparent(message.headers?.get(traceHeader));
    return trace === undefined ? {} : { trace };
  } catch {
    return {};
  }
}

function admits(admit: NonNullable<SubscribeOptions['admit']>, subject: string, bytes: number, log: BoundedLog): boolean {
  try {
    return admit(subject, bytes);
  } catch (error) {
    log.error({ subject, problem: describe(error) }, 'whether a message is admitted could not be said');
    return false;
  }
}

function respondTo({ reply }: Msg, { send }: SubscribeContext): BusMessage['respond'] {
  if (reply === undefined || reply === '') return undefined;
  return (payload) => {
    send(reply, payload);
  };
}

/** At once where the handler gives no promise: hundreds of messages may come in one turn. */
function handle(message: BusMessage, handler: Handler, log: BoundedLog, done: () => void): void {
  const onError = (error: unknown): void => {
    log.error({ subject: message.subject, problem: describe(error) }, 'a message could not be handled');
  };
  try {
    const handling = handler(message);
    if (handling instanceof Promise) void handling.catch(onError).finally(done);
    else done();
  } catch (error) {
    onError(error);
    done();
  }
}
