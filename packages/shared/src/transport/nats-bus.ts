import { systemClock } from '../clock/index.ts';
import { RerootError } from '../errors/index.ts';
import { ask } from './ask.ts';
import { type BoundedLog, createBoundedLog } from './bounded-log.ts';
import type { Bus } from './bus.ts';
import type { ConnectOptions } from './connect-options.ts';
import type { GuardedProtocol } from './guarded-protocol.ts';
import { type ConnectionState, followConnection } from './nats-events.ts';
import { openConnection } from './open-connection.ts';
import { orAbort } from './or-abort.ts';
import { createOutlet } from './outlet.ts';
import { describe } from './reason.ts';
import { subscribe } from './subscribe.ts';

/** How long closing waits for a server to take what was published. */
const drainTimeoutMs = 2_000;

/**
 * Connects to NATS, with TLS unless the server is on a loopback address. Once connected it reconnects for ever, after
 * random waits of up to 15 s; what is published meanwhile is dropped.
 * @throws RR_NATS_UNREACHABLE, RR_NATS_TLS, RR_NATS_PLAINTEXT, RR_NATS_REFUSED or RR_NATS_CREDENTIALS_INVALID when the first
 *   connection fails; RR_CONFIG_INVALID when a server is no URL; the signal's reason when it aborts
 */
export async function connectBus(options: ConnectOptions): Promise<Bus> {
  const { log, clock = systemClock } = options;
  const bounded = createBoundedLog(log, clock);
  const state = followConnection(log, bounded, clock);
  return busOver(await openConnection(options, state.events), state, bounded);
}

/** The bus over an open connection. */
function busOver(protocol: GuardedProtocol, state: ConnectionState, log: BoundedLog): Bus {
  const outlet = createOutlet(protocol, state, log);
  let incomingDropped = 0;
  let closing: Promise<void> | undefined;
  void protocol.closed.then(() => {
    state.close();
  });
  const context = {
    ...{ protocol, state, log },
    send: (subject: string, payload: Uint8Array) => void outlet.send(subject, payload),
    onDrop: () => {
      incomingDropped += 1;
    },
  };
  return {
    publish: (subject, payload) => {
      try {
        outlet.send(subject, payload);
      } catch (error) {
        log.error({ subject, problem: describe(error) }, 'a message could not be sent');
      }
    },
    subscribe: (subject, handler, limits = {}) => subscribe(context, subject, handler, limits),
    request: (subject, payload, options) => ask({ protocol, state, outlet, subject, payload, options }),
    onStatus: (listener) => state.listen(listener),
    stats: () => ({
      connectedSinceMs: state.connectedSinceMs(),
      reconnects: state.reconnects(),
      outgoingDropped: outlet.dropped(),
      incomingDropped,
      maxPayloadBytes: protocol.info?.max_payload,
    }),
    flush: () => flush(protocol, state),
    close: () => {
      closing ??= shut(protocol, state);
      return closing;
    },
  };
}

async function flush(protocol: GuardedProtocol, state: ConnectionState): Promise<void> {
  try {
    if (state.status() !== 'connected') throw new Error(`the connection is ${state.status()}`);
    await protocol.flush();
  } catch (error) {
    throw new RerootError('RR_NATS_NO_ANSWER', `the server has not said that it has everything: ${describe(error)}`, {
      cause: error,
    });
  }
}

/** Lets the server take what was published, unless it is gone or takes too long. */
async function shut(protocol: GuardedProtocol, state: ConnectionState): Promise<void> {
  try {
    await orAbort(flush(protocol, state), AbortSignal.timeout(drainTimeoutMs));
  } catch {
    // There is nobody to wait for.
  }
  await protocol.close();
  state.close();
}
