import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below those that Linux gives to outgoing connections (net.ipv4.ip_local_port_range): any connection could take one of them
 * before somebody listens on it.
 */
const ports = { first: 20_000, last: 32_000 } as const;
const tries = 100;
const given = new Set<number>();

/** A port of 127.0.0.1 on which nothing listened a moment ago; never the same one twice. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < tries; tried += 1) {
    const port = randomInt(ports.first, ports.last);
    if (!given.has(port) && (await isFree(port))) {
      given.add(port);
      return port;
    }
  }
  throw new Error(`no port from ${ports.first} to ${ports.last} is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
