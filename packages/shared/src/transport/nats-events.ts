import { ErrorCode, type NatsConnection, NatsError, type Status } from 'nats';
import { errorMessage } from '../errors/index.ts';
import type { Log } from '../log/index.ts';
import type { BusStatus } from './bus.ts';

/** How a connection stands. */
export interface ConnectionState {
  status(): BusStatus;
  /** Calls `listener` now and on each change, until the returned function is called. */
  listen(listener: (status: BusStatus) => void): () => void;
}

/** Follows a connection that is open now, and logs what happens to it. */
export function followConnection(connection: NatsConnection, log: Log): ConnectionState {
  let status: BusStatus = 'connected';
  const listeners = new Set<(status: BusStatus) => void>();
  const change = (next: BusStatus): void => {
    if (next === status || status === 'closed') return;
    status = next;
    for (const listener of listeners) listener(next);
  };
  void followEvents(connection, log, change);
  void connection.closed().then(() => {
    change('closed');
  });
  return {
    status: () => status,
    listen: (listener) => {
      listeners.add(listener);
      listener(status);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

async function followEvents(connection: NatsConnection, log: Log, change: (status: BusStatus) => void): Promise<void> {
  for await (const event of connection.status()) {
    const type: string = event.type;
    if (type === 'disconnect') {
      log.warn({}, 'nats disconnected');
      change('disconnected');
    } else if (type === 'reconnect') {
      log.info({}, 'nats reconnected');
      change('connected');
    } else if (type === 'error') {
      log.warn(describe(event), 'nats reports an error');
    }
  }
}

/** With the operation and the subject when the server forbids them. */
function describe({ data, permissionContext }: Status): object {
  const reason = typeof data === 'string' ? (reasons[data] ?? data) : JSON.stringify(data);
  return permissionContext === undefined
    ? { reason }
    : { reason, operation: permissionContext.operation, subject: permissionContext.subject };
}

const reasons: Partial<Record<string, string>> = {
  [ErrorCode.NoResponders]: 'nobody listens there',
  [ErrorCode.Timeout]: 'the time is up',
  [ErrorCode.ConnectionRefused]: 'connection refused',
  [ErrorCode.AuthorizationViolation]: 'the credentials were refused',
  [ErrorCode.PermissionsViolation]: 'the credentials do not permit it',
};

/** What an error of the client says to a person. */
export function reasonOf(error: unknown): string {
  return error instanceof NatsError ? (reasons[error.code] ?? error.message) : errorMessage(error);
}
