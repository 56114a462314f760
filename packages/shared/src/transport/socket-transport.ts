import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import type { Server, Transport } from 'nats/lib/nats-base-client/internal_mod.js';
import { assertNever, RerootError } from '../errors/index.ts';
import { type Greeting, readGreeting } from './greeting.ts';
import type { ReachedServer, TlsNeed } from './tls-need.ts';

/** How servers are spoken to. */
export interface TransportOptions {
  readonly secureContext: SecureContext;
  readonly tlsNeed: (server: ReachedServer) => TlsNeed;
}

/** How many writes may wait for a server: each holds some memory, however short it is. */
const maxWaitingWrites = 20_000;

/**
 * One connection to one server, in place of the transport of the NATS client (2.29.3). That one takes the word of a server
 * for whether TLS is due, which is a word that anybody on the way can change: `tls_available: 1` makes it send its
 * password in the clear. It believes what came before the handshake as well, checks the certificate of a server that is
 * called by its address for the name `localhost`, keeps sockets open that it has given up, and cannot hang up while the
 * server does not read.
 */
export class SocketTransport implements Transport {
  readonly lang = 'nats.js';
  readonly version = '2.29.3';
  closeError?: Error;
  /** Rejects when the connection has ended, however that came about. */
  readonly ended: Promise<never>;
  readonly #options: TransportOptions;
  readonly #read: (bytes: Uint8Array) => void;
  readonly #end = Promise.withResolvers<never>();
  readonly #disconnected = Promise.withResolvers<Error | undefined>();
  #life: 'opening' | 'standing' | 'ended' = 'opening';
  #socket: Socket | undefined;
  #encrypted = false;
  #greeting: Greeting | undefined;
  #waitingWrites = 0;
  readonly #onClose = (): void => {
    this.fail(new Error('it hung up'));
  };

  /** @param read takes what comes after the greeting */
  constructor(options: TransportOptions, read: (bytes: Uint8Array) => void) {
    this.#options = options;
    this.#read = read;
    this.ended = this.#end.promise;
    this.ended.catch(() => undefined);
  }

  /**
   * Reaches a server, reads its greeting and agrees on TLS.
   * @throws RR_NATS_PLAINTEXT, and errors of Node's sockets and TLS
   */
  async connect(server: Server): Promise<void> {
    const socket = connectTcp({ host: server.hostname, port: server.port, noDelay: true });
    this.#adopt(socket);
    await this.#unlessEnded(once(socket, 'connect'));
    this.#greeting = await this.#unlessEnded(readGreeting(socket));
    const need = this.#options.tlsNeed({ hostname: server.hostname, remoteAddress: socket.remoteAddress });
    if (!this.#greeting.offersTls) requireNoTls(need, server.listen);
    else await this.#encrypt(socket, server, this.#greeting);
  }

  /** From here on its end is that of a connection, and no longer that of an attempt. */
  stands(): void {
    if (this.#life === 'opening') this.#life = 'standing';
    // Later, for the client takes this attempt for the one that would follow as long as it is under way.
    else setImmediate(() => this.#disconnected.resolve(this.closeError));
  }

  get isClosed(): boolean {
    return this.#life === 'ended';
  }

  /** The other end's address while there is one. */
  get remoteAddress(): string | undefined {
    return this.#socket?.remoteAddress;
  }

  /** What waits here for the server to read it. */
  get waitingBytes(): number {
    return this.#socket?.writableLength ?? 0;
  }

  isEncrypted(): boolean {
    return this.#encrypted;
  }

  send(frame: Uint8Array): void {
    if (this.#life === 'ended') return;
    this.#waitingWrites += 1;
    if (this.#waitingWrites > maxWaitingWrites) {
      this.fail(new Error('it does not read what is sent to it'));
      return;
    }
    this.#socket?.write(frame, () => {
      this.#waitingWrites -= 1;
    });
  }

  /** Hangs up because of `error`; the first one is kept. */
  fail(error: Error): void {
    if (this.#life === 'ended') return;
    const stood = this.#life === 'standing';
    this.#life = 'ended';
    this.closeError = error;
    this.#socket?.destroy();
    this.#end.reject(error);
    if (stood) this.#disconnected.resolve(error);
  }

  async close(error?: Error): Promise<void> {
    this.fail(error ?? new Error('it was hung up'));
  }

  /** The client calls this when too many of its PINGs were not answered. */
  disconnect(): void {
    this.fail(new Error('it does not answer any more'));
  }

  /** Resolves when a connection that stood has ended. */
  closed(): Promise<Error | undefined> {
    return this.#disconnected.promise;
  }

  discard(): void {
    // The client calls this before it makes another one; what is over has been destroyed by then.
  }

  async *[Symbol.asyncIterator](): AsyncIterableIterator<Uint8Array> {
    if (this.#greeting !== undefined) yield this.#greeting.bytes;
    // From here on without the iterator: a server may send thousands of small pieces a second, and each would cost several
    // promises. The parser takes them as they come, so that nothing gathers here.
    this.#socket?.on('data', (chunk: Buffer) => {
      if (this.#life !== 'ended') this.#read(chunk);
    });
    this.#socket?.resume();
    await this.ended.catch(() => undefined);
  }

  async #encrypt(socket: Socket, { hostname, listen }: Server, greeting: Greeting): Promise<void> {
    // Nothing that came unprotected may pass for the server's word: it waits for the handshake before it says more.
    if (greeting.saysMore)
      throw new RerootError('RR_NATS_TLS', `the nats-server at ${listen} goes on talking before the handshake`);
    socket.off('close', this.#onClose);
    const secure = connectTls({
      socket,
      secureContext: this.#options.secureContext,
      host: hostname,
      ...(isIP(hostname) === 0 ? { servername: hostname } : {}),
      rejectUnauthorized: true,
    });
    this.#adopt(secure);
    await this.#unlessEnded(once(secure, 'secureConnect'));
    this.#encrypted = true;
  }

  #adopt(socket: Socket): void {
    this.#socket = socket;
    socket.on('error', (error) => {
      this.fail(error);
    });
    socket.on('close', this.#onClose);
  }

  #unlessEnded<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, this.ended]);
  }
}

function requireNoTls(need: TlsNeed, server: string): void {
  switch (need) {
    case 'as-offered':
      return;
    case 'by-distance':
      throw new RerootError('RR_NATS_PLAINTEXT', `the nats-server at ${server} offers no TLS`, { place: server });
    case 'by-url':
      throw new RerootError('RR_NATS_PLAINTEXT', `the nats-server at ${server} offers no TLS, and its URL wants it`, {
        place: server,
        remedy: 'give the server a certificate, or write nats:// in place of tls:// where it stands on this machine',
      });
    default:
      assertNever(need);
  }
}
