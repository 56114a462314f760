import { type Credential, openEndpoint } from '@reroot/shared/handshake';
import type { HandshakeProgress, HandshakeTurn } from '@reroot/shared/protocol';
import { createFakeClock, type FakeClock, makeHandshakeAuthority } from '@reroot/shared/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHandshakeDesk, type HandshakeDesk, maxSessions } from './handshake-desk.ts';

const { signal } = new AbortController();
const nothing = new Uint8Array();

let credential: Credential;
let clock: FakeClock;
let ended: AbortController;
let obtained: string[];
let desk: HandshakeDesk;
beforeAll(async () => {
  const authority = await makeHandshakeAuthority('root', Date.now());
  credential = await authority.credential([authority]);
});
beforeEach(() => {
  clock = createFakeClock(1_000_000);
  ended = new AbortController();
  obtained = [];
  const credentials = {
    obtain: async (group: string, replica: string): Promise<Credential> => {
      obtained.push(`${group}/${replica}`);
      return credential;
    },
  };
  desk = createHandshakeDesk(credentials, clock, ended.signal);
});
afterEach(() => ended.abort());

const turn = (change: Partial<HandshakeTurn> = {}): HandshakeTurn => ({
  ...{ session: 's', group: 'g', role: 'client', replica: 'istiod-0', trustDomain: 'cluster.local', heard: nothing },
  ...change,
});
const client = (session: string, heard: Uint8Array = nothing): Promise<HandshakeProgress> =>
  desk.turn(turn({ session, heard }), signal);
const server = (session: string, heard: Uint8Array): Promise<HandshakeProgress> =>
  desk.turn(turn({ session, role: 'server', heard }), signal);

async function finish(session: string): Promise<readonly [HandshakeProgress, HandshakeProgress]> {
  let left = await client(session);
  let right = await server(session, left.written);
  for (let round = 0; round < 3; round += 1) {
    left = await client(session, right.written);
    right = await server(session, left.written);
  }
  return [left, right];
}

/** Goes on until this end trusts the other, which then says no more. */
async function trust(session: string): Promise<void> {
  const other = openEndpoint({ role: 'server', session, credential, trustDomain: 'cluster.local' });
  const { written } = await other.hear((await client(session)).written);
  expect((await client(session, written)).state).toBe('trusted');
  other.close();
}

describe('the desk for handshakes', () => {
  it('is at either end of one, even of the same', async () => {
    const [left, right] = await finish('s');
    expect([left.state, right.state]).toEqual(['accepted', 'accepted']);
    expect(left.channel).toBe(right.channel);
  });

  it('answers the same turn the same again', async () => {
    const first = await client('s');
    expect(await client('s')).toEqual(first);
    expect(obtained).toEqual(['g/istiod-0']);
  });

  it('does not go on with one that it does not know', async () => {
    await expect(client('lost', new Uint8Array([22]))).rejects.toMatchObject({ code: 'RR_HANDSHAKE_UNKNOWN' });
    expect(obtained).toEqual([]);
  });

  it('keeps so many, lets those that are over make room, and refuses more', async () => {
    await finish('over');
    for (let count = 2; count < maxSessions; count += 1) await client(`s-${count}`);
    // Both ends of the first one were over, and each made room for one.
    await client('one');
    await client('two');
    await expect(client('three')).rejects.toMatchObject({ code: 'RR_TASK_BUSY' });
    await expect(client('over', new Uint8Array([22]))).rejects.toMatchObject({ code: 'RR_HANDSHAKE_UNKNOWN' });
  });

  it('lets those make room that wait in vain to hear that they are trusted, the one that has waited longest first', async () => {
    for (let count = 0; count < maxSessions; count += 1) await trust(`s-${count}`);
    await expect(client('at once')).rejects.toMatchObject({ code: 'RR_TASK_BUSY' });
    clock.advance(500);
    const last = await client('s-0');
    expect(last.state).toBe('trusted');
    clock.advance(500);
    for (let count = 1; count < maxSessions; count += 1) await client(`next-${count}`);
    await expect(client('one too many')).rejects.toMatchObject({ code: 'RR_TASK_BUSY' });
    expect(await client('s-0')).toEqual(last);
  });

  it('forgets one that mgmt does not go on with', async () => {
    for (let count = 0; count < maxSessions; count += 1) await client(`s-${count}`);
    clock.advance(24_999);
    await expect(client('early')).rejects.toMatchObject({ code: 'RR_TASK_BUSY' });
    clock.advance(1);
    expect(await client('later')).toMatchObject({ state: 'running' });
  });
});
