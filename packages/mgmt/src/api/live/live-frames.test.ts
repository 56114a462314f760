import { settledMemoryBytes, waitFor } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { follow } from './testing/live-follower.ts';
import { type LiveServer, meshAt, startLive } from './testing/live-server.ts';
import { type FramePlan, frame, upgrade } from './testing/raw-socket.ts';

let server: LiveServer;
afterEach(() => server.close());

const [continuation, textFrame, binary, close, ping, pong] = [0, 1, 2, 8, 9, 10];
const hello = '{"type":"hello"}';

/** Sends what is written there, and waits for the code with which mgmt closes. Others are served as before. */
async function closedBy(...bytes: readonly Buffer[]): Promise<number> {
  server = await startLive();
  const client = await upgrade(server.port);
  client.socket.write(Buffer.concat(bytes));
  const code = await client.closeCode();
  await waitFor(() => client.socket.destroyed || client.socket.end(), { timeoutMs: 5_000, what: 'the end' });
  expect((await follow(server)).socket.readyState).toBe(1);
  return code;
}

describe('a frame that breaks RFC 6455', () => {
  it.each<[string, FramePlan | readonly FramePlan[], number]>([
    ['without mask', { opcode: textFrame, payload: hello, mask: 'unmasked' }, 1002],
    ['with a reserved bit', { opcode: textFrame, payload: hello, reserved: 1 }, 1002],
    ['that claims to be compressed', { opcode: textFrame, payload: hello, reserved: 4 }, 1002],
    ...[3, 4, 7, 11, 15].map((opcode): [string, FramePlan, number] => [`with opcode ${opcode}`, { opcode }, 1002]),
    ['that goes on with nothing', { opcode: continuation, payload: hello }, 1002],
    [
      'that begins while another goes on',
      [
        { opcode: textFrame, fin: false },
        { opcode: textFrame, payload: hello },
      ],
      1002,
    ],
    ['that is a ping in pieces', { opcode: ping, fin: false }, 1002],
    ['that is a ping too long', { opcode: ping, payload: 'x'.repeat(126) }, 1002],
    ['that closes with half a code', { opcode: close, payload: 'x' }, 1002],
    ['that closes with a code that is none', { opcode: close, payload: Uint8Array.of(0, 1) }, 1002],
    ['that is no UTF-8', { opcode: textFrame, payload: Uint8Array.of(0xc3, 0x28) }, 1007],
    ['that closes with a reason that is no UTF-8', { opcode: close, payload: Uint8Array.of(0x03, 0xe8, 0xff) }, 1007],
    [
      'that is no UTF-8 when put together',
      [
        { opcode: textFrame, payload: Uint8Array.of(0xe2), fin: false },
        { opcode: continuation, payload: 'x' },
      ],
      1007,
    ],
    ['longer than mgmt reads', { opcode: textFrame, payload: 'x'.repeat(1_025) }, 1009],
    [
      'longer than mgmt reads when put together',
      [
        { opcode: textFrame, payload: 'x'.repeat(1_000), fin: false },
        { opcode: continuation, payload: 'x'.repeat(25) },
      ],
      1009,
    ],
    ['that claims 8 exbibytes', { opcode: textFrame, claimedLength: 2n ** 63n - 1n }, 1009],
    ['that claims a gibibyte', { opcode: textFrame, claimedLength: 2n ** 30n }, 1009],
    ['in more pieces than mgmt joins', [{ opcode: textFrame, fin: false }, ...pieces(50)], 1008],
  ])('%s ends the connection with its code', async (_, plans, code) => {
    const all = Array.isArray(plans) ? (plans as readonly FramePlan[]) : [plans as FramePlan];
    expect(await closedBy(...all.map(frame))).toBe(code);
  });

  it.each<[string, FramePlan, number]>([
    ['is binary', { opcode: binary, payload: hello }, 1003],
    ['is empty', { opcode: textFrame }, 1007],
    ['is no JSON', { opcode: textFrame, payload: 'hello' }, 1007],
    ['is another message', { opcode: textFrame, payload: '{"type":"subscribe"}' }, 1008],
    ['is no object', { opcode: textFrame, payload: '["hello"]' }, 1008],
    ['is null', { opcode: textFrame, payload: 'null' }, 1008],
    ['has a cursor too long', { opcode: textFrame, payload: JSON.stringify({ type: 'hello', resume: 'x'.repeat(513) }) }, 1008],
    ['asks for no mesh at all', { opcode: textFrame, payload: '{"type":"hello","mesh":""}' }, 1008],
    ['has events that there are not', { opcode: textFrame, payload: '{"type":"hello","events":"all"}' }, 1008],
    ['would change a prototype', { opcode: textFrame, payload: '{"__proto__":{"type":"hello"}}' }, 1008],
    ['is nested deeply', { opcode: textFrame, payload: '['.repeat(512) + ']'.repeat(512) }, 1008],
  ])('or a message that %s ends it too', async (_, plan, code) => {
    expect(await closedBy(frame(plan))).toBe(code);
  });
});

