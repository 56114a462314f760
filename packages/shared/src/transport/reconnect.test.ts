import { connect } from 'nats';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../clock/index.ts';
import { createFakeClock, freePort, waitFor } from '../testing/index.ts';
import { connectBus } from './nats-bus.ts';
import { createBusRig, keepLog, soon, until } from './testing/bus-rig.ts';
import { letIn, type ScriptedServer, startScriptedServer } from './testing/scripted-server.ts';

const rig = createBusRig();
const { start, connectTo } = rig;
afterEach(() => rig.end());

async function script(...[say, port]: Parameters<typeof startScriptedServer>): Promise<ScriptedServer> {
  const server = await startScriptedServer(say, port);
  rig.adopt(() => server.stop());
  return server;
}

/** A clock that passes no time over waits, and keeps them. */
function keepWaits(): { clock: Clock; waits: number[]; advance: (ms: number) => void } {
  const { now, advance } = createFakeClock(0);
  const waits: number[] = [];
  return { waits, advance, clock: { now, sleep: async (ms) => void waits.push(ms) } };
}

describe('a fleet that loses its server', () => {
  it('comes back spread over time, all of it', async () => {
    const server = await start();
    const fleet = await Promise.all(Array.from({ length: 200 }, () => connectTo(server.url)));
    await server.kill();
    const atMs: number[] = [];
    const away = await script((socket) => {
      atMs.push(systemClock.now());
      socket.destroy();
    }, server.port);
    await waitFor(() => atMs.length >= 400, { timeoutMs: 20_000, what: '400 attempts' });
    away.stop();
    await start({ port: server.port });
    const whole = { timeoutMs: 20_000, what: 'the whole fleet' };
    await waitFor(() => fleet.every((bus) => bus.stats().connectedSinceMs !== undefined), whole);
    expect(fleet.map((bus) => bus.stats().reconnects)).toEqual(fleet.map(() => 1));
    const peak = Math.max(...atMs.map((fromMs) => atMs.filter((ms) => ms >= fromMs && ms < fromMs + 50).length));
    // Without jitter all 200 come at once; with it 40 of the first round are to be expected, and machines stutter.
    expect(peak).toBeLessThan(140);
  }, 60_000);
});

describe('the waits before a reconnection', () => {
  it('grow while connections do not last, and begin anew after one that did', async () => {
    const { clock, waits, advance } = keepWaits();
    const server = await script(letIn());
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`, { clock, random: () => 1 });
    const lose = async (): Promise<void> => {
      const connections = server.received.length;
      server.hangUp();
      await waitFor(() => server.received.length > connections, soon);
      await until(bus, 'connected');
    };
    for (let lost = 0; lost < 4; lost += 1) await lose();
    expect(waits).toEqual([250, 500, 1_000, 2_000]);
    advance(14_999);
    await lose();
    advance(15_000);
    await lose();
    expect(waits.slice(4)).toEqual([4_000, 250]);
  });

  it('grow while a server refuses', async () => {
    const { clock, waits } = keepWaits();
    const { log, lines } = keepLog();
    let conduct: (socket: Parameters<ReturnType<typeof letIn>>[0]) => void = letIn();
    const server = await script((socket) => conduct(socket));
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`, { clock, log, random: () => 1 });
    conduct = (socket) => {
      if (waits.length >= 8) conduct = letIn();
      letIn()(socket);
      socket.prependListener('data', () => socket.end("-ERR 'Authorization Violation'\r\n"));
    };
    server.hangUp();
    await waitFor(() => waits.length === 9, soon);
    await until(bus, 'connected');
    expect(waits).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    // Said once aloud, however long it lasts.
    const warnings = lines.filter((line) => line.includes('"level":"warn"') && line.includes('RR_NATS_REFUSED'));
    expect(warnings.length).toBe(1);
    expect(bus.stats()).toMatchObject({ reconnects: 1 });
  });
});

