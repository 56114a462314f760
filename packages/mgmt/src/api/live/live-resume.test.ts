import { clusterStatus, meshStatus, waitFor } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Follower, follow, generationOf } from './testing/live-follower.ts';
import { type LiveServer, meshAt, startLive } from './testing/live-server.ts';

let server: LiveServer;
afterEach(() => server.close());

const limits = { minIntervalMs: 5, restPerLook: 0, refreshMs: 60_000 };
const start = async (options: Parameters<typeof startLive>[0] = {}): Promise<void> => {
  server = await startLive({ ...options, limits: { ...limits, ...options.limits } });
};
const typesOf = (follower: Follower): string[] => follower.messages.map(({ type }) => type);
const messagesOf = ({ events }: Follower): string[] =>
  events.map((event) => (event.kind === 'condition' ? event.condition.message : event.proof.id));

describe('a change', () => {
  it('is told by what has changed alone', async () => {
    await start();
    const follower = await follow(server);
    await follower.hearType('snapshot');
    const [one, two] = meshStatus().clusters;
    server.change([meshStatus({ generation: 3, clusters: [one!, { ...two!, nudges: 5 }] })]);
    expect(await follower.hearType('delta')).toMatchObject({
      meshes: [{ mesh: 'demo', set: { generation: 3 }, clusters: [{ name: 'cluster-2', set: { nudges: 5 } }] }],
    });
    const { meshNames, meshes } = await follower.hearType('delta');
    expect(meshNames).toBeUndefined();
    expect(Object.keys(meshes[0]!)).toEqual(['mesh', 'set', 'clusters']);
  });

  it('of one report of 1,000 clusters is told in some hundred bytes', async () => {
    await start();
    const clusters = Array.from({ length: 1_000 }, (_, index) => clusterStatus({ name: `cluster-${index}` }));
    server.change([meshStatus({ clusters })]);
    const follower = await follow(server);
    await follower.hearType('snapshot');
    server.change([
      meshStatus({ clusters: clusters.with(700, { ...clusters[700]!, lastReportAt: '2030-01-31T12:00:00.000Z' }) }),
    ]);
    expect(JSON.stringify(await follower.hearType('delta')).length).toBeLessThan(400);
  });

  it('of another mesh than the one that is followed is not told', async () => {
    await start();
    server.change([meshAt(2), meshStatus({ mesh: 'other' })]);
    const follower = await follow(server, { hello: { mesh: 'other' } });
    expect((await follower.hearType('snapshot')).meshes).toEqual([meshStatus({ mesh: 'other' })]);
    await server.looked(() => server.change([meshAt(3), meshStatus({ mesh: 'other' })]));
    await server.note('of demo');
    server.change([meshAt(4), meshStatus({ mesh: 'other', generation: 9 })]);
    await follower.hear('its own change', (known) => generationOf(known) === 9);
    expect(typesOf(follower)).toEqual(['snapshot', 'delta']);
  });
});

describe('an event', () => {
  it('is told once, in order, to each that follows', async () => {
    await start();
    const followers = await Promise.all([follow(server), follow(server)]);
    for (const each of followers) await each.hearType('snapshot');
    for (const message of ['a', 'b', 'c']) await server.note(message);
    for (const each of followers) {
      await waitFor(() => each.events.length === 3, { timeoutMs: 5_000, what: 'the events' });
      expect(messagesOf(each)).toEqual(['a', 'b', 'c']);
      expect(each.events[0]).toMatchObject({ mesh: 'demo', kind: 'condition' });
    }
  });

  it('that the store has kept from before is told to whoever asks for them, however many there are', async () => {
    await start({ limits: { eventsPerMessage: 3 } });
    for (let count = 0; count < 10; count += 1) await server.note(`n${count}`);
    const follower = await follow(server, { hello: { events: 'kept' } });
    await waitFor(() => follower.events.length === 11, { timeoutMs: 5_000, what: 'the events' });
    expect(messagesOf(follower).slice(1)).toEqual(Array.from({ length: 10 }, (_, index) => `n${index}`));
    expect(new Set(follower.events.map(({ id }) => id)).size).toBe(11);
    const late = await follow(server);
    await late.hearType('snapshot');
    await server.note('last');
    await waitFor(() => late.events.length > 0, { timeoutMs: 5_000, what: 'the event' });
    expect(messagesOf(late)).toEqual(['last']);
  });
});

