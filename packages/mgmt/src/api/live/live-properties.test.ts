import { setImmediate } from 'node:timers/promises';
import { type ClusterStatus, type LiveClient, type LiveSocket, type MeshStatus, openLiveClient } from '@reroot/shared/api';
import { clusterStatus, createFakeClock, meshStatus } from '@reroot/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemoryStore } from '../../store/testing/memory-store.ts';
import { sampleProof } from '../../store/testing/proof-contract.ts';
import { newMesh } from '../../store/testing/store-contract.ts';
import { createChangeSignal } from './change-signal.ts';
import { createLiveFeed, type LiveFeed, type LiveTold } from './live-feed.ts';
import { defaultLiveLimits } from './live-limits.ts';

/** What may happen while clients follow. */
type Move =
  | { readonly kind: 'state'; readonly meshes: readonly MeshStatus[] }
  | { readonly kind: 'condition' | 'proof'; readonly mesh: string }
  | { readonly kind: 'cut' | 'read' | 'stall'; readonly client: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'wait'; readonly ms: number };

const names = ['a', 'b', 'c', 'd'];
const cluster: fc.Arbitrary<ClusterStatus> = fc
  .record({ name: fc.constantFrom(...names), nudges: fc.nat(2), told: fc.boolean(), reported: fc.nat(2) })
  .map(({ name, nudges, told, reported }) => {
    const { told: was, ...rest } = clusterStatus({ name, nudges, lastReportAt: `${reported}` });
    return told ? { ...rest, told: was! } : rest;
  });
const mesh: fc.Arbitrary<MeshStatus> = fc
  .record({
    name: fc.constantFrom('m', 'n'),
    generation: fc.nat(3),
    clusters: fc.uniqueArray(cluster, { selector: ({ name }) => name }),
    rotating: fc.boolean(),
  })
  .map(({ name, generation, clusters, rotating }) => {
    const { rotation, ...rest } = meshStatus({ mesh: name, generation, clusters });
    return rotating ? { ...rest, rotation: rotation! } : rest;
  });
const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('state' as const),
      meshes: fc.uniqueArray(mesh, { selector: (each) => each.mesh }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('condition' as const, 'proof' as const), mesh: fc.constantFrom('m', 'n') }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('cut' as const, 'read' as const, 'stall' as const), client: fc.nat(2) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(0, 10, 1_000, 6_000) }) },
);

describe('whatever changes, and however often connections break and mgmt is restarted,', () => {
  it('each client ends with the state of mgmt, and is told each event once, in order', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 40 }), async (moves) => {
        const world = await openWorld();
        for (const each of moves) await world.make(each);
        await world.settle();
        world.check();
        world.close();
      }),
      { numRuns: 150 },
    );
  });
});

