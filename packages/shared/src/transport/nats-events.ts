import type { NatsError } from 'nats';
import type { Clock } from '../clock/index.ts';
import type { Log, LogFields } from '../log/index.ts';
import type { BoundedLog } from './bounded-log.ts';
import type { BusStatus } from './bus.ts';
import type { ConnectedServer, ConnectionListener } from './guarded-protocol.ts';
import { describe, reasonOf } from './reason.ts';

/** How a connection stands. */
export interface ConnectionState {
  status(): BusStatus;
  /** Of the connection that stands, on the injected clock; undefined while there is none. */
  connectedSinceMs(): number | undefined;
  /** How often it was lost and made again. */
  reconnects(): number;
  /** Calls `listener` now and on each change, until the returned function is called. */
  listen(listener: (status: BusStatus) => void): () => void;
  /** Ends it for good. */
  close(): void;
  /** What the connection tells. */
  readonly events: ConnectionListener;
}

/** How many different failures of an outage are said aloud: a server may find new words each time. */
const maxFailures = 20;

/** Follows a connection that is to be made, and logs what happens to it. */
export function followConnection(log: Log, bounded: BoundedLog, clock: Clock): ConnectionState {
  let status: BusStatus = 'disconnected';
  let connections = 0;
  let sinceMs: number | undefined;
  const failures = new Set<string>();
  const listeners = new Set<(status: BusStatus) => void>();
  const tell = (listener: (status: BusStatus) => void): void => {
    try {
      listener(status);
    } catch (error) {
      bounded.error({ state: status, problem: describe(error) }, 'a change of the connection could not be handled');
    }
  };
  const change = (next: BusStatus): void => {
    if (next === status || status === 'closed') return;
    status = next;
    sinceMs = next === 'connected' ? clock.now() : undefined;
    for (const listener of listeners) tell(listener);
  };
  return {
    status: () => status,
    connectedSinceMs: () => sinceMs,
    reconnects: () => Math.max(0, connections - 1),
    listen: (listener) => {
      listeners.add(listener);
      tell(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close: () => {
      change('closed');
    },
    events: {
      connected: (connected) => {
        connections += 1;
        failures.clear();
        logConnected(connected, connections, log);
        change('connected');
      },
      lost: (error) => {
        log.warn({ problem: reasonOf(error) }, 'nats disconnected');
        change('disconnected');
      },
      failed: (failure) => {
        const problem = describe(failure);
        // The same again and again says nothing new, and an outage may last for days.
        log[failures.has(problem) || failures.size >= maxFailures ? 'debug' : 'warn'](
          { problem },
          'nats cannot be reached again',
        );
        if (failures.size < maxFailures) failures.add(problem);
      },
      reported: (error) => {
        bounded.warn(natsFields(error), 'nats reports an error');
      },
    },
  };
}

function logConnected({ server, protection }: ConnectedServer, connections: number, log: Log): void {
  if (connections > 1) log.info({ server }, 'nats reconnected');
  if (protection === 'none') {
    log.warn({ server }, 'nats is spoken to without TLS: anybody on the way can read and change what is said');
  }
}

/** With the operation and the subject when the server forbids them. */
function natsFields(error: NatsError): Pick<LogFields, 'problem' | 'operation' | 'subject'> {
  const problem = reasonOf(error);
  const { permissionContext } = error;
  if (permissionContext === undefined) return { problem };
  return { problem, operation: permissionContext.operation, subject: permissionContext.subject };
}
