import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { type Clock, systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock, freePort, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../random/random.ts';
import { type Authority, createAuthority } from '../testing/authority.ts';
import type { Material } from '../workload/sidecar.ts';
import { type Endpoint, type Holder, openEndpoint } from './endpoint.ts';
import { type HandshakeResult, shakeHands } from './handshake.ts';
import { startTraffic, type Traffic } from './traffic.ts';

let a: Authority;
let b: Authority;
let both: string;
let stop: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [a, b] = await Promise.all([createAuthority('A', systemClock.now()), createAuthority('B', systemClock.now())]);
  both = a.root.pem + b.root.pem;
});
afterEach(async () => {
  for (const each of stop) await each();
  stop = [];
});

/** A workload whose material a test can change. */
interface TestWorkload extends Holder {
  hold(signer: Authority, bundle: string): Promise<void>;
  drop(): void;
}

function createWorkload(name: string): TestWorkload {
  const spiffeId = `spiffe://cluster.local/ns/default/sa/${name}`;
  let material: Material | undefined;
  return {
    name,
    spiffeId,
    namespace: 'default',
    material: () => material,
    hold: async (signer, bundle) => {
      material = await signer.material(spiffeId, bundle);
    },
    drop: () => {
      material = undefined;
    },
  };
}

async function createHolding(name: string, signer: Authority, bundle: string): Promise<TestWorkload> {
  const workload = createWorkload(name);
  await workload.hold(signer, bundle);
  return workload;
}

async function open(holder: Holder): Promise<Endpoint> {
  const endpoint = await openEndpoint('cluster-1', holder);
  stop.push(() => endpoint.close());
  return endpoint;
}

let handshakes = 0;

function shake(from: Endpoint, to: Endpoint, clock: Clock = systemClock): Promise<HandshakeResult | undefined> {
  handshakes += 1;
  return shakeHands(from, to, `test-${handshakes}.reroot.test`, clock);
}

function failure(side: 'client' | 'server', reason: string): HandshakeResult {
  return { kind: 'failed', side, reason };
}

/** What OpenSSL says of a chain that ends under a root that is not in the bundle. */
const noIssuer = 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';

describe('a handshake between', () => {
  it.each([
    ['A|A', 'A|A'],
    ['A+B|A', 'A|A'],
    ['A+B|A', 'A+B|B'],
    ['A+B|B', 'B|B'],
    ['B|B', 'B|B'],
  ])('%s and %s, rows of the rotation that are the same or next to each other, is good both ways', async (one, other) => {
    const holding = async (name: string, row: string): Promise<Endpoint> => {
      const bundle = { A: a.root.pem, 'A+B': both, B: b.root.pem }[row.split('|')[0]!]!;
      return open(await createHolding(name, row.endsWith('A') ? a : b, bundle));
    };
    const [x, y] = [await holding('x', one), await holding('y', other)];
    expect([await shake(x, y), await shake(y, x)]).toEqual([{ kind: 'ok' }, { kind: 'ok' }]);
  });

  it('one that trusts B only and one whose leaf is of A fails both ways, on the side that refuses', async () => {
    const modern = await open(await createHolding('modern', b, b.root.pem));
    const old = await open(await createHolding('old', a, both));
    expect(await shake(modern, old)).toEqual(failure('client', noIssuer));
    expect(await shake(old, modern)).toEqual(failure('server', noIssuer));
  });

  it('strangers fails on the side that looks first', async () => {
    const [x, y] = [await open(await createHolding('x', a, a.root.pem)), await open(await createHolding('y', b, b.root.pem))];
    expect([await shake(x, y), await shake(y, x)]).toEqual([failure('client', noIssuer), failure('client', noIssuer)]);
  });

  it('workloads of which one proves another identity fails on the side that notices', async () => {
    const honest = await open(await createHolding('honest', a, both));
    const posing = await createHolding('posing', a, both);
    const impostor = await open({ ...posing, spiffeId: 'spiffe://cluster.local/ns/default/sa/admin' });
    expect(await shake(honest, impostor)).toEqual(failure('client', 'WRONG_IDENTITY'));
    expect(await shake(impostor, honest)).toEqual(failure('server', 'WRONG_IDENTITY'));
  });

  it('a workload and one that does not listen is refused', async () => {
    const from = await open(await createHolding('from', a, both));
    const to = await open(await createHolding('to', a, both));
    expect(await shake(from, { ...to, port: await freePort() })).toEqual(failure('client', 'ECONNREFUSED'));
  });

  it('workloads whose process stood still for longer than one may take goes on, and is good', async () => {
    const clock = createFakeClock(systemClock.now());
    const [x, y] = [await open(await createHolding('x', a, both)), await open(await createHolding('y', a, both))];
    const shaking = shake(x, y, clock);
    clock.advance(3_600_000);
    expect(await shaking).toEqual({ kind: 'ok' });
  });

  it('a workload and one that never answers fails after fifty turns of a tenth of a second', async () => {
    const clock = createFakeClock(systemClock.now());
    const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    stop.push(async () => void silent.close());
    await once(silent, 'listening');
    const from = await open(await createHolding('from', a, both));
    const to = await open(await createHolding('to', a, both));
    const shaking = shake(from, { ...to, port: (silent.address() as AddressInfo).port }, clock);
    const atMs = clock.now();
    let result: HandshakeResult | undefined;
    void shaking.then((each) => {
      result = each;
    });
    const advanced = (): boolean => {
      if (result === undefined) clock.advance(100);
      return result !== undefined;
    };
    await waitFor(advanced, { timeoutMs: 10_000, what: 'the handshake to be given up' });
    expect(result).toEqual(failure('client', 'TIMEOUT'));
    expect(clock.now() - atMs).toBeGreaterThanOrEqual(5_000);
  });

  it('a workload without a certificate and any other is none', async () => {
    const from = await open(createWorkload('from'));
    expect(await shake(from, await open(await createHolding('to', a, both)))).toBeUndefined();
  });
});

