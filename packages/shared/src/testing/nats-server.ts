import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { RerootError } from '../errors/index.ts';
import { freePort } from './free-port.ts';
import { waitFor } from './wait-for.ts';

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

/** Where the server listens. */
export interface NatsServerOptions {
  /** A free one when it is left out. */
  readonly port?: number;
}

/**
 * Starts nats-server on 127.0.0.1 and waits until it accepts connections. The binary is REROOT_NATS_SERVER, or
 * nats-server of the PATH.
 * @throws RR_NATS_SERVER_MISSING
 */
export async function startNatsServer({ port }: NatsServerOptions = {}): Promise<NatsServer> {
  const ownPort = port ?? (await freePort());
  const binary = process.env['REROOT_NATS_SERVER'] ?? 'nats-server';
  const child = spawn(binary, ['--addr', '127.0.0.1', '--port', String(ownPort)], { stdio: 'ignore' });
  const failure = new Promise<never>((_, reject) => {
    child.once('error', (cause) => {
      reject(new RerootError('RR_NATS_SERVER_MISSING', `${binary} cannot be started: ${cause.message}`, { cause }));
    });
    child.once('exit', (code) => {
      reject(new Error(`nats-server on port ${ownPort} ended with ${code}`));
    });
  });
  failure.catch(() => undefined);
  const accepting = waitFor(() => accepts(ownPort), { timeoutMs: 10_000, what: `nats-server on port ${ownPort}` });
  await Promise.race([accepting, failure]);
  return {
    url: `nats://127.0.0.1:${ownPort}`,
    port: ownPort,
    pid: child.pid ?? 0,
    stop: () => end(child, 'SIGTERM'),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (accepted: boolean) => (): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once('connect', answer(true));
    socket.once('error', answer(false));
  });
}