describe('a client that comes back', () => {
  it('with its state is told what it has missed, and no more', async () => {
    await start();
    // Somebody else keeps the stream going meanwhile.
    await follow(server);
    const before = await follow(server);
    const { meshes } = await before.hearType('snapshot');
    before.socket.terminate();
    await server.note('missed');
    server.change([meshAt(5)]);
    const after = await follow(server, { hello: { resume: before.cursor() }, meshes });
    await after.hear('the change', (known) => generationOf(known) === 5);
    expect(messagesOf(after)).toEqual(['missed']);
    expect(typesOf(after)).not.toContain('snapshot');
  });

  it('and has missed nothing is told so at once', async () => {
    await start();
    await follow(server);
    const before = await follow(server);
    const { meshes } = await before.hearType('snapshot');
    const after = await follow(server, { hello: { resume: before.cursor() }, meshes });
    const { cursor } = await after.hearType('heartbeat');
    expect(typesOf(after)).toEqual(['heartbeat']);
    expect(cursor).toBe(before.cursor());
  });

  it.each<[string, { holds?: 'nothing'; mesh?: string }]>([
    ['without its state', { holds: 'nothing' }],
    ['for another mesh', { mesh: 'demo' }],
  ])('%s is told the whole state, and the events that it has missed', async (_, hello) => {
    await start();
    await follow(server);
    const before = await follow(server);
    await before.hearType('snapshot');
    await server.note('missed');
    const after = await follow(server, { hello: { resume: before.messages[0]!.cursor, ...hello } });
    await after.hearType('events');
    expect(typesOf(after)).toEqual(['snapshot', 'events']);
    expect(messagesOf(after)).toEqual(['missed']);
  });

  it('when nobody has followed meanwhile is told the state anew', async () => {
    await start();
    const before = await follow(server);
    const { meshes } = await before.hearType('snapshot');
    before.socket.close();
    await waitFor(async () => (await server.connections()) === 0, { timeoutMs: 5_000, what: 'nobody to be left' });
    await server.note('missed');
    const after = await follow(server, { hello: { resume: before.cursor() }, meshes });
    await after.hearType('events');
    expect(typesOf(after)).toEqual(['snapshot', 'events']);
  });

  it('after the store has dropped what it missed is told of the gap, of the state, and of what is left', async () => {
    await start({ storeLimits: { historyLimits: { act: 2, evidence: 2, drift: 2 } } });
    const before = await follow(server);
    await before.hearType('snapshot');
    before.socket.terminate();
    for (const message of ['a', 'b', 'c']) await server.note(message);
    const after = await follow(server, { hello: { resume: before.cursor(), holds: 'nothing' } });
    await after.hearType('events');
    expect(typesOf(after)).toEqual(['gap', 'snapshot', 'events']);
    expect(after.messages[0]).toMatchObject({ why: 'expired', lost: [{ mesh: 'demo', oldestKept: '1970-01-01T00:00:00.001Z' }] });
    expect(messagesOf(after)).toEqual(['b', 'c']);
  });

  it.each([
    ['replaced', (cursor: string) => cursor.replace(/\.1\.1\.0\.0\./, '.9.1.0.0.')],
    ['unreadable', () => 'nonsense'],
    ['unreadable', (cursor: string) => cursor.replace(/^1\./, '2.')],
  ])('with a cursor that means nothing here is told of a gap: %s', async (why, change) => {
    await start();
    const before = await follow(server);
    await before.hearType('snapshot');
    const after = await follow(server, { hello: { resume: change(before.cursor()), holds: 'nothing' } });
    await after.hearType('snapshot');
    expect(after.messages).toMatchObject([{ type: 'gap', why, lost: [] }, { type: 'snapshot' }]);
    await server.note('new');
    await after.hearType('events');
    expect(messagesOf(after)).toEqual(['new']);
  });
});

describe('a heartbeat', () => {
  it('comes when nothing else does, with where the client is and the time of mgmt', async () => {
    await start({ limits: { heartbeatMs: 30, refreshMs: 10 } });
    const follower = await follow(server);
    await waitFor(() => typesOf(follower).length > 4, { timeoutMs: 5_000, what: 'heartbeats' });
    expect(new Set(typesOf(follower))).toEqual(new Set(['snapshot', 'heartbeat']));
    const [first, second] = follower.messages.filter(({ type }) => type === 'heartbeat');
    expect(Date.parse(second!.at)).toBeGreaterThan(Date.parse(first!.at));
    expect(second!.cursor).toBe(follower.messages[0]!.cursor);
  });
});

describe('slow readers, each at a point of its own,', () => {
  it('hold so much in all and no more: the one that is behind the farthest is sent away', async () => {
    await start({ limits: { maxHeldBytes: 20 * 2 ** 20 } });
    const steady = await follow(server);
    await steady.hearType('snapshot');
    const deaf: Follower[] = [];
    for (let generation = 3; generation < 8; generation += 1) {
      await server.looked(() => server.change([meshStatus({ generation, trustDomain: 'x'.repeat(8 * 2 ** 20) })]));
      const follower = await follow(server);
      follower.socket.pause();
      deaf.push(follower);
      await steady.hear('the state', (known) => generationOf(known) === generation);
    }
    const sentAway = { msg: 'a client of the live stream was sent away', code: 'RR_LIVE_TOO_SLOW' };
    await waitFor(() => server.log.find(sentAway), { timeoutMs: 5_000, what: 'somebody to be sent away' });
    server.change([meshAt(99)]);
    await steady.hear('the newest', (known) => generationOf(known) === 99);
    for (const { socket } of deaf) socket.terminate();
  });
});
