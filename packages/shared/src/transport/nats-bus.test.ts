import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock/index.ts';
import { freePort, waitFor } from '../testing/index.ts';
import { connectBus } from './nats-bus.ts';
import { createBusRig, hear, inTime, keepLog, soon, text, until } from './testing/bus-rig.ts';

const rig = createBusRig();
const { start, startWithConfig, connectTo } = rig;
afterEach(() => rig.end());

describe('the bus', () => {
  it('brings what is published to those who subscribed, and to nobody else', async () => {
    const { url } = await start();
    const [one, two] = [await connectTo(url), await connectTo(url)];
    const exact = hear(one, 'reroot.v1.demo.east.report');
    const wild = hear(one, 'reroot.v1.*.*.report');
    const other = hear(one, 'reroot.v1.demo.west.report');
    await one.flush();
    two.publish('reroot.v1.demo.east.report', text('hello'));
    two.publish('reroot.v1.demo.west.trust', text('not for us'));
    await waitFor(() => wild.length > 0 && exact.length > 0, soon);
    expect({ exact, wild, other }).toEqual({
      exact: ['reroot.v1.demo.east.report hello'],
      wild: ['reroot.v1.demo.east.report hello'],
      other: [],
    });
  });

  it('brings nothing more to those who have left', async () => {
    const bus = await connectTo((await start()).url);
    const heard: string[] = [];
    const leave = bus.subscribe('a', ({ payload }) => void heard.push(Buffer.from(payload).toString()));
    const last = hear(bus, 'z');
    bus.publish('a', text('1'));
    await waitFor(() => heard.length === 1, soon);
    leave();
    bus.publish('a', text('2'));
    bus.publish('z', text('end'));
    await waitFor(() => last.length === 1, soon);
    expect(heard).toEqual(['1']);
  });

  it("sends a handler's error to the log and goes on", async () => {
    const { log, lines } = keepLog();
    const bus = await connectTo((await start()).url, { log });
    const heard: string[] = [];
    bus.subscribe('a', async ({ payload }) => {
      heard.push(Buffer.from(payload).toString());
      if (heard.length === 1) throw new Error('cannot do this');
    });
    bus.publish('a', text('1'));
    bus.publish('a', text('2'));
    await waitFor(() => heard.length === 2, soon);
    expect(lines.join('')).toMatch(/"subject":"a","problem":"cannot do this","msg":"a message could not be handled"/);
  });

  it('closes twice, says so, and is silent afterwards', async () => {
    const bus = await connectTo((await start()).url);
    await Promise.all([bus.close(), bus.close()]);
    await until(bus, 'closed');
    bus.publish('a', text('nobody'));
    await expect(bus.request('a', text('?'), inTime)).rejects.toMatchObject({ code: 'RR_NATS_NO_ANSWER' });
  });

  it('hands over what was published before it closes', async () => {
    const { url } = await start();
    const [one, two] = [await connectTo(url), await connectTo(url)];
    const heard = hear(one, 'a');
    await one.flush();
    two.publish('a', text('last words'));
    await two.close();
    await waitFor(() => heard.length === 1, soon);
  });

  it('closes in time when the server hangs', async () => {
    const server = await start();
    const bus = await connectTo(server.url);
    process.kill(server.pid, 'SIGSTOP');
    const startedMs = systemClock.now();
    await bus.close();
    expect(systemClock.now() - startedMs).toBeLessThan(4_000);
  });

  it('refuses what the server would not take, and lives on', async () => {
    const { log, lines } = keepLog();
    const bus = await connectTo((await startWithConfig('max_payload: 100')).url, { log });
    const heard = hear(bus, 'a');
    bus.publish('a', new Uint8Array(101));
    await expect(bus.request('a', new Uint8Array(101), inTime)).rejects.toMatchObject({ code: 'RR_NATS_TOO_LARGE' });
    bus.publish('a', text('small'));
    await waitFor(() => heard.length === 1, soon);
    expect(lines.join('')).toMatch(/"problem":"RR_NATS_TOO_LARGE a message on a has 101 bytes; the server takes 100"/);
  });
});

