import {
  type ConnectionOptions,
  type NatsError,
  ProtocolHandler,
  type Server,
  setTransportFactory,
} from 'nats/lib/nats-base-client/internal_mod.js';
import type { MsgArg } from 'nats/lib/nats-base-client/parser.js';
import { NodeTransport, nodeResolveHost } from 'nats/lib/src/node_transport.js';
import type { Clock } from '../clock/index.ts';
import type { RerootError } from '../errors/index.ts';
import type { Authentication } from './authentication.ts';
import { backOffMs, stableMs } from './back-off.ts';
import { BoundedParser } from './bounded-parser.ts';
import { dialFailureOf } from './dial-failure.ts';
import { SocketTransport, type TransportOptions } from './socket-transport.ts';
import { isOnThisMachine } from './tls-need.ts';

/** A server that let us in. */
export interface ConnectedServer {
  /** `host:port`. */
  readonly server: string;
  /** What keeps others from reading and changing what is said. */
  readonly protection: 'tls' | 'same-machine' | 'none';
}

/** Hears how a connection fares. None of these may throw. */
export interface ConnectionListener {
  /** A server has let us in, and has been told the subscriptions. */
  connected(server: ConnectedServer): void;
  /** The connection that stood has ended. */
  lost(error: Error | undefined): void;
  /** An attempt has failed. */
  failed(failure: RerootError): void;
  /** The server reports an error on the connection that stands. */
  reported(error: NatsError): void;
}

/** What a connection is made of. */
export interface GuardedOptions {
  readonly client: ConnectionOptions;
  readonly transport: TransportOptions;
  /** Asked before each attempt. */
  readonly authenticate: () => Authentication;
  readonly listener: ConnectionListener;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * The connection of the NATS client (2.29.3), with a transport of our own, bounds on what a server says, and waits before
 * each attempt to reconnect. By itself the client would begin the first attempt at once, in step with everybody else.
 */
export class GuardedProtocol extends ProtocolHandler {
  readonly #options: GuardedOptions;
  readonly #closing = new AbortController();
  #socket: SocketTransport;
  #attempt = 0;
  #connectedAtMs = Number.NEGATIVE_INFINITY;
  #expiresAtMs: number | undefined;

  constructor(options: GuardedOptions) {
    // Nobody answers through a message of the client itself.
    super(options.client, { publish: () => undefined });
    this.#options = options;
    this.#socket = this.#newTransport();
    this.transport = this.#socket;
    void this.closed.then(() => {
      this.#closing.abort(new Error('the connection is closed'));
    });
  }

  /** What was published and has not left this process. */
  get waitingBytes(): number {
    return this.outbound.size() + this.#socket.waitingBytes;
  }

  override async dial(server: Server): Promise<void> {
    // The client compares it with the machine's clock, and would not dial again before a time that was set back has passed.
    this.server.lastConnect = 0;
    if (this.connectedOnce) await this.#waitForTurn();
    const transport = this.#openTransport();
    try {
      const { authenticator, expiresAtMs } = this.#options.authenticate();
      this.#expiresAtMs = expiresAtMs;
      this.options.authenticator = authenticator;
      await lendTransport(transport, () => super.dial(server));
    } catch (error) {
      transport.disconnect();
      if (!this.isClosed()) this.#options.listener.failed(dialFailureOf(server.listen, error, this.#expiredAtMs()));
      throw error;
    }
    this.#connectedAtMs = this.#options.clock.now();
    this.#options.listener.connected({ server: server.listen, protection: protectionOf(server, transport) });
    transport.stands();
  }

  override async disconnected(error?: Error): Promise<void> {
    if (this.#options.clock.now() - this.#connectedAtMs >= stableMs) this.#attempt = 0;
    this.#options.listener.lost(error);
    await super.disconnected(error);
  }

  override resetOutbound(): void {
    super.resetOutbound();
    const socket = this.#socket;
    this.parser = new BoundedParser(this, (problem) => {
      socket.fail(problem);
    });
  }

  override processMsg(message: MsgArg, data: Uint8Array): void {
    try {
      super.processMsg(message, data);
    } catch {
      // An answer whose headers are none: whoever asked goes on waiting, and everybody else is not touched.
    }
  }

  override handleError(error: NatsError): void {
    if (this.connected) this.#options.listener.reported(error);
    // What the server says of an attempt is why it fails; that it hangs up then is not.
    else this.connectError?.(error);
    if (error.isAuthError()) this.#socket.fail(error);
    super.handleError(error);
  }

  #expiredAtMs(): number | undefined {
    const expired = this.#expiresAtMs !== undefined && this.#expiresAtMs <= this.#options.clock.now();
    return expired ? this.#expiresAtMs : undefined;
  }

  async #waitForTurn(): Promise<void> {
    const ms = backOffMs(this.#attempt, this.#options.random);
    this.#attempt += 1;
    await this.#options.clock.sleep(ms, this.#closing.signal);
  }

  #newTransport(): SocketTransport {
    return new SocketTransport(this.#options.transport, (bytes) => {
      this.parser.parse(bytes);
    });
  }

  #openTransport(): SocketTransport {
    const transport = this.#newTransport();
    this.#socket = transport;
    transport.ended.catch((error: unknown) => {
      // A server that hangs up ends the attempt; the client would wait until the time is up.
      if (this.transport === transport) this.connectError?.(error as Error);
    });
    return transport;
  }
}

function protectionOf({ hostname }: Server, transport: SocketTransport): ConnectedServer['protection'] {
  if (transport.isEncrypted()) return 'tls';
  return isOnThisMachine({ hostname, remoteAddress: transport.remoteAddress }) ? 'same-machine' : 'none';
}

/** The client takes its transport from one place for the whole process, at the very beginning of `dial`. */
function lendTransport<T>(transport: SocketTransport, dial: () => T): T {
  setTransportFactory({ factory: () => transport });
  try {
    return dial();
  } finally {
    // As `connect` of the client leaves it, for whoever uses that.
    setTransportFactory({ factory: () => new NodeTransport(), dnsResolveFn: nodeResolveHost });
  }
}
