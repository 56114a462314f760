import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { RerootError } from '@reroot/shared/errors';
import type { FuzzTarget } from './target.ts';

/** The server hangs up on nonsense at once; on what is sound but incomplete when we hang up. */
const answerTimeoutMs = 10_000;

/** Frames of a client (RFC 6455 §5.2): text, pieces of a text, a ping, a close, each under a mask. */
const frames = [
  frame(0x81, '{"type":"hello"}'),
  Buffer.concat([frame(0x01, '{"type":'), frame(0x80, '"hello"}')]),
  Buffer.concat([frame(0x89, 'ping'), frame(0x81, '{"type":"hello"}')]),
  frame(0x88, '\u0003\u00e8bye'),
  frame(0x82, 'binary'),
];

/** The live stream over real sockets: what a client says once it is let in, and how it asks to be. */
export function websocketTargets(apiUrl: string): readonly FuzzTarget[] {
  const handshake = handshakeOf(apiUrl);
  const damage = 'reports';
  return [
    { name: 'WebSocket frames', weight: 6, damage, seeds: frames, read: (input) => speak(apiUrl, handshake, input) },
    {
      ...{ name: 'WebSocket handshake', weight: 4, damage: 'refuses', seeds: [Buffer.from(handshake)] },
      read: (input) => ask(apiUrl, input),
    },
  ];
}

function handshakeOf(apiUrl: string): string {
  const lines = [
    'GET /v1/live HTTP/1.1',
    `host: ${new URL(apiUrl).host}`,
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
    'sec-websocket-protocol: reroot.v1',
  ];
  return [...lines, '', ''].join('\r\n');
}

/** Says it all at once, and hangs up: the server must do so too, whatever it was. */
async function speak(apiUrl: string, handshake: string, input: Uint8Array): Promise<void> {
  const { socket, heard } = open(apiUrl);
  socket.end(Buffer.concat([Buffer.from(handshake), input]));
  await once(socket, 'close', { signal: AbortSignal.timeout(answerTimeoutMs) });
  const [, status = '0'] = /^HTTP\/1\.1 (\d{3})/.exec(heard()) ?? [];
  if (Number(status) >= 500) throw new Error(`answered with ${status}: ${heard().slice(0, 500)}`);
}

async function ask(apiUrl: string, input: Uint8Array): Promise<void> {
  const { socket, heard } = open(apiUrl);
  socket.end(input);
  await once(socket, 'close', { signal: AbortSignal.timeout(answerTimeoutMs) });
  const [, status = '400'] = /^HTTP\/1\.1 (\d{3})/.exec(heard()) ?? [];
  // 505 is what a version of HTTP that there is none of is to be answered with (RFC 9110 §15.6.6).
  if (Number(status) >= 500 && status !== '505') throw new Error(`answered with ${status}: ${heard().slice(0, 500)}`);
  if (Number(status) >= 400) throw new RerootError('RR_API_UNEXPECTED', heard().slice(0, 200));
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
