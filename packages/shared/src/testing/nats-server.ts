import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { RerootError } from '../errors/index.ts';

/** A nats-server of our own. */
export interface NatsServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it and waits until it has ended. */
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

/** How the server is started. */
export interface NatsServerOptions {
  /** The server chooses a free one when it is left out. */
  readonly port?: number;
  /** A file in the server's own format, for permissions and limits. */
  readonly configFile?: string;
  /** A folder of `reroot nats init`, in which the server is started as its configuration says; port and file are its own. */
  readonly folder?: string;
}

const startTimeoutMs = 30_000;

/** What nats-server takes for "choose one". */
const anyPort = -1;

/**
 * Starts nats-server on 127.0.0.1 and waits until it says that it listens. The binary is REROOT_NATS_SERVER, or
 * nats-server of the PATH.
 * @throws RR_NATS_SERVER_MISSING, with the server's last words when it does not start
 */
export async function startNatsServer(options: NatsServerOptions = {}): Promise<NatsServer> {
  const binary = process.env['REROOT_NATS_SERVER'] ?? 'nats-server';
  const child = spawn(binary, argumentsOf(options), { cwd: options.folder, stdio: ['ignore', 'ignore', 'pipe'] });
  try {
    const chosen = await listeningPort(child, child.stderr, binary);
    return {
      url: `nats://127.0.0.1:${chosen}`,
      port: chosen,
      pid: child.pid ?? 0,
      stop: () => end(child, 'SIGTERM'),
      kill: () => end(child, 'SIGKILL'),
    };
  } catch (error) {
    if (child.pid !== undefined) await end(child, 'SIGKILL');
    throw error;
  }
}

function argumentsOf({ port = anyPort, configFile, folder }: NatsServerOptions): readonly string[] {
  if (folder !== undefined) return ['--config', 'nats-server.conf'];
  return ['--addr', '127.0.0.1', '--port', String(port), ...(configFile === undefined ? [] : ['--config', configFile])];
}

/** The port that the server says it listens on: its own word, for something else might answer at the wanted port. */
async function listeningPort(child: ChildProcess, log: Readable, binary: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let port: number | undefined;
  let last = 'it said nothing';
  const fail = (problem: string): void => {
    reject(new RerootError('RR_NATS_SERVER_MISSING', `${binary} ${problem}`));
  };
  child.once('error', (error) => {
    fail(`cannot be started: ${error.message}`);
  });
  const lines = createInterface({ input: log });
  lines.on('line', (line) => {
    last = line;
    const found = /Listening for client connections on 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (found !== undefined) port = Number(found);
    if (port !== undefined && line.includes('Server is ready')) resolve(port);
  });
  lines.once('close', () => {
    fail(`ended at once: ${last}`);
  });
  const timer = setTimeout(() => {
    fail(`does not listen after ${startTimeoutMs} ms: ${last}`);
  }, startTimeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
