import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock/index.ts';
import { settledMemoryBytes, waitFor } from '../testing/index.ts';
import type { Bus } from './bus.ts';
import { secureContextOf } from './secure-context.ts';
import { SocketTransport, type TransportOptions } from './socket-transport.ts';
import { createBusRig, hear, keepLog, soon, text } from './testing/bus-rig.ts';
import { greeting, startScriptedServer } from './testing/scripted-server.ts';

const rig = createBusRig();
const { start, connectTo } = rig;
afterEach(() => rig.end());

const mebi = 1024 * 1024;

/** Publishes so that the server takes each of them. */
async function publishMany(bus: Bus, subject: string, payload: Uint8Array, count: number): Promise<void> {
  for (let sent = 1; sent <= count; sent += 1) {
    bus.publish(subject, payload);
    if (sent % 500 === 0) await bus.flush();
  }
  await bus.flush();
}

describe('a subscription whose handler hangs', () => {
  it('takes no more than it has room for, and everybody else is heard', async () => {
    const { url } = await start();
    const { log, lines } = keepLog();
    const [hanging, loud] = [await connectTo(url, { log }), await connectTo(url)];
    const released = Promise.withResolvers<undefined>();
    let begun = 0;
    hanging.subscribe('a', () => {
      begun += 1;
      return released.promise;
    });
    const end = hear(hanging, 'end');
    await hanging.flush();
    const beforeBytes = settledMemoryBytes();
    await publishMany(loud, 'a', new Uint8Array(2_000), 50_000);
    loud.publish('end', text('!'));
    await waitFor(() => end.length === 1, soon);
    expect({ begun, ...hanging.stats() }).toMatchObject({ begun: 1_024, incomingDropped: 50_000 - 1_024, reconnects: 0 });
    expect(settledMemoryBytes() - beforeBytes).toBeLessThan(20 * mebi);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines[0]).toMatch(/"subject":"a","msg":"a message was dropped, for too many are being handled"/);
    released.resolve(undefined);
    await released.promise;
    loud.publish('a', text('again'));
    await waitFor(() => begun === 1_025, soon);
  });

  it('takes as many as it is told, and no more bytes than fit', async () => {
    const bus = await connectTo((await rig.startWithConfig('max_payload: 64MB')).url);
    const never = new Promise<void>(() => undefined);
    const begun = { few: 0, large: 0 };
    bus.subscribe('few', () => ((begun.few += 1), never), { maxInFlight: 3 });
    bus.subscribe('large', () => ((begun.large += 1), never));
    for (let sent = 0; sent < 5; sent += 1) bus.publish('few', text('x'));
    for (let sent = 0; sent < 3; sent += 1) {
      bus.publish('large', new Uint8Array(25 * mebi));
      await bus.flush();
    }
    expect({ begun, dropped: bus.stats().incomingDropped }).toEqual({ begun: { few: 3, large: 2 }, dropped: 3 });
  });

  it('loses nothing of what its handler takes at once, however many come together', async () => {
    const bus = await connectTo((await start()).url);
    let handled = 0;
    bus.subscribe('a', () => void (handled += 1), { maxInFlight: 2 });
    for (let sent = 0; sent < 5_000; sent += 1) bus.publish('a', text('x'));
    await bus.flush();
    await waitFor(() => handled === 5_000, soon);
  });
});

describe('a message that is not admitted', () => {
  it('goes no further, and is known by subject and length', async () => {
    const { log, lines } = keepLog();
    const bus = await connectTo((await start()).url, { log });
    const asked: [string, number][] = [];
    const heard: string[] = [];
    const admit = (subject: string, bytes: number): boolean => {
      asked.push([subject, bytes]);
      if (subject === 'in.odd') throw new Error('cannot say');
      return subject === 'in.good';
    };
    bus.subscribe('in.*', ({ payload }) => void heard.push(Buffer.from(payload).toString()), { admit });
    bus.publish('in.bad', text('12345'));
    bus.publish('in.odd', text(''));
    bus.publish('in.good', text('hello'));
    await waitFor(() => heard.length === 1, soon);
    expect(heard).toEqual(['hello']);
    expect(asked).toEqual([
      ['in.bad', 5],
      ['in.odd', 0],
      ['in.good', 5],
    ]);
    expect(bus.stats().incomingDropped).toBe(0);
    expect(lines.join('')).toMatch(/"subject":"in.odd","problem":"cannot say"/);
  });
});

describe('a server that stops reading', () => {
  it('makes messages drop, and is not waited for in memory', async () => {
    const server = await start();
    const { log, lines } = keepLog();
    const bus = await connectTo(server.url, { log });
    await bus.flush();
    process.kill(server.pid, 'SIGSTOP');
    const beforeBytes = settledMemoryBytes();
    const payload = new Uint8Array(64 * 1024);
    for (let sent = 0; sent < 2_000; sent += 1) {
      bus.publish('a', payload);
      if (sent % 100 === 0) await nextTurn();
    }
    // 125 MiB: 32 MiB wait here, and what the kernel takes of it is not many MiB.
    expect(bus.stats().outgoingDropped).toBeGreaterThan(1_000);
    expect(settledMemoryBytes() - beforeBytes).toBeLessThan(64 * mebi);
    expect(lines.join('')).toMatch(/"msg":"a message was dropped, for the nats-server reads too slowly"/);
    const question = bus.request('a', payload, { timeoutMs: 60_000, signal: new AbortController().signal });
    await expect(question).rejects.toMatchObject({ code: 'RR_NATS_NO_ANSWER' });
    process.kill(server.pid, 'SIGCONT');
    await bus.flush();
    const heard = hear(bus, 'b');
    bus.publish('b', text('again'));
    await waitFor(() => heard.length === 1, soon);
  });

  it('is hung up on at once, whatever waits for it', async () => {
    const transport = await openBlocked();
    const startedMs = systemClock.now();
    transport.disconnect();
    await transport.closed();
    expect(transport.waitingBytes).toBeGreaterThan(mebi);
    expect(systemClock.now() - startedMs).toBeLessThan(1_000);
  });

  it('is left when it makes us say too many small things', async () => {
    const transport = await openBlocked();
    for (let answer = 0; answer < 30_000 && !transport.isClosed; answer += 1) transport.send(text('PONG\r\n'));
    await expect(transport.closed()).resolves.toMatchObject({ message: 'it does not read what is sent to it' });
  });
});

/** A connection to a server that reads nothing, with much that waits for it. */
async function openBlocked(): Promise<SocketTransport> {
  const server = await startScriptedServer((socket) => {
    socket.write(greeting());
    socket.pause();
  });
  rig.adopt(() => server.stop());
  const options: TransportOptions = { secureContext: secureContextOf({}), tlsNeed: () => 'as-offered' };
  const transport = new SocketTransport(options, () => undefined);
  await transport.connect({
    hostname: '127.0.0.1',
    port: server.port,
    listen: '',
    src: '',
    tlsName: '',
    resolve: async () => [],
  });
  transport.stands();
  transport.send(new Uint8Array(64 * mebi));
  await nextTurn();
  return transport;
}
