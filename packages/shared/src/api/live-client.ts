import type { Clock } from '../clock/index.ts';
import { errorMessage } from '../errors/index.ts';
import { liveMeshPath, livePath, liveProtocols } from './live.ts';
import { createLiveMemory, type LiveListeners, type LiveMemory, type LiveState } from './live-memory.ts';
import { type LiveHello, liveHeartbeatMs } from './live-messages.ts';

/** How the connection to mgmt stands. */
export type LiveConnection =
  /** Nothing was heard yet. `why` the last attempt has failed, where one has. */
  | { readonly kind: 'connecting'; readonly sinceMs: number; readonly why?: string }
  /** What is shown is so. */
  | { readonly kind: 'live'; readonly sinceMs: number }
  /** What is shown was so then; the client tries again by itself. */
  | { readonly kind: 'stale'; readonly sinceMs: number; readonly why: string };

/** What the client needs of a WebSocket: that of browsers, of Node and of `ws` will do. */
export interface LiveSocket {
  addEventListener(type: 'open', listener: () => void): void;
  /** Some say in a `message` what is wrong; browsers do not. */
  addEventListener(type: 'error', listener: (event: object) => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number; readonly reason: string }) => void): void;
  send(text: string): void;
  close(): void;
}

/** What is followed, and who is told. Listeners must not throw. */
export interface LiveClientOptions extends LiveListeners, Pick<LiveHello, 'mesh' | 'events'> {
  /** Base address of mgmt, http or https. */
  readonly server: string;
  /** Bearer token; left out where mgmt asks for none, or the socket shows it in a header. */
  readonly token?: string;
  /** Cursor of an earlier client: what has happened since is told, after the whole state. */
  readonly resume?: string;
  /** Opens a WebSocket, such as `(url, protocols) => new WebSocket(url, protocols)`. */
  readonly openSocket: (url: string, protocols: string[]) => LiveSocket;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly onConnection?: (connection: LiveConnection) => void;
}

/** Follows mgmt until it is stopped, over as many connections as that takes. */
export interface LiveClient {
  /** Undefined before the first snapshot. */
  state(): LiveState | undefined;
  connection(): LiveConnection;
  /** Where the client is; undefined before the first message. */
  cursor(): string | undefined;
  /** Nobody is told anything any more. */
  stop(): void;
}

const firstRetryMs = 500;
const longestRetryMs = 30_000;
const silentAfterMs = 3 * liveHeartbeatMs;

/** Begins to follow. It needs nothing of Node or of a browser but what it is given. */
export function openLiveClient(options: LiveClientOptions): LiveClient {
  const { clock, onConnection } = options;
  const stopping = new AbortController();
  const memory = createLiveMemory(options);
  let connection: LiveConnection = { kind: 'connecting', sinceMs: clock.now() };
  let heardAtMs = clock.now();
  const become = (next: LiveConnection): void => {
    connection = next;
    onConnection?.(next);
  };
  const onHeard = (): void => {
    heardAtMs = clock.now();
    if (connection.kind !== 'live') become({ kind: 'live', sinceMs: heardAtMs });
  };
  const onLost = (why: string): void => {
    const sinceMs = connection.kind === 'live' ? heardAtMs : connection.sinceMs;
    become(connection.kind === 'connecting' ? { kind: 'connecting', sinceMs, why } : { kind: 'stale', sinceMs, why });
  };
  void follow({ ...options, memory, signal: stopping.signal, onHeard, onLost });
  return {
    state: () => memory.state(),
    connection: () => connection,
    cursor: () => memory.cursor(),
    stop: () => stopping.abort(new Error('stopped')),
  };
}

interface Following extends Pick<LiveClientOptions, 'server' | 'token' | 'mesh' | 'openSocket' | 'clock' | 'random'> {
  readonly memory: LiveMemory;
  readonly signal: AbortSignal;
  readonly onHeard: () => void;
  readonly onLost: (why: string) => void;
}

/** Never rejects. */
async function follow(following: Following): Promise<void> {
  const { clock, random, signal, onHeard, onLost } = following;
  for (let failures = 0; ; ) {
    const why = await converse({
      ...following,
      onHeard: () => {
        failures = 0;
        onHeard();
      },
    });
    if (signal.aborted) return;
    onLost(why);
    failures += 1;
    try {
      await clock.sleep(retryMs(failures, random), signal);
    } catch {
      return;
    }
  }
}

/** Twice as long each time, and by chance up to half less: many clients lose one mgmt at once. */
function retryMs(failures: number, random: () => number): number {
  const longest = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 16));
  return longest * (1 - random() / 2);
}

/** One connection, from its opening to its end. @returns why it has ended */
function converse(following: Following): Promise<string> {
  const { memory, token, openSocket, clock, signal, onHeard } = following;
  let socket: LiveSocket;
  try {
    socket = openSocket(urlOf(following), liveProtocols(token));
  } catch (error) {
    return Promise.resolve(errorMessage(error));
  }
  return new Promise((resolve) => {
    const over = new AbortController();
    let heardAtMs = clock.now();
    const end = (why: string): void => {
      if (over.signal.aborted) return;
      over.abort();
      signal.removeEventListener('abort', stop);
      // Some take their time to close, and may have gone for good: the next one does not wait for it.
      socket.close();
      resolve(why);
    };
    const stop = (): void => end('stopped');
    signal.addEventListener('abort', stop);
    socket.addEventListener('open', () => {
      if (!over.signal.aborted) socket.send(JSON.stringify(memory.opening()));
    });
    socket.addEventListener('message', ({ data }) => {
      if (over.signal.aborted) return;
      heardAtMs = clock.now();
      if (memory.take(data) === 'misfit') end('what mgmt has said does not fit what it said before');
      else onHeard();
    });
    let fault = '';
    socket.addEventListener('error', (event) => {
      if ('message' in event && typeof event.message === 'string') fault = event.message;
    });
    socket.addEventListener('close', ({ code, reason }) => end(reason || fault || `the connection is closed (${code})`));
    void endOfSilence(() => heardAtMs, clock, over.signal).then(() => {
      end(`nothing was heard for ${silentAfterMs / 1_000} s`);
    });
  });
}

/** Resolves when nothing was heard for long, or when the signal aborts. */
async function endOfSilence(heardAtMs: () => number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let leftMs = silentAfterMs; leftMs > 0 && !signal.aborted; leftMs = heardAtMs() + silentAfterMs - clock.now()) {
    await clock.sleep(leftMs, signal).catch(() => undefined);
  }
}

function urlOf({ server, mesh }: Following): string {
  return `${server.replace(/^http/, 'ws').replace(/\/+$/, '')}${mesh === undefined ? livePath : liveMeshPath(mesh)}`;
}
