import { isDeepStrictEqual } from 'node:util';
import { type LiveClient, type LiveEvent, type LiveSocket, type MeshStatus, openLiveClient } from '@reroot/shared/api';
import { systemClock, systemRandom } from '@reroot/shared/clock';
import { waitFor } from '@reroot/shared/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { launchSimulatedMesh, type SimulatedMesh } from './simulated-mesh.ts';

const clientCount = 200;
/** As many as mgmt serves of one address where nobody is named. */
const perAddress = 20;

interface Follower {
  readonly live: LiveClient;
  readonly events: readonly LiveEvent[];
  readonly gaps: () => number;
}

let fleet: SimulatedMesh;
let followers: readonly Follower[] = [];
beforeAll(async () => {
  fleet = await launchSimulatedMesh({ clusters: 2, ratePerSecond: 20 });
}, 120_000);
afterEach(() => {
  for (const { live } of followers) live.stop();
});
afterAll(() => fleet.stop());

function followFrom(address: string): Follower {
  const events: LiveEvent[] = [];
  let gaps = 0;
  const live = openLiveClient({
    server: fleet.api.server,
    openSocket: (url, protocols): LiveSocket => new WebSocket(url, protocols, { localAddress: address }),
    clock: systemClock,
    random: systemRandom,
    onEvents: (more) => events.push(...more),
    onGap: () => (gaps += 1),
  });
  return { live, events, gaps: () => gaps };
}

/** What changes by time alone is left out: two looks are never at the same moment. */
function lastingOf({ mesh, state, step, generation, term, roots, rotation, wave, clusters }: MeshStatus): object {
  const lasting = clusters.map(({ name, membership, roots, signerRoot, told }) => ({
    name,
    membership,
    roots,
    signerRoot,
    told,
  }));
  return { mesh, state, step, generation, term, roots, rotation, wave, clusters: lasting };
}

describe('two hundred that follow a rotation live', () => {
  it('miss no event although mgmt is killed twice, and end with what GET says', { timeout: 240_000 }, async () => {
    followers = Array.from({ length: clientCount }, (_, index) => followFrom(`127.0.0.${2 + Math.floor(index / perAddress)}`));
    const allLive = (): boolean => followers.every(({ live }) => live.connection().kind === 'live');
    await waitFor(allLive, { timeoutMs: 60_000, what: 'everybody to follow' });
    const before = await fleet.api.readHistory('test', fleet.broken);
    await fleet.rotate();
    for (const step of ['ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE']) {
      await fleet.until(step, ({ state }) => state === step);
      await fleet.mgmt.kill();
      await fleet.mgmt.start(fleet.broken);
    }
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await fleet.until('everybody to be shown what GET says', (status) => {
      const lasting = [lastingOf(status)];
      return followers.every(({ live }) => isDeepStrictEqual(live.state()?.meshes.map(lastingOf), lasting));
    });
    const happened = (await fleet.api.readHistory('test', fleet.broken)).slice(before.length);
    expect(happened.length).toBeGreaterThan(6);
    for (const { events, gaps } of followers) {
      const conditions = events.flatMap((event) => (event.kind === 'condition' ? [event.condition] : []));
      expect(conditions.slice(0, happened.length)).toEqual(happened.slice(0, conditions.length));
      expect(conditions.length).toBeGreaterThanOrEqual(happened.length);
      expect(gaps()).toBe(0);
    }
  });
});
