import type { LiveHello } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { assertNever, RerootError, toRerootError } from '@reroot/shared/errors';
import type { WebSocket } from 'ws';
import type { Principal } from '../access/principal.ts';
import type { Admission } from './admission.ts';
import { type CloseCode, closeCodes, closeReasonOf } from './close-code.ts';
import { hearClient } from './hear-client.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { LiveFeed } from './live-feed.ts';
import type { LiveLimits } from './live-limits.ts';
import type { Handshake } from './read-handshake.ts';
import { sendStream } from './send-stream.ts';

/** Somebody who follows the stream. */
export interface LiveClient {
  /** Ends the connection; the second time it does nothing. */
  quit(code: CloseCode, error?: RerootError): void;
}

/** What a client works with. */
export interface LiveClientOptions {
  readonly handshake: Handshake;
  readonly principal: Principal;
  readonly feed: LiveFeed;
  readonly held: HeldBytes;
  readonly admission: Admission;
  /** Takes one of what the client may send; false when there is nothing left. */
  readonly takeOne: () => boolean;
  /** How many bytes have come over its connection. */
  readonly bytesHeard: () => number;
  readonly clock: Clock;
  readonly limits: LiveLimits;
  /** Told once why mgmt ends the connection. */
  readonly onQuit: (code: CloseCode, error: RerootError) => void;
}

/** Asked so often without an answer, nobody is taken on trust any longer. */
const maxUnknown = 3;

/** Serves a WebSocket that has just been opened, until it is closed. */
export function serveClient(socket: WebSocket, options: LiveClientOptions): LiveClient {
  const { feed, held, takeOne, clock, limits, onQuit } = options;
  const { mesh } = options.handshake;
  const closed = new AbortController();
  const { signal } = closed;
  signal.addEventListener('abort', feed.follow(), { once: true });
  const end = (): void => closed.abort(new Error('the connection is closed'));
  const quit: LiveClient['quit'] = (code, error) => {
    if (signal.aborted) return;
    end();
    if (error !== undefined) onQuit(code, error);
    socket.close(code, error === undefined ? 'mgmt stops' : closeReasonOf(error));
  };
  socket.once('close', end);
  // ws closes the connection by itself.
  socket.on('error', () => undefined);
  const pulse = createPulse(socket, options, quit);
  const hello = Promise.withResolvers<LiveHello>();
  hearClient(socket, {
    ...{ takeOne, maxBufferedBytes: limits.pieceBytes, onPong: pulse.pong, quit },
    // What the path names counts, whatever is said: the right to read was asked for that.
    onHello: (said) => hello.resolve(mesh === undefined ? said : { ...said, mesh }),
  });
  /** Ends with the connection, however that ends. */
  const untilClosed = async (work: Promise<void>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      if (socket.readyState === socket.OPEN) quit(closeCodes.internalError, toRerootError(error));
    }
  };
  void untilClosed(
    sendStream(socket, requireHello(hello.promise, { ms: limits.helloWithinMs, clock, signal }, quit), {
      ...{ feed, held, pieceBytes: limits.pieceBytes, onPiece: pulse.onPiece, signal },
      onTooSlow: (error) => quit(closeCodes.tryAgainLater, error),
    }),
  );
  void untilClosed(watchPulse(pulse, options, signal));
  void untilClosed(watchStanding(options, quit, signal));
  return { quit };
}

/** Ends the connection of a client that has nothing to say. @throws the signal's reason */
async function requireHello(
  hello: Promise<LiveHello>,
  { ms, clock, signal }: { readonly ms: number; readonly clock: Clock; readonly signal: AbortSignal },
  quit: LiveClient['quit'],
): Promise<LiveHello> {
  const waited = new AbortController();
  const tooLate = clock.sleep(ms, AbortSignal.any([signal, waited.signal])).then(() => {
    quit(closeCodes.policyViolation, new RerootError('RR_LIVE_MESSAGE_INVALID', `the client has not said hello within ${ms} ms`));
    return hello;
  });
  try {
    return await Promise.race([hello, tooLate]);
  } finally {
    // Whoever was heard is waited for no longer.
    tooLate.catch(() => undefined);
    waited.abort(new Error('the client has said hello'));
  }
}

/** Whether the other end lives and reads. */
interface Pulse {
  readonly onPiece: (event: 'handed' | 'taken') => void;
  readonly pong: () => void;
  /** Pings when it is time, and quits when the other end has not read or not answered in time, or sends too much. */
  readonly look: () => void;
}

function createPulse(socket: WebSocket, { clock, limits, bytesHeard }: LiveClientOptions, quit: LiveClient['quit']): Pulse {
  const { readWithinMs, pingEveryMs, pongWithinMs } = limits;
  let handedAtMs: number | undefined;
  let pingedAtMs = clock.now();
  let awaited: 'pong' | 'nothing' = 'nothing';
  let bytesBefore = bytesHeard();
  const tooSlow = (why: string): void => {
    quit(closeCodes.tryAgainLater, new RerootError('RR_LIVE_TOO_SLOW', why));
  };
  return {
    onPiece: (event) => {
      handedAtMs = event === 'handed' ? clock.now() : undefined;
    },
    pong: () => {
      awaited = 'nothing';
    },
    look: () => {
      const nowMs = clock.now();
      const newBytes = bytesHeard() - bytesBefore;
      bytesBefore += newBytes;
      if (newBytes > limits.maxHeardBytesPerLook) {
        const why = `the client has sent ${newBytes} bytes within ${limits.lookEveryMs} ms`;
        quit(closeCodes.policyViolation, new RerootError('RR_LIVE_MESSAGE_INVALID', why));
      } else if (handedAtMs !== undefined && nowMs - handedAtMs >= readWithinMs) {
        tooSlow(`the client has read nothing for ${readWithinMs / 1_000} s`);
      } else if (awaited === 'pong' && nowMs - pingedAtMs >= pongWithinMs) {
        tooSlow(`the client has not answered a ping within ${pongWithinMs / 1_000} s`);
      } else if (awaited === 'nothing' && nowMs - pingedAtMs >= pingEveryMs) {
        pingedAtMs = nowMs;
        awaited = 'pong';
        socket.ping();
      }
    },
  };
}

async function watchPulse({ look }: Pulse, { clock, limits }: LiveClientOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(limits.lookEveryMs, signal);
    look();
  }
}

/** Ends the connection when what the client has shown is no longer good, or no longer enough. */
async function watchStanding(options: LiveClientOptions, quit: LiveClient['quit'], signal: AbortSignal): Promise<void> {
  const { admission, handshake, principal, clock, limits } = options;
  const { expiresAtMs = Number.POSITIVE_INFINITY, name } = principal;
  for (let unknown = 0; ; ) {
    const leftMs = expiresAtMs - clock.now();
    await clock.sleep(Math.max(0, Math.min(limits.admitEveryMs, leftMs)), signal);
    if (clock.now() >= expiresAtMs) {
      quit(closeCodes.policyViolation, new RerootError('RR_API_UNAUTHORIZED', `what ${name} has shown is no longer good`));
      return;
    }
    const standing = await admission.askAgain(handshake, signal);
    unknown = standing.kind === 'unknown' ? unknown + 1 : 0;
    switch (standing.kind) {
      case 'admitted':
        break;
      case 'refused':
        quit(closeCodes.policyViolation, standing.error);
        break;
      case 'unknown':
        if (unknown >= maxUnknown) quit(closeCodes.tryAgainLater, standing.error);
        break;
      default:
        assertNever(standing);
    }
  }
}
