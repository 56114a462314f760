import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeClock, type FakeClock, meshStatus } from '../testing/index.ts';
import { type LiveClient, type LiveClientOptions, type LiveSocket, openLiveClient } from './live-client.ts';
import { type LiveEvent, type LiveMessage, liveHeartbeatMs } from './live-messages.ts';

const at = '2030-01-31T12:00:00.000Z';
const mesh = meshStatus();
const snapshot: LiveMessage = { type: 'snapshot', at, cursor: 'c1', meshes: [mesh] };

/** A connection, and mgmt at its other end. */
interface Wire {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly said: readonly unknown[];
  isClosed(): boolean;
  open(): void;
  say(message: LiveMessage | string): void;
  close(code: number, reason?: string): void;
}

let clock: FakeClock;
let wires: Wire[];
let client: LiveClient;
let told: unknown[];

beforeEach(() => {
  clock = createFakeClock(1_000_000);
  wires = [];
  told = [];
});
afterEach(() => client.stop());

function start(options: Partial<LiveClientOptions> = {}): Wire {
  client = openLiveClient({
    server: 'https://mgmt.example.org/',
    openSocket: (url, protocols) => openWire(url, protocols),
    clock,
    random: () => 0,
    onState: ({ meshes }) => told.push({ generations: meshes.map(({ generation }) => generation) }),
    onEvents: (events) => told.push({ events: events.map(({ id }) => id) }),
    onGap: ({ why }) => told.push({ gap: why }),
    onConnection: ({ kind }) => told.push(kind),
    ...options,
  });
  return last();
}

function openWire(url: string, protocols: readonly string[]): LiveSocket {
  const listeners: Record<string, (event: never) => void> = {};
  const said: unknown[] = [];
  let closed = false;
  const emit = (type: string, event: object): void => listeners[type]?.(event as never);
  wires.push({
    ...{ url, protocols, said },
    isClosed: () => closed,
    open: () => emit('open', {}),
    say: (message) => emit('message', { data: typeof message === 'string' ? message : JSON.stringify(message) }),
    close: (code, reason = '') => emit('close', { code, reason }),
  });
  return {
    addEventListener: (type: string, listener: (event: never) => void) => {
      listeners[type] = listener;
    },
    send: (text) => said.push(JSON.parse(text)),
    close: () => {
      closed = true;
    },
  };
}

const last = (): Wire => wires.at(-1)!;