describe('a request', () => {
  it('resolves with the first answer', async () => {
    const { url } = await start();
    const [one, two] = [await connectTo(url), await connectTo(url)];
    one.subscribe('double', ({ payload, respond }) => respond?.(Buffer.concat([payload, payload])));
    await one.flush();
    expect(Buffer.from(await two.request('double', text('ab'), inTime)).toString()).toBe('abab');
  });

  it('says at once that nobody listens', async () => {
    const bus = await connectTo((await start()).url);
    await expect(bus.request('nowhere', text('?'), { ...inTime, timeoutMs: 60_000 })).rejects.toMatchObject({
      code: 'RR_NATS_NO_ANSWER',
      message: 'nobody answered on nowhere: nobody listens there',
    });
  });

  it('gives up at its deadline', async () => {
    const bus = await connectTo((await start()).url);
    hear(bus, 'mute');
    await expect(bus.request('mute', text('?'), { ...inTime, timeoutMs: 100 })).rejects.toMatchObject({
      code: 'RR_NATS_NO_ANSWER',
      message: 'nobody answered on mute: the time is up',
    });
  });

  it('ends with the reason of its signal', async () => {
    const bus = await connectTo((await start()).url);
    hear(bus, 'mute');
    const controller = new AbortController();
    const reason = new Error('enough');
    const answer = bus.request('mute', text('?'), { timeoutMs: 60_000, signal: controller.signal });
    controller.abort(reason);
    await expect(answer).rejects.toBe(reason);
    await expect(bus.request('mute', text('?'), { timeoutMs: 60_000, signal: controller.signal })).rejects.toBe(reason);
  });
});

describe('when the server is killed and comes back on its port', () => {
  it('the bus is back within seconds, with its subscriptions, and what was said meanwhile is gone', async () => {
    const server = await start();
    const bus = await connectTo(server.url);
    const heard = hear(bus, 'a');
    bus.publish('a', text('before'));
    await waitFor(() => heard.length === 1, soon);
    await server.kill();
    await until(bus, 'disconnected');
    bus.publish('a', text('meanwhile'));
    await expect(bus.request('a', text('?'), inTime)).rejects.toMatchObject({
      code: 'RR_NATS_NO_ANSWER',
      message: 'nobody answered on a: the connection is disconnected',
    });
    await start({ port: server.port });
    const backMs = systemClock.now();
    await until(bus, 'connected');
    expect(systemClock.now() - backMs).toBeLessThan(3_000);
    bus.publish('a', text('after'));
    await waitFor(() => heard.includes('a after'), soon);
    expect(heard).toEqual(['a before', 'a after']);
  });

  it('the bus can be closed while it is away', async () => {
    const server = await start();
    const bus = await connectTo(server.url);
    await server.kill();
    await until(bus, 'disconnected');
    await bus.close();
    await until(bus, 'closed');
  });

  it('the bus waits for ever, though the credentials are refused meanwhile', async () => {
    const { log, lines } = keepLog();
    const server = await start();
    const bus = await connectTo(server.url, { log, random: () => 0.1 });
    const { port } = server;
    await server.kill();
    const closed = await startWithConfig('authorization: { user: ann, password: pw }', port);
    const refusals = (): number => lines.filter((line) => line.includes('the credentials were refused')).length;
    await waitFor(() => refusals() >= 3, { timeoutMs: 8_000, what: 'the third refusal' });
    await closed.kill();
    await start({ port });
    await until(bus, 'connected');
  });
});

