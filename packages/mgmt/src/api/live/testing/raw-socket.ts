import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { livePath, liveProtocol } from '@reroot/shared/api';
import { waitFor } from '@reroot/shared/testing';

/** Lines of a handshake; one that is undefined is left out. */
export type HandshakeLines = Readonly<Record<string, string | undefined>>;

/** What mgmt has answered instead of an upgrade. */
export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

const goodLines: HandshakeLines = {
  host: '127.0.0.1',
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': randomBytes(16).toString('base64'),
  'sec-websocket-protocol': liveProtocol,
};

/** Writes a handshake by hand, for what no library would send. */
export function requestText(lines: HandshakeLines = {}, start = `GET ${livePath} HTTP/1.1`): string {
  const all = Object.entries({ ...goodLines, ...lines }).filter(([, value]) => value !== undefined);
  return [start, ...all.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
}

/** Sends a handshake and reads the whole answer, up to the end of the connection. */
export async function refused(port: number, request: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  const answer = await text(socket);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]), head: head.toLowerCase(), body };
}

/** A connection that has been upgraded, and on which frames are written by hand. */
export interface RawClient {
  readonly socket: Socket;
  /** Code of the close frame of mgmt, once it is there. */
  closeCode(): Promise<number>;
  /** Frames of mgmt with this opcode that have come whole. */
  count(opcode: number): number;
}

/** Upgrades. */
export async function upgrade(port: number, lines: HandshakeLines = {}): Promise<RawClient> {
  const socket = connect(port, '127.0.0.1');
  // mgmt may hang up while the test still writes.
  socket.on('error', () => undefined);
  let received = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
  });
  socket.write(requestText(lines));
  await once(socket, 'data');
  const headEnd = await waitFor(() => received.indexOf('\r\n\r\n') + 4, { timeoutMs: 5_000, what: 'the head' });
  if (!received.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(received.toString());
  const frames = (): readonly Frame[] => framesIn(received.subarray(headEnd));
  return {
    socket,
    closeCode: () =>
      waitFor(
        () =>
          frames()
            .find(({ opcode }) => opcode === 8)
            ?.payload.readUInt16BE(0),
        { timeoutMs: 5_000, what: 'a close' },
      ),
    count: (opcode) => frames().filter((frame) => frame.opcode === opcode).length,
  };
}

/** A frame as a client sends it (RFC 6455 §5.2), and as it may not. */
export interface FramePlan {
  readonly opcode: number;
  readonly payload?: Uint8Array | string;
  readonly fin?: boolean;
  /** RSV1 to RSV3. */
  readonly reserved?: number;
  readonly mask?: 'masked' | 'unmasked';
  /** What the frame says of its length, when that is another. */
  readonly claimedLength?: bigint;
}

/** The bytes of a frame. */
export function frame({ opcode, payload = '', fin = true, reserved = 0, mask = 'masked', claimedLength }: FramePlan): Buffer {
  const data = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  const maskBit = mask === 'masked' ? 0x80 : 0;
  const length = claimedLength ?? BigInt(data.length);
  const head =
    length < 126n
      ? Buffer.from([first, maskBit | Number(length)])
      : Buffer.concat([Buffer.from([first, maskBit | 127]), bigEndian(length)]);
  if (mask === 'unmasked') return Buffer.concat([head, data]);
  const key = randomBytes(4);
  return Buffer.concat([head, key, data.map((byte, index) => byte ^ (key[index % 4] ?? 0))]);
}

function bigEndian(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
}

function framesIn(bytes: Buffer): readonly Frame[] {
  const frames: Frame[] = [];
  for (let rest = bytes; rest.length >= 2; ) {
    const short = (rest[1] ?? 0) & 0x7f;
    const headLength = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (rest.length < headLength) break;
    const length = short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
    if (rest.length < headLength + length) break;
    frames.push({ opcode: (rest[0] ?? 0) & 0x0f, payload: rest.subarray(headLength, headLength + length) });
    rest = rest.subarray(headLength + length);
  }
  return frames;
}