/** Lets so much time pass, in small steps, as it does. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 250) {
    await setImmediate();
    clock.advance(Math.min(left, 250));
  }
  await setImmediate();
}

const event = (id: string): LiveEvent => {
  const { state, step, generation } = mesh;
  return { id, mesh: 'demo', kind: 'condition', condition: { timestamp: at, state, step, generation, message: '', errors: [] } };
};

describe('the client of the live stream', () => {
  it('shows its token in a subprotocol, says hello first, and tells what comes', () => {
    const wire = start({ token: 'secret', mesh: 'demo', events: 'kept' });
    expect(wire.url).toBe('wss://mgmt.example.org/v1/meshes/demo/live');
    expect(wire.protocols).toEqual(['reroot.v2', 'reroot.bearer.c2VjcmV0']);
    wire.open();
    expect(wire.said).toEqual([{ type: 'hello', mesh: 'demo', events: 'kept' }]);
    wire.say(snapshot);
    wire.say({ type: 'delta', at, cursor: 'c2', meshes: [{ mesh: 'demo', set: { generation: 3 } }] });
    wire.say({ type: 'events', at, cursor: 'c3', events: [event('1'), event('2')] });
    wire.say({ type: 'gap', at, cursor: 'c4', why: 'expired', lost: [] });
    expect(told).toEqual([
      ...[{ generations: [2] }, 'live', { generations: [3] }],
      ...[{ events: ['1', '2'] }, { generations: [3] }, { gap: 'expired' }, { generations: [3] }],
    ]);
    expect(client.cursor()).toBe('c4');
  });

  it('goes on where it was after a lost connection, and waits longer each time that fails', async () => {
    const wire = start();
    wire.open();
    wire.say(snapshot);
    wire.close(1006);
    await setImmediate();
    expect(client.connection()).toEqual({ kind: 'stale', sinceMs: clock.now(), why: 'the connection is closed (1006)' });
    for (const ms of [500, 1_000, 2_000, 4_000]) {
      const before = wires.length;
      await pass(ms - 1);
      expect(wires).toHaveLength(before);
      await pass(1);
      expect(wires).toHaveLength(before + 1);
      last().close(1013, 'RR_LIVE_TOO_SLOW: too slow');
    }
    await pass(8_000);
    last().open();
    expect(last().said).toEqual([{ type: 'hello', resume: 'c1', holds: 'state' }]);
    last().say({ type: 'heartbeat', at, cursor: 'c1' });
    expect(client.connection().kind).toBe('live');
    last().close(1001, 'mgmt stops');
    await pass(500);
    expect(wires).toHaveLength(7);
  });

  it('tries again after half the time where chance has it so', async () => {
    start({ random: () => 0.999_999 }).close(1006);
    await pass(251);
    expect(wires).toHaveLength(2);
  });

  it('takes a connection for lost on which nothing comes for three heartbeats, and not before', async () => {
    const wire = start();
    wire.open();
    wire.say(snapshot);
    await pass(2 * liveHeartbeatMs);
    wire.say({ type: 'heartbeat', at, cursor: 'c1' });
    const heardAtMs = clock.now();
    await pass(3 * liveHeartbeatMs - 1);
    expect(client.connection().kind).toBe('live');
    await pass(1);
    expect(client.connection()).toEqual({ kind: 'stale', sinceMs: heardAtMs, why: 'nothing was heard for 15 s' });
    expect(wire.isClosed()).toBe(true);
    wire.say(snapshot);
    expect(client.connection().kind).toBe('stale');
  });

  it('is connecting for as long as nothing was heard, and says why', async () => {
    start().close(1006);
    await setImmediate();
    expect(client.connection()).toMatchObject({ kind: 'connecting', why: 'the connection is closed (1006)' });
    const failing = openLiveClient({
      ...{ server: 'http://x', clock, random: () => 0 },
      openSocket: () => {
        throw new Error('no sockets here');
      },
    });
    await setImmediate();
    expect(failing.connection()).toMatchObject({ kind: 'connecting', why: 'no sockets here' });
    failing.stop();
  });

  it.each<[string, LiveMessage | string]>([
    ['a mesh that it does not know', { type: 'delta', at, cursor: 'c2', meshes: [{ mesh: 'x', set: { generation: 3 } }] }],
    ['no JSON', 'nonsense'],
    ['no cursor', JSON.stringify({ type: 'heartbeat', at })],
  ])('begins anew when it is told of %s, and loses no event by that', async (_, message) => {
    const wire = start();
    wire.open();
    wire.say(snapshot);
    wire.say(message);
    expect(wire.isClosed()).toBe(true);
    await pass(500);
    last().open();
    expect(last().said).toEqual([{ type: 'hello', resume: 'c1', holds: 'nothing' }]);
  });

  it('passes over a type of a later version', () => {
    const wire = start();
    wire.open();
    wire.say(snapshot);
    wire.say(JSON.stringify({ type: 'song', at, cursor: 'c2' }));
    expect(client.connection().kind).toBe('live');
    expect(client.cursor()).toBe('c2');
  });

  it('goes on from the cursor of another one, whose state it does not have', () => {
    const wire = start({ resume: 'c9' });
    wire.open();
    expect(wire.said).toEqual([{ type: 'hello', resume: 'c9', holds: 'nothing' }]);
  });

  it('tells nothing once it is stopped, and opens nothing', async () => {
    const wire = start();
    wire.open();
    wire.say(snapshot);
    const before = told.length;
    client.stop();
    wire.say(snapshot);
    wire.close(1000);
    await pass(60_000);
    expect(wire.isClosed()).toBe(true);
    expect(told).toHaveLength(before);
    expect(wires).toHaveLength(1);
  });

  it('takes a WebSocket of the platform as it is', () => {
    const openSocket: LiveClientOptions['openSocket'] = (url, protocols) => new WebSocket(url, protocols);
    expect(openSocket).toBeTypeOf('function');
  });
});