describe('connecting', () => {
  it('wants to know where to', async () => {
    const nowhere = connectBus({ servers: [], name: 'test', log: keepLog().log });
    await expect(nowhere).rejects.toMatchObject({ code: 'RR_CONFIG_INVALID', message: 'no NATS server is named' });
  });

  it('names the servers that do not answer, without their credentials', async () => {
    const port = await freePort();
    await expect(connectTo(`nats://ann:s3cret@127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'RR_NATS_UNREACHABLE',
      message: `no nats-server answers at 127.0.0.1:${port}: connection refused`,
      place: `127.0.0.1:${port}`,
      remedy: expect.stringContaining('nats.servers') as string,
    });
  });

  it('gives up on a server that says nothing', async () => {
    const mute = createServer().listen(0, '127.0.0.1');
    rig.adopt(() => mute.close());
    await waitFor(() => mute.listening, { timeoutMs: 2_000, what: 'the mute server' });
    const { port } = mute.address() as { port: number };
    await expect(connectTo(`nats://127.0.0.1:${port}`, { connectTimeoutMs: 200 })).rejects.toMatchObject({
      code: 'RR_NATS_UNREACHABLE',
      message: `no nats-server answers at 127.0.0.1:${port}: the time is up`,
    });
    const signal = AbortSignal.timeout(200);
    await expect(connectTo(`nats://127.0.0.1:${port}`, { signal })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('takes the credentials from the URL', async () => {
    const { port } = await startWithConfig('authorization: { user: ann, password: "p@ss" }');
    const bus = await connectTo(`nats://ann:p%40ss@127.0.0.1:${port}`);
    await bus.flush();
    await expect(connectTo(`nats://ann:wrong@127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'RR_NATS_REFUSED',
      message: `the nats-server at 127.0.0.1:${port} does not let this user in: the credentials were refused`,
    });
  });

  it('refuses to go on without TLS where the URL demands it', async () => {
    const { port } = await start();
    await expect(connectTo(`tls://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'RR_NATS_PLAINTEXT',
      message: `the nats-server at 127.0.0.1:${port} offers no TLS, and its URL wants it`,
    });
  });
});

describe('what the server does not permit', () => {
  it('goes to the log with its subject, and nothing else stops', async () => {
    const permissions = '{ publish: ["ok", "_INBOX.>"], subscribe: ["ok", "_INBOX.>"] }';
    const config = `authorization: { users: [{ user: ann, password: pw, permissions: ${permissions} }] }`;
    const { port } = await startWithConfig(config);
    const { log, lines } = keepLog();
    const bus = await connectTo(`nats://ann:pw@127.0.0.1:${port}`, { log });
    hear(bus, 'forbidden.to.hear');
    bus.publish('forbidden.to.say', text('!'));
    await waitFor(() => lines.some((line) => line.includes('forbidden.to.say')), soon);
    await waitFor(() => lines.some((line) => line.includes('a subscription has ended')), soon);
    const said = lines.join('');
    expect(said).toMatch(/"problem":"the credentials do not permit it","operation":"publish","subject":"forbidden.to.say"/);
    expect(said).toMatch(/"operation":"subscription","subject":"forbidden.to.hear"/);
    const heard = hear(bus, 'ok');
    bus.publish('ok', text('fine'));
    await waitFor(() => heard.length === 1, soon);
  });

  it('is asked for again at the next connection, when the server may have been told better', async () => {
    const permissions = '{ publish: [">"], subscribe: ["ok"] }';
    const userOf = (more: string): string => `authorization: { users: [{ user: ann, password: pw${more} }] }`;
    const server = await startWithConfig(userOf(`, permissions: ${permissions}`));
    const { log, lines } = keepLog();
    const bus = await connectTo(`nats://ann:pw@127.0.0.1:${server.port}`, { log });
    const heard = hear(bus, 'secret');
    const leave = bus.subscribe('left', () => void heard.push('left'));
    await waitFor(() => lines.filter((line) => line.includes('a subscription has ended')).length === 2, soon);
    leave();
    await server.kill();
    await startWithConfig(userOf(''), server.port);
    await waitFor(() => bus.stats().reconnects === 1, { ...soon, timeoutMs: 15_000 });
    bus.publish('left', text('x'));
    bus.publish('secret', text('told'));
    await waitFor(() => heard.length === 1, soon);
    expect(heard).toEqual(['secret told']);
  });
});
