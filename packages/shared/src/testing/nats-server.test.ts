import { connect } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type NatsServer, startNatsServer } from './nats-server.ts';
import { waitFor } from './wait-for.ts';

const started: NatsServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of started.splice(0)) await server.kill();
});

async function start(port?: number): Promise<NatsServer> {
  const server = await startNatsServer(port === undefined ? {} : { port });
  started.push(server);
  return server;
}

function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}

describe('a nats-server of our own', () => {
  it.each(['stop', 'kill'] as const)('accepts at once, and not after %s', async (end) => {
    const server = await start();
    expect(await accepts(server.port)).toBe(true);
    await server[end]();
    expect(await accepts(server.port)).toBe(false);
    await server[end]();
  });

  it('comes back on the same port', async () => {
    const { port, kill } = await start();
    await kill();
    expect((await start(port)).port).toBe(port);
  });

  it('does not take another one on its port for itself', async () => {
    const { port } = await start();
    await expect(startNatsServer({ port })).rejects.toMatchObject({
      code: 'RR_NATS_SERVER_MISSING',
      message: expect.stringContaining('address already in use') as string,
    });
  });

  it('names the program that it did not find', async () => {
    vi.stubEnv('REROOT_NATS_SERVER', 'no-such-nats-server');
    await expect(startNatsServer()).rejects.toMatchObject({
      code: 'RR_NATS_SERVER_MISSING',
      message: expect.stringContaining('no-such-nats-server cannot be started') as string,
    });
  });
});

describe('waiting', () => {
  it('gives what the check found', async () => {
    let asked = 0;
    expect(await waitFor(() => (++asked < 3 ? undefined : asked), { timeoutMs: 5_000, what: 'the third' })).toBe(3);
  });

  it('ends at its deadline, with what was wanted and what the last check threw', async () => {
    const check = (): never => {
      throw new Error('not yet');
    };
    await expect(waitFor(check, { timeoutMs: 50, what: 'a miracle' })).rejects.toMatchObject({
      code: 'RR_WAIT_TIMEOUT',
      message: 'waited 50 ms for a miracle; last: not yet',
    });
  });
});