describe('a reconnection', () => {
  it('does not wait for a clock that was set back', async () => {
    const server = await script(letIn());
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`);
    const { now } = Date;
    const setBack = vi.spyOn(Date, 'now').mockImplementation(() => now() - 3_600_000);
    rig.adopt(() => setBack.mockRestore());
    server.hangUp();
    await waitFor(() => server.received.length === 2, soon);
    await until(bus, 'connected');
  });

  it('is our own, whatever else in the process speaks NATS, and leaves that its own', async () => {
    let open = 0;
    let conduct = letIn();
    const server = await script((socket) => {
      open += 1;
      socket.on('close', () => void (open -= 1));
      conduct(socket);
    });
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`, { connectTimeoutMs: 100, random: () => 0.1 });
    const stranger = await connect({ servers: `127.0.0.1:${server.port}`, reconnectTimeWait: 50, timeout: 500 });
    rig.adopt(() => stranger.close());
    conduct = () => undefined;
    server.hangUp();
    await waitFor(() => server.received.length >= 6, soon);
    conduct = letIn();
    await until(bus, 'connected');
    await waitFor(() => server.received.some((words) => words.includes('"name":"test"')), soon);
    await waitFor(() => server.received.filter((words) => words.includes('CONNECT')).length === 4, soon);
    await stranger.flush();
    await bus.flush();
    // What the client of NATS has given up stays open; what we have does not.
    expect(server.received.length - open).toBeGreaterThanOrEqual(4);
  });
});

describe('the numbers of a connection', () => {
  it('tell since when it stands, by the injected clock, and how often it was made again', async () => {
    const { clock, advance } = keepWaits();
    const server = await script(letIn());
    advance(1_000);
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`, { clock });
    const none = { outgoingDropped: 0, incomingDropped: 0, maxPayloadBytes: 1_000_000 };
    expect(bus.stats()).toEqual({ connectedSinceMs: 1_000, reconnects: 0, ...none });
    advance(500);
    server.hangUp();
    await waitFor(() => server.received.length === 2, soon);
    await until(bus, 'connected');
    expect(bus.stats()).toEqual({ connectedSinceMs: 1_500, reconnects: 1, ...none });
    await bus.close();
    expect(bus.stats()).toEqual({ connectedSinceMs: undefined, reconnects: 1, ...none });
  });
});

describe('several servers', () => {
  it('are all tried again, also those that did not answer at first', async () => {
    const [laterPort, firstServer] = [await freePort(), await script(letIn())];
    const ports = [laterPort, firstServer.port];
    const servers = ports.map((port) => `nats://127.0.0.1:${port}`);
    // In the order in which they are given.
    const bus = await connectBus({ servers, name: 'test', log: keepLog().log, random: () => 0.9 });
    rig.adopt(() => bus.close());
    expect(firstServer.received.length).toBe(1);
    const later = await script(letIn(), laterPort);
    firstServer.stop();
    await waitFor(() => later.received.length === 1, soon);
    await until(bus, 'connected');
  });

  it('are asked in another order by each client', async () => {
    const servers = [await script(letIn()), await script(letIn())];
    const urls = servers.map(({ port }) => `nats://127.0.0.1:${port}`);
    for (const random of [0, 0.9]) {
      const bus = await connectBus({ servers: urls, name: 'test', log: keepLog().log, random: () => random });
      rig.adopt(() => bus.close());
    }
    expect(servers.map(({ received }) => received.length)).toEqual([1, 1]);
  });

  it('are each named with what is wrong with them, and what does not heal by waiting first', async () => {
    const { port } = await start();
    const nobody = await freePort();
    const servers = [`nats://127.0.0.1:${nobody}`, `nats://0.0.0.0:${port}`];
    await expect(connectBus({ servers, name: 'test', log: keepLog().log, random: () => 0.9 })).rejects.toMatchObject({
      code: 'RR_NATS_PLAINTEXT',
      message: `no nats-server answers at 127.0.0.1:${nobody}: connection refused; the nats-server at 0.0.0.0:${port} offers no TLS`,
      place: `127.0.0.1:${nobody}, 0.0.0.0:${port}`,
    });
  });
});

describe('an attempt that is given up', () => {
  it.each([
    ['when the time is up', () => ({ connectTimeoutMs: 100 })],
    ['when it is aborted', () => ({ signal: AbortSignal.timeout(100) })],
  ])('leaves no socket open %s', async (_, limits) => {
    let open = 0;
    const mute = await script((socket) => {
      open += 1;
      socket.on('close', () => void (open -= 1));
    });
    await expect(connectTo(`nats://127.0.0.1:${mute.port}`, limits())).rejects.toThrow();
    expect(mute.received.length).toBe(1);
    await waitFor(() => open === 0, { timeoutMs: 2_000, what: 'the end of the socket' });
  });
});
