import type { ConnectionOptions } from 'nats';
import { systemClock, systemRandom } from '../clock/index.ts';
import { RerootError } from '../errors/index.ts';
import { authenticationOf } from './authentication.ts';
import type { ConnectOptions } from './connect-options.ts';
import { joinFailures } from './dial-failure.ts';
import { type ConnectionListener, GuardedProtocol } from './guarded-protocol.ts';
import { orAbort } from './or-abort.ts';
import { secureContextOf } from './secure-context.ts';
import { readServers } from './server-address.ts';
import { tlsNeedOf } from './tls-need.ts';

/**
 * Connects to the first server that lets us in; they are asked in random order. Once connected it reconnects for ever.
 * @param listener hears of every event, but not of attempts that fail before the first connection stands
 * @throws RR_NATS_UNREACHABLE, RR_NATS_PLAINTEXT, RR_NATS_TLS, RR_NATS_REFUSED, RR_NATS_CREDENTIALS_INVALID;
 *   RR_CONFIG_INVALID when a server is no URL; the signal's reason when it aborts
 */
export async function openConnection(options: ConnectOptions, listener: ConnectionListener): Promise<GuardedProtocol> {
  const { signal, clock = systemClock, random = systemRandom } = options;
  signal?.throwIfAborted();
  const { hosts, credentials, tls } = readServers(options.servers);
  // The client would take the machine's own where it is given none.
  if (hosts.length === 0) throw new RerootError('RR_CONFIG_INVALID', 'no NATS server is named');
  const order = shuffled(hosts, random);
  const failures: RerootError[] = [];
  let note = (failure: RerootError): void => void failures.push(failure);
  const protocol = new GuardedProtocol({
    client: clientOptions(order, options),
    transport: { secureContext: secureContextOf(options), tlsNeed: tlsNeedOf(tls, options.plaintext) },
    authenticate: authenticationOf(options.credentials, credentials),
    listener: { ...listener, failed: (failure) => note(failure) },
    clock,
    random,
  });
  try {
    await orAbort(protocol.dialLoop(), signal);
  } catch {
    await protocol.close();
    signal?.throwIfAborted();
    throw joinFailures(failures);
  }
  note = (failure) => listener.failed(failure);
  restoreServers(protocol, order);
  return protocol;
}

function clientOptions(servers: string[], { name, inboxPrefix, connectTimeoutMs = 5_000 }: ConnectOptions): ConnectionOptions {
  return {
    servers,
    name,
    timeout: connectTimeoutMs,
    ...(inboxPrefix === undefined ? {} : { inboxPrefix }),
    // Only servers that are configured are ever spoken to. Those that a server speaks of, it does so before the handshake,
    // where anybody on the way can add more; they would be asked for ever, and without TLS where this one needs none.
    ignoreClusterUpdates: true,
    // The system resolves names, with the machine's own list of hosts and the domains that it searches.
    resolve: false,
    noRandomize: true,
    reconnect: true,
    maxReconnectAttempts: -1,
    // Waits are made before each attempt, where it is known to be one.
    reconnectDelayHandler: () => 0,
    // Credentials may come right again on the server's side; by default two refusals end the connection for good.
    ignoreAuthErrorAbort: true,
    pingInterval: 5_000,
    maxPingOut: 2,
    // A server takes both for granted where nothing is said.
    verbose: false,
    pedantic: false,
    noAsyncTraces: true,
  };
}

/** The client forgets the servers that failed before the first one that let it in. */
function restoreServers({ servers }: GuardedProtocol, order: readonly string[]): void {
  const kept = servers.getServers().map(({ src }) => src);
  for (const host of order) if (!kept.includes(host)) servers.addServer(host);
}

/** Fisher-Yates. */
function shuffled(hosts: readonly string[], random: () => number): string[] {
  const order = [...hosts];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [one, two] = [order[last], order[other]];
    if (one !== undefined && two !== undefined) [order[last], order[other]] = [two, one];
  }
  return order;
}
