import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger, type Log, silentLog } from '../../log/index.ts';
import { type NatsServer, startNatsServer, waitFor } from '../../testing/index.ts';
import type { Bus, BusStatus } from '../bus.ts';
import type { ConnectOptions } from '../connect-options.ts';
import { connectBus } from '../nats-bus.ts';

/** Servers and connections of a test. */
export interface BusRig {
  start(options?: Parameters<typeof startNatsServer>[0]): Promise<NatsServer>;
  /** @param config in the server's own format */
  startWithConfig(config: string, port?: number): Promise<NatsServer>;
  /** Writes files, by name, into a folder of their own, and gives its path. */
  write(files: Readonly<Record<string, string>>): Promise<string>;
  connectTo(server: string, options?: Partial<ConnectOptions>): Promise<Bus>;
  /** Ends something when the test is over. */
  adopt(end: () => unknown): void;
  /** Ends everything, the last first. */
  end(): Promise<void>;
}

/** A rig without anything in it. */
export function createBusRig(): BusRig {
  const cleanups: (() => unknown)[] = [];
  const rig: BusRig = {
    start: async (options) => {
      const server = await startNatsServer(options);
      cleanups.push(() => server.kill());
      return server;
    },
    startWithConfig: async (config, port) => {
      const dir = await rig.write({ 'nats.conf': config });
      return rig.start({ configFile: join(dir, 'nats.conf'), ...(port === undefined ? {} : { port }) });
    },
    write: async (files) => {
      const dir = await mkdtemp(join(tmpdir(), 'reroot-nats-'));
      cleanups.push(() => rm(dir, { recursive: true }));
      for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text);
      return dir;
    },
    connectTo: async (server, options = {}) => {
      const bus = await connectBus({ servers: [server], name: 'test', log: silentLog, ...options });
      cleanups.push(() => bus.close());
      return bus;
    },
    adopt: (end) => void cleanups.push(end),
    end: async () => {
      for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
    },
  };
  return rig;
}

/** A log that keeps its lines. */
export function keepLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  return { lines, log: createLogger({ level: 'debug', name: 'test', stream: { write: (line) => void lines.push(line) } }) };
}

/** Subscribes and keeps what comes as text. */
export function hear(bus: Bus, subject: string): string[] {
  const heard: string[] = [];
  bus.subscribe(subject, ({ subject: on, payload }) => {
    heard.push(`${on} ${Buffer.from(payload).toString()}`);
  });
  return heard;
}

/** Waits until the connection has this status. */
export function until(bus: Bus, wanted: BusStatus): Promise<unknown> {
  let status: BusStatus | undefined;
  const stop = bus.onStatus((next) => {
    status = next;
  });
  return waitFor(() => status === wanted, { timeoutMs: 8_000, what: `status ${wanted}` }).finally(stop);
}

export const text = (words: string): Uint8Array => Buffer.from(words);
export const soon = { timeoutMs: 5_000, what: 'the message' };
const never = new AbortController().signal;
export const inTime = { timeoutMs: 5_000, signal: never };
