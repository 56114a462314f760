import { createHash } from 'node:crypto';
import { RerootError } from '@reroot/shared/errors';
import { createFakeClock, meshStatus, settledMemoryBytes, waitFor } from '@reroot/shared/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { Principal } from '../access/principal.ts';
import { follow, generationOf } from './testing/live-follower.ts';
import { type LiveServer, meshAt, startLive } from './testing/live-server.ts';

let server: LiveServer;
afterEach(() => server.close());

const sentAway = 'a client of the live stream was sent away';
const mebibyte = 2 ** 20;

describe('a client that does not read', () => {
  it('costs no memory, whatever happens meanwhile, slows nobody, and is sent away', { timeout: 60_000 }, async () => {
    const limits = {
      minIntervalMs: 0,
      restPerLook: 0,
      readWithinMs: 3_000,
      lookEveryMs: 20,
      closeWithinMs: 100,
      maxPerPrincipal: 100,
    };
    server = await startLive({ limits });
    const deaf = await Promise.all(Array.from({ length: 5 }, () => follow(server)));
    const reader = await follow(server);
    for (const { socket } of deaf) socket.pause();
    const before = settledMemoryBytes();
    let most = 0;
    for (let generation = 1; generation <= 700; generation += 1) {
      await server.looked(() => server.change([meshStatus({ generation, trustDomain: `${generation}`.padEnd(300_000, 'x') })]));
      if (generation % 20 !== 0) continue;
      for (const kept of [reader.heard, reader.messages] as unknown[][]) kept.length = Math.min(kept.length, 1);
      if (generation % 100 === 0) most = Math.max(most, settledMemoryBytes() - before);
    }
    // All of them would be 210 MB, even if they were kept but once.
    expect(most).toBeLessThan(100 * mebibyte);
    server.change([meshAt(5_000)]);
    await reader.hear('the last state', (said) => generationOf(said) === 5_000);
    await waitFor(async () => (await server.connections()) === 1, { timeoutMs: 10_000, what: 'the reader alone to be left' });
    expect(server.log.find({ msg: sentAway, closeCode: 1013, code: 'RR_LIVE_TOO_SLOW' })).toBeDefined();
    for (const { socket } of deaf) socket.terminate();
  });

  it('and reads again in time is told the newest state, and none of those between', async () => {
    server = await startLive({ limits: { minIntervalMs: 0, restPerLook: 0, refreshMs: 60_000 } });
    const follower = await follow(server);
    await follower.hear('the first state', () => true);
    follower.socket.pause();
    for (let generation = 3; generation <= 12; generation += 1) {
      await server.looked(() =>
        server.change([meshStatus({ generation, trustDomain: `${generation}`.padEnd(8 * mebibyte, 'x') })]),
      );
    }
    follower.socket.resume();
    await follower.hear('the newest', (said) => generationOf(said) === 12);
    expect(follower.heard.length).toBeLessThan(6);
  });
});

describe('a client that does not answer', () => {
  it('pings is sent away, and one that does is not', async () => {
    server = await startLive({ limits: { pingEveryMs: 40, pongWithinMs: 200, lookEveryMs: 10 } });
    const mute = await follow(server, { autoPong: false });
    const lively = await follow(server);
    let pings = 0;
    lively.socket.on('ping', () => (pings += 1));
    const { code, reason } = await mute.closed();
    expect({ code, reason }).toEqual({ code: 1013, reason: expect.stringContaining('RR_LIVE_TOO_SLOW') });
    await waitFor(() => pings > 8, { timeoutMs: 5_000, what: 'more pings' });
    expect(lively.socket.readyState).toBe(lively.socket.OPEN);
  });
});

describe('somebody who may no longer read', () => {
  it('is sent away when the token ends', async () => {
    const clock = createFakeClock(Date.now());
    const token = 'a-token-of-ann-0123456789';
    const sha256 = createHash('sha256').update(token).digest('hex');
    const expires = new Date(clock.now() + 30_000).toISOString();
    server = await startLive({ api: { access: { tokens: [{ name: 'ann', sha256, role: 'viewer', expires }] } }, clock });
    const follower = await follow(server, { headers: { authorization: `Bearer ${token}` } });
    await follower.hear('the first state', () => true);
    clock.advance(29_000);
    expect(follower.socket.readyState).toBe(follower.socket.OPEN);
    clock.advance(1_000);
    const { code, reason } = await follower.closed();
    expect({ code, reason }).toEqual({ code: 1008, reason: expect.stringContaining('RR_API_UNAUTHORIZED') });
    expect(server.log.find({ msg: sentAway, by: 'ann', via: 'token' })).toBeDefined();
  });

  const cases = [
    ['is no longer known', 'RR_API_UNAUTHORIZED', 1008, 2],
    ['may do less now', 'RR_API_FORBIDDEN', 1008, 2],
    ['could not be asked after for long', 'RR_API_ACCESS_UNAVAILABLE', 1013, 4],
    ['asks too often, each time', 'RR_API_RATE_LIMITED', 1013, 4],
  ] as const;
  it.each(cases)('is sent away when that one %s', async (_, refusal, closeCode, questions) => {
    const { admit, asked } = admitOnly(1, refusal);
    server = await startLive({ gatekeeper: { admit }, limits: { admitEveryMs: 20 } });
    const { code, reason } = await (await follow(server)).closed();
    expect({ code, reason }).toEqual({ code: closeCode, reason: `${refusal}: as the test has it` });
    expect(asked()).toBe(questions);
  });

  it('for a moment only is not sent away', async () => {
    let asked = 0;
    const admit = async (): Promise<Principal> => {
      asked += 1;
      if (asked % 3 !== 1) throw new RerootError('RR_API_ACCESS_UNAVAILABLE', 'as the test has it');
      return { name: 'ann', via: 'oidc', expiresAtMs: undefined };
    };
    server = await startLive({ gatekeeper: { admit }, limits: { admitEveryMs: 10 } });
    const follower = await follow(server);
    await waitFor(() => asked > 12, { timeoutMs: 5_000, what: 'more questions' });
    expect(follower.socket.readyState).toBe(follower.socket.OPEN);
  });
});

/** Lets somebody in so often, and then no more. */
function admitOnly(
  times: number,
  code: 'RR_API_UNAUTHORIZED' | 'RR_API_FORBIDDEN' | 'RR_API_ACCESS_UNAVAILABLE' | 'RR_API_RATE_LIMITED',
) {
  let asked = 0;
  const admit = async (): Promise<Principal> => {
    asked += 1;
    if (asked > times) throw new RerootError(code, 'as the test has it');
    return { name: 'ann', via: 'oidc', expiresAtMs: undefined };
  };
  return { admit, asked: () => asked };
}