describe('what a workload holds', () => {
  it('counts for its very next handshake, as client and as server', async () => {
    const changing = await createHolding('changing', a, a.root.pem);
    const [x, y] = [await open(changing), await open(await createHolding('y', b, both))];
    expect(await shake(y, x)).toEqual(failure('server', noIssuer));
    await changing.hold(b, b.root.pem);
    expect([await shake(y, x), await shake(x, y)]).toEqual([{ kind: 'ok' }, { kind: 'ok' }]);
    await changing.hold(a, a.root.pem);
    expect(await shake(x, y)).toEqual(failure('client', noIssuer));
  });
});

describe('traffic', () => {
  async function start(groups: Readonly<Record<string, readonly Holder[]>>, ratePerSecond = 200): Promise<Traffic> {
    const traffic = await startTraffic({
      groups: Object.entries(groups).map(([cluster, workloads]) => ({ cluster, workloads })),
      random: createRandom(1),
      signal: new AbortController().signal,
      log: silentLog,
      clock: systemClock,
      ratePerSecond,
    });
    stop.push(() => traffic.stop());
    return traffic;
  }

  async function untilCounted(traffic: Traffic, count: number): Promise<void> {
    const done = (): boolean => traffic.count().ok + traffic.count().failed >= count;
    await waitFor(done, { timeoutMs: 10_000, what: `${count} handshakes` });
  }

  it('visits every ordered pair of clusters in turn, and counts each handshake once', async () => {
    const names = ['one', 'two', 'three'];
    const groups = await Promise.all(
      names.map(async (name) => [name, await Promise.all(['x', 'y'].map((each) => createHolding(each, a, a.root.pem)))] as const),
    );
    const traffic = await start(Object.fromEntries(groups));
    await untilCounted(traffic, 90);
    await traffic.stop();
    const { ok, failed, byReason, byPair, sinceMs } = traffic.count();
    expect({ failed, byReason }).toEqual({ failed: 0, byReason: {} });
    expect(Object.keys(byPair).toSorted()).toEqual(names.flatMap((from) => names.map((to) => `${from}>${to}`)).toSorted());
    const counts = Object.values(byPair).map((pair) => pair.ok);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(ok);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(sinceMs).toBeLessThanOrEqual(systemClock.now());
  });

  it('names reason, pair, side and workloads of what fails, and leaves the rest alone', async () => {
    const modern = await createHolding('modern', b, b.root.pem);
    const old = await createHolding('old', a, both);
    const traffic = await start({ new: [modern], old: [old] });
    await untilCounted(traffic, 40);
    await traffic.stop();
    const { ok, failed, byReason, byPair, failures } = traffic.count();
    expect(byReason).toEqual({ [noIssuer]: failed });
    expect([byPair['new>new']?.failed, byPair['old>old']?.failed, byPair['new>old']?.ok, byPair['old>new']?.ok]).toEqual([
      0, 0, 0, 0,
    ]);
    expect((byPair['new>old']?.failed ?? 0) + (byPair['old>new']?.failed ?? 0)).toBe(failed);
    expect(Math.abs(ok - failed)).toBeLessThanOrEqual(2);
    const seen = new Set(failures.map(({ client, server, side, reason }) => `${client} ${server} ${side} ${reason}`));
    expect([...seen].toSorted()).toEqual([
      `new/default/modern old/default/old client ${noIssuer}`,
      `old/default/old new/default/modern server ${noIssuer}`,
    ]);
  });

  it('begins when every workload has its first certificate, and passes over one that has lost it', async () => {
    const [early, late] = [await createHolding('early', a, both), createWorkload('late')];
    const traffic = await start({ one: [early], two: [late] }, 500);
    await waitFor(() => systemClock.sleep(100).then(() => true), { timeoutMs: 1_000, what: 'time for ten ticks' });
    expect(traffic.count()).toMatchObject({ ok: 0, failed: 0, sinceMs: undefined });
    await late.hold(a, both);
    await untilCounted(traffic, 8);
    late.drop();
    // Longer than any handshake that had begun before can take beside the others.
    await untilCounted(traffic, traffic.count().ok + 64);
    const before = traffic.count();
    await untilCounted(traffic, before.ok + 20);
    const after = traffic.count();
    expect([after.failed, after.byPair['one>two'], after.byPair['two>one']]).toEqual([
      0,
      before.byPair['one>two'],
      before.byPair['two>one'],
    ]);
  });

  it('begins no more handshakes after a pause', async () => {
    const workload = await createHolding('only', a, both);
    const traffic = await start({ one: [workload] });
    await untilCounted(traffic, 5);
    traffic.pause();
    await traffic.stop();
    const { ok } = traffic.count();
    expect(ok).toBeGreaterThanOrEqual(5);
    expect(traffic.count()).toMatchObject({ ok, failed: 0 });
  });
});
