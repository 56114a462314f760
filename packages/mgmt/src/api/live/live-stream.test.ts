import { createFakeClock, meshStatus, waitFor } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Follower, follow, generationOf } from './testing/live-follower.ts';
import { type LiveServer, meshAt, startLive } from './testing/live-server.ts';
import { refused, requestText } from './testing/raw-socket.ts';

let server: LiveServer;
afterEach(() => server.close());

const first = (follower: Follower) => follower.hear('the first state', () => true);

describe('whoever follows', () => {
  it('is told the whole state at once, and after each change', async () => {
    server = await startLive({ limits: { refreshMs: 60_000 } });
    const follower = await follow(server);
    const said = await first(follower);
    expect(said).toEqual({ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), meshes: [meshAt(2)] });
    server.change([meshAt(3), meshStatus({ mesh: 'other' })]);
    expect(await follower.hear('the change', ({ meshes }) => meshes.length === 2)).toMatchObject({
      meshes: [meshAt(3), meshStatus({ mesh: 'other' })],
    });
  });

  it('is told what changes by time alone, and not what has stayed', async () => {
    server = await startLive({ limits: { refreshMs: 20, minIntervalMs: 5 } });
    const follower = await follow(server);
    await first(follower);
    const before = server.looks();
    await waitFor(() => server.looks() > before + 5, { timeoutMs: 5_000, what: 'more looks' });
    expect(follower.heard).toHaveLength(1);
    server.drift([meshAt(3)]);
    await follower.hear('what has drifted', (said) => generationOf(said) === 3);
  });

  it('is told the newest of many changes, in order, and never two within the interval', async () => {
    const minIntervalMs = 100;
    server = await startLive({ limits: { minIntervalMs, refreshMs: 60_000 } });
    const follower = await follow(server);
    await first(follower);
    const startedAtMs = performance.now();
    for (let generation = 3; generation <= 1_000; generation += 1) {
      server.change([meshAt(generation)]);
      if (generation % 25 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await follower.hear('the last one', (said) => generationOf(said) === 1_000);
    const generations = follower.heard.map((said) => generationOf(said) ?? 0);
    expect(generations).toEqual(generations.toSorted((a, b) => a - b));
    expect(new Set(generations).size).toBe(generations.length);
    const intervals = Math.ceil((performance.now() - startedAtMs) / minIntervalMs);
    expect(generations.length).toBeLessThanOrEqual(intervals + 2);
  });

  it('comes too late for no change: the state that ends it all reaches everybody', async () => {
    server = await startLive({ limits: { minIntervalMs: 20, refreshMs: 60_000 } });
    const followers: Follower[] = [];
    for (let round = 3; round < 13; round += 1) {
      server.change([meshAt(round)]);
      followers.push(await follow(server));
    }
    server.change([meshAt(99)]);
    for (const follower of followers) await follower.hear('the end', (said) => generationOf(said) === 99);
  });

  it('is told the same as 199 others, from one look', async () => {
    server = await startLive({ limits: { maxPerPrincipal: 200, refreshMs: 60_000 } });
    const followers = await Promise.all(Array.from({ length: 200 }, () => follow(server)));
    await Promise.all(followers.map(first));
    const before = server.looks();
    server.change([meshAt(7)]);
    const said = await Promise.all(followers.map((each) => each.hear('the change', (heard) => generationOf(heard) === 7)));
    expect(new Set(said.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(server.looks() - before).toBe(1);
  });

  it('and is alone costs nothing any more when it has gone, and the next one is not shown what was true once', async () => {
    const clock = createFakeClock(Date.now());
    server = await startLive({ clock });
    const follower = await follow(server);
    await first(follower);
    follower.socket.close();
    await waitFor(async () => (await server.connections()) === 0, { timeoutMs: 5_000, what: 'nobody to be left' });
    const before = server.looks();
    server.change([meshAt(5)]);
    clock.advance(60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(server.looks()).toBe(before);
    expect(generationOf(await first(await follow(server)))).toBe(5);
  });
});

describe('the end of the stream', () => {
  it('when mgmt stops is told to everybody, and waits for nobody who does not answer', async () => {
    server = await startLive({ limits: { closeWithinMs: 200 } });
    const [one, deaf] = [await follow(server), await follow(server)];
    await first(one);
    deaf.socket.pause();
    await server.close();
    expect(await one.closed()).toEqual({ code: 1001, reason: 'mgmt stops' });
    deaf.socket.terminate();
  });

  it('when mgmt stops ends handshakes that still wait', async () => {
    let asked = false;
    const admit = (): Promise<never> => {
      asked = true;
      return new Promise(() => undefined);
    };
    server = await startLive({ gatekeeper: { admit } });
    const answer = refused(server.port, requestText());
    await waitFor(() => asked, { timeoutMs: 5_000, what: 'the handshake' });
    await server.close();
    expect(await answer).toMatchObject({ status: 503, body: expect.stringContaining('RR_LIVE_STATE_UNAVAILABLE') });
  });

  it.each<[string, () => Promise<never>]>([
    ['cannot be read', () => Promise.reject(new Error('disk I/O error'))],
    ['does not come', () => new Promise(() => undefined)],
  ])('when the state %s is told with its code: what clients hold may be wrong', async (_, read) => {
    server = await startLive({ limits: { minIntervalMs: 5, snapshotWithinMs: 50 } });
    const follower = await follow(server);
    await first(follower);
    server.readBy(read);
    server.change([meshAt(3)]);
    const { code, reason } = await follower.closed();
    expect({ code, reason }).toEqual({ code: 1011, reason: expect.stringContaining('RR_LIVE_STATE_UNAVAILABLE') });
    expect(reason).not.toContain('disk');
    expect(server.log.all({ level: 'error', msg: 'the live stream has no state to show' })).toHaveLength(1);
  });
});
