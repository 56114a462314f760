import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { waitFor } from '@reroot/shared/testing';
import { createRandom } from '@reroot/simulator/random';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTroubledRelay, type TroubledRelay } from './troubled-relay.ts';

let server: Server;
let relay: TroubledRelay;
let clients: Socket[];

/** A server that sends back what it gets. */
beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  relay = await startTroubledRelay({ port: (server.address() as { port: number }).port }, createRandom(1));
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await relay.stop();
  server.close();
});

interface Caller {
  readonly socket: Socket;
  heard(): string;
}

async function call(): Promise<Caller> {
  let text = '';
  const socket = connect({ host: '127.0.0.1', port: relay.port });
  clients.push(socket);
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => (text += bytes.toString()));
  await once(socket, 'connect');
  return { socket, heard: () => text };
}

const until = (what: string, check: () => boolean) => waitFor(check, { timeoutMs: 10_000, what });

describe('a way to the broker', () => {
  it('passes everything on, in order, also while it is slow and loses some', async () => {
    const { socket, heard } = await call();
    let sent = '';
    for (const kind of [undefined, 'delay', 'loss'] as const) {
      if (kind !== undefined) relay.trouble(kind);
      for (const word of ['one ', 'two ', 'three ', 'four ']) {
        sent += word;
        socket.write(word);
      }
      await until(`all of it after ${kind}`, () => heard() === sent);
      relay.heal();
    }
  });

  it('keeps back what is sent while it is stalled, and delivers it afterwards', async () => {
    const { socket, heard } = await call();
    relay.trouble('stall');
    socket.write('late');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard()).toBe('');
    relay.heal();
    await until('what was kept back', () => heard() === 'late');
  });

  it('goes silent when it is cut, and ends those that were cut when it is whole again', async () => {
    const { socket, heard } = await call();
    relay.trouble('cut');
    socket.write('never');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([heard(), socket.closed]).toEqual(['', false]);
    relay.heal();
    await until('the end of the connection', () => socket.closed);
    const again = await call();
    again.socket.write('now');
    await until('an answer on a new one', () => again.heard() === 'now');
  });

  it('ends whoever is there when it drops, and lets nobody through meanwhile', async () => {
    const first = await call();
    relay.trouble('drop');
    await until('the end of the first', () => first.socket.closed);
    const second = await call();
    await until('the end of the second', () => second.socket.closed);
    relay.heal();
    const third = await call();
    third.socket.write('again');
    await until('an answer', () => third.heard() === 'again');
  });

  it.each([
    ['unsent', 'write it', ''],
    ['half', 'write the half of it', 'write the '],
    ['unanswered', 'write it', 'write it'],
  ] as const)('waits for words, and closes when they are %s', async (moment, sent, arrived) => {
    const ended = new AbortController();
    let seen = '';
    server.on('connection', (socket) => socket.on('data', (bytes) => (seen += bytes.toString())));
    const { socket, heard } = await call();
    const struck = relay.lieInWait('write', moment, ended.signal);
    socket.write('read');
    await until('what is not waited for', () => heard() === 'read');
    socket.write(sent);
    expect(await struck).toBe('struck');
    await until('what still arrives', () => seen === `read${arrived}`);
    socket.write('after');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([seen, heard()]).toEqual([`read${arrived}`, 'read']);
    relay.heal();
    await until('the end of the connection', () => socket.closed);
  });

  it('waits in vain until it is told not to', async () => {
    const ended = new AbortController();
    const waiting = relay.lieInWait('write', 'unsent', ended.signal);
    ended.abort();
    expect(await waiting).toBeUndefined();
    const { socket, heard } = await call();
    socket.write('write');
    await until('an answer', () => heard() === 'write');
  });
});