async function openWorld() {
  const clock = createFakeClock(1_000_000);
  const store = createMemoryStore();
  const term = await store.takeTerm();
  for (const name of ['m', 'n']) await store.createMesh(newMesh(name), term);
  const changes = createChangeSignal();
  let meshes: readonly MeshStatus[] = [];
  let written = 0;
  const newFeed = (): LiveFeed =>
    createLiveFeed({
      source: {
        snapshot: async () => ({ meshes }),
        eventsEnd: () => store.eventsEnd(),
        readEvents: (after, query) => store.readEvents(after, query),
        onChange: (listener) => changes.subscribe(listener),
      },
      clock,
      limits: { ...defaultLiveLimits, eventsPerMessage: 2 },
      onFailure: (error) => {
        throw error;
      },
    });
  const mgmt = { feed: newFeed() };
  const clients = [undefined, undefined, 'm'].map((only) => openClient({ mgmt, clock, only }));
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left >= 0; left -= 250) {
      for (let turn = 0; turn < 4; turn += 1) await setImmediate();
      clock.advance(Math.min(250, left));
    }
  };
  await pass(1_000);
  const expected: Record<string, string[]> = { m: [], n: [] };
  const note = (name: string, what: string): void => {
    expected[name]?.push(what);
  };
  return {
    make: async (each: Move): Promise<void> => {
      switch (each.kind) {
        case 'state':
          ({ meshes } = each);
          changes.emit();
          break;
        case 'condition': {
          written += 1;
          const { revision } = (await store.readMesh(each.mesh))!;
          const condition = { ...newMesh(each.mesh).condition, message: `${written}`, atMs: clock.now() };
          await store.compareAndSwap(each.mesh, { term, revision }, { condition });
          note(each.mesh, `condition ${written}`);
          break;
        }
        case 'proof':
          written += 1;
          await store.keepProof(each.mesh, sampleProof(`${written}`, { atMs: clock.now() }), term);
          note(each.mesh, `proof ${written}`);
          break;
        case 'restart':
          for (const client of clients) client.cut();
          mgmt.feed = newFeed();
          break;
        case 'wait':
          await pass(each.ms);
          break;
        default:
          clients[each.client]?.[each.kind]();
      }
    },
    settle: async () => {
      for (const client of clients) client.read();
      changes.emit();
      await pass(70_000);
    },
    check: () => {
      for (const client of clients) {
        const isMine = (name: string): boolean => client.only === undefined || client.only === name;
        expect(client.live.state()?.meshes).toEqual(meshes.filter((each) => isMine(each.mesh)));
        for (const name of ['m', 'n']) {
          for (const kind of ['condition', 'proof']) {
            const told = client.events.filter((event) => event.mesh === name && event.kind === kind).map(({ what }) => what);
            expect(told).toEqual(isMine(name) ? expected[name]?.filter((what) => what.startsWith(kind)) : []);
          }
        }
        expect(client.gaps()).toBe(0);
      }
    },
    close: () => {
      for (const client of clients) client.live.stop();
    },
  };
}

interface ClientOptions {
  readonly mgmt: { readonly feed: LiveFeed };
  readonly clock: ReturnType<typeof createFakeClock>;
  readonly only: string | undefined;
}

/** The real client over a wire that breaks when it is told to, and that holds messages back while the client stalls. */
function openClient({ mgmt, clock, only }: ClientOptions) {
  const events: { mesh: string; kind: string; what: string }[] = [];
  let gaps = 0;
  let cut = (): void => undefined;
  let reading = Promise.withResolvers<unknown>();
  reading.resolve(undefined);
  const openSocket = (): LiveSocket => {
    const listeners: Record<string, (event: never) => void> = {};
    const closed = new AbortController();
    const { feed } = mgmt;
    cut = () => {
      if (closed.signal.aborted) return;
      closed.abort(new Error('cut'));
      listeners['close']?.({ code: 1006, reason: '' } as never);
    };
    const serve = async (hello: string): Promise<void> => {
      closed.signal.addEventListener('abort', feed.follow(), { once: true });
      let point = await feed.open(JSON.parse(hello) as never, closed.signal);
      for (let told: LiveTold | undefined; ; ) {
        told = await feed.next(point, told, closed.signal);
        ({ point } = told);
        await reading.promise;
        closed.signal.throwIfAborted();
        if (told.bytes !== undefined) listeners['message']?.({ data: told.bytes.toString() } as never);
      }
    };
    void setImmediate().then(() => listeners['open']?.({} as never));
    return {
      addEventListener: (type: string, listener: (event: never) => void) => {
        listeners[type] = listener;
      },
      send: (text) => void serve(text).catch(() => undefined),
      close: () => cut(),
    };
  };
  const live: LiveClient = openLiveClient({
    ...{ server: 'http://mgmt', openSocket, clock, random: () => 0.5 },
    ...(only === undefined ? {} : { mesh: only }),
    onEvents: (all) => {
      for (const event of all) {
        const what = event.kind === 'condition' ? event.condition.message : event.proof.id;
        events.push({ mesh: event.mesh, kind: event.kind, what: `${event.kind} ${what}` });
      }
    },
    onGap: () => (gaps += 1),
  });
  return {
    ...{ only, live, events },
    gaps: () => gaps,
    cut: () => cut(),
    stall: () => {
      reading.resolve(undefined);
      reading = Promise.withResolvers();
    },
    read: () => reading.resolve(undefined),
  };
}