describe('a hello', () => {
  it('is said once', async () => {
    expect(await closedBy(frame({ opcode: textFrame, payload: hello }), frame({ opcode: textFrame, payload: hello }))).toBe(1008);
  });

  it('that does not come ends the connection, which was told nothing until then', async () => {
    server = await startLive({ limits: { helloWithinMs: 50 } });
    const mute = await follow(server, { hello: 'nothing' });
    expect(await mute.closed()).toMatchObject({ code: 1008, reason: expect.stringContaining('RR_LIVE_MESSAGE_INVALID') });
    expect(mute.messages).toEqual([]);
  });
});

describe('a flood', () => {
  it.each<[string, FramePlan]>([
    ['of messages', { opcode: textFrame, payload: hello }],
    ['of pings', { opcode: ping, payload: 'x'.repeat(125) }],
    ['of pongs', { opcode: pong }],
  ])('%s ends the connection', async (_, plan) => {
    expect(await closedBy(...Array.from({ length: 5_000 }, () => frame(plan)))).toBe(1008);
  });

  it('of empty pieces of a message that never ends is noticed by their bytes', async () => {
    server = await startLive({ limits: { lookEveryMs: 20 } });
    const client = await upgrade(server.port);
    client.socket.write(frame({ opcode: textFrame, fin: false }));
    client.socket.write(Buffer.concat(Array.from({ length: 20_000 }, () => frame({ opcode: continuation, fin: false }))));
    expect(await client.closeCode()).toBe(1008);
    client.socket.destroy();
  });

  it('of pings of a client that does not read fills no memory', async () => {
    server = await startLive({ limits: { heard: { burst: 1e9, perSecond: 1e9 }, maxHeardBytesPerLook: 1e9 } });
    const client = await upgrade(server.port);
    client.socket.pause();
    const before = settledMemoryBytes();
    const many = Buffer.concat(Array.from({ length: 1_000 }, () => frame({ opcode: ping, payload: 'x'.repeat(125) })));
    for (let round = 0; round < 400; round += 1) {
      if (!client.socket.write(many)) await new Promise((resolve) => client.socket.once('drain', resolve));
    }
    // Each pong of the 400,000 would wait with its frame and its callback.
    expect(settledMemoryBytes() - before).toBeLessThan(80 * 2 ** 20);
    client.socket.destroy();
  });

  it('of connections that are cut in the middle of a frame leaves the others alone', async () => {
    server = await startLive({ limits: { maxPerPrincipal: 500 } });
    const steady = await follow(server);
    const whole = frame({ opcode: textFrame, payload: hello });
    for (let length = 1; length < whole.length; length += 1) {
      const client = await upgrade(server.port);
      client.socket.write(whole.subarray(0, length));
      client.socket.resetAndDestroy();
    }
    const before = steady.heard.length;
    server.change([meshAt(7)]);
    await waitFor(() => steady.heard.length > before, { timeoutMs: 5_000, what: 'a state' });
    expect(steady.socket.readyState).toBe(steady.socket.OPEN);
  });
});

describe('a ping', () => {
  it('is answered', async () => {
    server = await startLive();
    const client = await upgrade(server.port);
    client.socket.write(frame({ opcode: ping, payload: 'x' }));
    await waitFor(() => client.count(pong) === 1, { timeoutMs: 5_000, what: 'a pong' });
    client.socket.destroy();
  });
});

function pieces(count: number): readonly FramePlan[] {
  return Array.from({ length: count }, () => ({ opcode: continuation, payload: 'x', fin: false }));
}
