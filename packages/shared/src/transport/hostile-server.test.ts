import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { waitFor } from '../testing/index.ts';
import { createBusRig, hear, inTime, keepLog, soon, text, until } from './testing/bus-rig.ts';
import { greeting, letIn, type ScriptedServer, startScriptedServer } from './testing/scripted-server.ts';

const rig = createBusRig();
const { connectTo } = rig;
afterEach(() => rig.end());

async function script(say: (socket: Socket) => void): Promise<ScriptedServer> {
  const server = await startScriptedServer(say);
  rig.adopt(() => server.stop());
  return server;
}

describe('a server that is none', () => {
  it.each([
    ['says something else', (socket: Socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 'it is no nats-server'],
    ['greets with something else', (socket: Socket) => void socket.write('INFO {"a":\r\n'), 'it is no nats-server'],
    ['never ends its greeting', (socket: Socket) => void socket.write('I'.repeat(70_000)), 'its first line has no end'],
    ['hangs up at once', (socket: Socket) => void socket.end(), 'it hung up'],
    ['hangs up after its greeting', (socket: Socket) => void socket.end(greeting()), 'it hung up'],
    [
      'says afterwards what is not of the protocol',
      (socket: Socket) => void socket.write(`${greeting()}BREW coffee\r\n`),
      'what it says is not of the protocol',
    ],
    ['has no version', (socket: Socket) => void socket.write(greeting({ version: {} })), 'what it says is not of the protocol'],
    [
      'wants nobody',
      (socket: Socket) => void socket.write(`${greeting()}-ERR 'maximum connections exceeded'\r\n`),
      "'maximum connections exceeded'",
    ],
  ])('is found out at once when it %s', async (_, say, reason) => {
    const { port } = await script(say);
    await expect(connectTo(`nats://127.0.0.1:${port}`, { connectTimeoutMs: 30_000 })).rejects.toMatchObject({
      code: 'RR_NATS_UNREACHABLE',
      message: `no nats-server answers at 127.0.0.1:${port}: ${reason}`,
    });
  });
});

describe('a server that turns hostile', () => {
  it.each([
    ['announces a message without end', 'MSG a 1 1099511627776\r\nx', 'it announces a message of 1099511627776 bytes'],
    ['says a line without end', `-ERR '${'x'.repeat(100_000)}`, 'a line that it says has no end'],
    ['leaves the protocol', 'BREW coffee\r\n', 'what it says is not of the protocol'],
    ['says that the user has expired', "-ERR 'User Authentication Expired'\r\n", 'the credentials have expired'],
    ['greets with what is no JSON', 'INFO {\r\n', 'what it says is not of the protocol'],
  ])('is left when it %s, and tried again', async (_, words, reason) => {
    const { log, lines } = keepLog();
    let talk = (): void => undefined;
    const server = await script((socket) => {
      letIn()(socket);
      talk = () => void socket.write(words);
    });
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`, { log });
    talk();
    await waitFor(() => server.received.length === 2, soon);
    await until(bus, 'connected');
    expect(lines.join('')).toContain(`"problem":"${reason}","msg":"nats disconnected"`);
  });

  it('fills no log with its errors, nor with what is longer than a person reads', async () => {
    const { log, lines } = keepLog();
    const server = await script((socket) => {
      letIn()(socket);
      socket.on('data', (chunk) => {
        if (!chunk.includes('SUB talk')) return;
        for (let error = 0; error < 5_000; error += 1) socket.write(`-ERR 'Permissions Violation for Publish to "${error}"'\r\n`);
        socket.write(`-ERR '${'y'.repeat(10_000)}'\r\nMSG end 2 4\r\ndone\r\n`);
      });
    });
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`, { log });
    hear(bus, 'talk');
    const heard = hear(bus, 'end');
    await waitFor(() => heard.length === 1, soon);
    expect(lines.length).toBeLessThanOrEqual(20);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(500);
  });

  it('cannot break what is heard afterwards by odd messages', async () => {
    const { log, lines } = keepLog();
    const odd = [
      'MSG a 1 0\r\n\r\n',
      'MSG a 99 3\r\nabc\r\n',
      'MSG \u00ff\u00fe..*.> 1 3\r\nabc\r\n',
      `MSG ${'a'.repeat(4_000)} 1 reply..> 3\r\nabc\r\n`,
      'HMSG a 1 12 15\r\nNATS/1.0\r\n\r\nabc\r\n',
      'HMSG a 1 5 8\r\nbad\r\nabc\r\n',
      'MSG a 1 2\r\nok\r\n',
    ];
    const server = await script((socket) => {
      letIn()(socket);
      socket.on('data', (chunk) => {
        if (chunk.includes('SUB a')) socket.write(Buffer.from(odd.join(''), 'latin1'));
      });
    });
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`, { log });
    const heard: string[] = [];
    bus.subscribe('a', ({ payload, respond }) => {
      heard.push(Buffer.from(payload).toString());
      respond?.(text('answer'));
    });
    await waitFor(() => heard.at(-1) === 'ok', soon);
    expect({ heard, lines }).toEqual({ heard: ['', 'abc', 'abc', 'abc', 'abc', 'ok'], lines: [] });
  });

  it('cannot break a connection by an answer whose headers are none', async () => {
    const server = await script((socket) => {
      letIn()(socket);
      socket.on('data', (chunk) => {
        const [, inbox] = /PUB ask (\S+) /.exec(chunk.toString()) ?? [];
        if (inbox === undefined) return;
        const headers = 'NATS/1.0\r\nno key: x\r\n\r\n';
        const size = headers.length;
        socket.write(`HMSG ${inbox} 1 ${size} ${size + 3}\r\n${headers}abc\r\nMSG ${inbox} 1 2\r\nok\r\n`);
      });
    });
    const bus = await connectTo(`nats://127.0.0.1:${server.port}`);
    expect(Buffer.from(await bus.request('ask', text('?'), inTime)).toString()).toBe('ok');
    expect(server.received.length).toBe(1);
  });
});
