import { connect, type Socket } from 'node:net';
import { liveProtocols } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { judge, statusOf } from './judge.ts';
import { apiToken, type Served } from './serve.ts';
import type { FuzzTarget } from './target.ts';
import { untilClosed } from './until-closed.ts';

/** The server hangs up on nonsense at once; on what is sound but incomplete when we hang up. */

/** Frames of a client (RFC 6455 §5.2): text, pieces of a text, a ping, a close, each under a mask. */
const frames = [
  frame(0x81, '{"type":"hello"}'),
  Buffer.concat([frame(0x01, '{"type":'), frame(0x80, '"hello"}')]),
  Buffer.concat([frame(0x89, 'ping'), frame(0x81, '{"type":"hello"}')]),
  frame(0x88, '\u0003\u00e8bye'),
  frame(0x82, 'binary'),
];

/** RFC 6455 §1.3 has it as its example. */
const handshakeKey = 'dGhlIHNhbXBsZSBub25jZQ==';

const offered = liveProtocols(apiToken).join(', ');

/** The live stream over real sockets: what a client says once it is let in, how it asks to be, and by which token. */
export function websocketTargets(served: () => Served): readonly FuzzTarget[] {
  const common = { seedOutcome: 'taken', changedTaken: 'some', maxBytes: 65_536 } as const;
  const asking = { ...common, damage: 'refuses' } as const;
  return [
    {
      ...{ ...common, name: 'WebSocket frames', weight: 6, damage: 'reports', seeds: frames },
      read: (input) => speak(served(), input),
    },
    {
      ...{ ...asking, name: 'WebSocket handshake', weight: 4, seeds: [Buffer.from(handshakeWith(offered))] },
      read: (input) => ask(served(), input),
    },
    {
      ...{ ...asking, name: 'offered WebSocket protocols', weight: 4, maxBytes: 14_000, seeds: [Buffer.from(offered)] },
      read: (input) => ask(served(), Buffer.from(handshakeWith(Buffer.from(input).toString('latin1')), 'latin1')),
    },
  ];
}

function handshakeWith(protocols: string): string {
  const lines = [
    'GET /v1/live HTTP/1.1',
    'host: 127.0.0.1',
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${handshakeKey}`,
    `sec-websocket-protocol: ${protocols}`,
  ];
  return [...lines, '', ''].join('\r\n');
}

/** Says it all at once, and hangs up: the server must do so too, whatever it was. What it hears must have come to be frames. */
async function speak(served: Served, input: Uint8Array): Promise<void> {
  const said = Buffer.concat([Buffer.from(handshakeWith(offered)), input]);
  let heard = await say(served, said);
  // Those before may still be on their way out: only so many may be in at a time.
  for (let look = 0; statusOf(heard) === 429 && look < 100; look += 1) {
    await systemClock.sleep(50);
    heard = await say(served, said);
  }
  if (statusOf(heard) !== 101) throw new Error(`the handshake was answered with ${heard.slice(0, 500)}`);
}

async function ask(served: Served, input: Uint8Array): Promise<void> {
  const heard = await say(served, input);
  judge(statusOf(heard), heard);
}

async function say({ apiUrl }: Served, input: Uint8Array): Promise<string> {
  const { socket, heard } = open(apiUrl);
  socket.end(input);
  await untilClosed(socket);
  return heard();
}

function open(apiUrl: string): { readonly socket: Socket; heard(): string } {
  const { hostname, port } = new URL(apiUrl);
  const socket = connect({ host: hostname, port: Number(port) });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  // A server that hangs up at once makes the rest fail to be written.
  socket.on('error', () => undefined);
  return { socket, heard: () => Buffer.concat(chunks).toString('latin1') };
}

function frame(firstByte: number, text: string): Buffer {
  const payload = Buffer.from(text, 'latin1');
  const mask = Buffer.from([1, 2, 3, 4]);
  const masked = payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([firstByte, 0x80 | payload.length]), mask, masked]);
}
