import { createConnection } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../log/index.ts';
import { type NatsServer, startNatsServer, waitFor } from '../testing/index.ts';
import { recordSpans } from '../testing/spans/record-spans.ts';
import { inSpan } from '../tracing/index.ts';
import type { Bus, BusMessage } from './bus.ts';
import { connectBus } from './nats-bus.ts';
import { traceHeaderBytes } from './trace-header.ts';

const patienceMs = 5_000;
const recorder = recordSpans();
let server: NatsServer;
let bus: Bus;
let heard: BusMessage[];

beforeAll(async () => {
  server = await startNatsServer();
  bus = await connectBus({ servers: [server.url], name: 'test', log: silentLog });
  bus.subscribe('a', (message) => {
    heard.push(message);
    message.respond?.(message.payload);
  });
  await bus.flush();
});
beforeEach(() => {
  heard = [];
  recorder.clear();
});
afterAll(async () => {
  await bus.close();
  await server.stop();
});

const next = (): Promise<BusMessage> => waitFor(() => heard[0], { timeoutMs: patienceMs, what: 'a message' });
const bytes = (count: number): Uint8Array => new Uint8Array(count).fill(7);

/** Speaks the protocol of NATS by hand, as anybody can who reaches the server. */
async function sayByHand(headers: string): Promise<void> {
  const { hostname, port } = new URL(server.url);
  const socket = createConnection(Number(port), hostname);
  const head = `NATS/1.0\r\n${headers}\r\n\r\n`;
  socket.write(`CONNECT {"headers":true}\r\nHPUB a ${head.length} ${head.length + 2}\r\n${head}hi\r\nPING\r\n`);
  await waitFor(() => heard.length > 0, { timeoutMs: patienceMs, what: 'the message' });
  socket.destroy();
}

describe('a message', () => {
  it('that is sent within a span names it, beside a payload that is the same to the byte', async () => {
    await inSpan('sending', {}, async () => bus.publish('a', bytes(10)));
    const { payload, trace } = await next();
    const [sent] = recorder.spans();
    expect(payload).toEqual(bytes(10));
    expect(trace).toEqual({ ...sent?.spanContext(), traceFlags: 1, isRemote: true, traceState: undefined });
  });

  it('that asks names it too', async () => {
    await inSpan('asking', {}, async () =>
      bus.request('a', bytes(3), { timeoutMs: patienceMs, signal: new AbortController().signal }),
    );
    expect((await next()).trace?.traceId).toBe(recorder.spans()[0]?.spanContext().traceId);
  });

  it('that is sent within none names none', async () => {
    bus.publish('a', bytes(10));
    expect(await next()).not.toHaveProperty('trace');
  });

  it.each([
    ['as large as the server takes goes without', 0, false],
    ['that leaves room for it has it', traceHeaderBytes, true],
  ])('%s', async (_, room, has) => {
    const most = bus.stats().maxPayloadBytes ?? 0;
    await inSpan('sending', {}, async () => bus.publish('a', bytes(most - room)));
    const { payload, trace } = await next();
    expect(payload).toHaveLength(most - room);
    expect(trace !== undefined).toBe(has);
    expect(bus.stats().reconnects).toBe(0);
  });

  it.each([
    ['nonsense', 'traceparent: nonsense'],
    ['a long line', `traceparent: ${'00-'.repeat(10_000)}`],
    ['no colon', 'traceparent'],
    ['other headers', 'tracestate: a=b\r\nbaggage: c=d'],
  ])('that has %s there is heard all the same, and named by none', async (_, headers) => {
    await sayByHand(headers);
    expect(heard[0]?.payload).toEqual(new TextEncoder().encode('hi'));
    expect(heard[0]).not.toHaveProperty('trace');
  });
});
