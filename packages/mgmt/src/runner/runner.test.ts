import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { subjects } from '@reroot/shared/protocol';
import { startNatsServer, waitFor } from '@reroot/shared/testing';
import { type Bus, type BusMessage, type BusStatus, connectBus, type SubscribeOptions } from '@reroot/shared/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Listener } from './listener.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';
import { type Runner, type RunnerOptions, startRunner } from './runner.ts';

/** A bus that tests speak through. */
function createWire() {
  const handlers = new Map<string, (message: BusMessage) => void | Promise<void>>();
  const admits: SubscribeOptions['admit'][] = [];
  const listeners = new Set<(status: BusStatus) => void>();
  const bus: Bus = {
    publish: () => {},
    subscribe: (subject, handler, options) => {
      admits.push(options?.admit);
      handlers.set(subject, handler);
      return () => handlers.delete(subject);
    },
    request: () => Promise.reject(new Error('nobody asks')),
    onStatus: (listener) => {
      listeners.add(listener);
      listener('connected');
      return () => listeners.delete(listener);
    },
    stats: () => ({ connectedSinceMs: 0, reconnects: 0, outgoingDropped: 0, incomingDropped: 0, maxPayloadBytes: undefined }),
    flush: async () => {},
    close: async () => {},
  };
  return {
    bus,
    handlers,
    admits,
    say: (status: BusStatus) => {
      for (const listener of listeners) listener(status);
    },
  };
}

const hour = 3_600_000;
const quiet = { name: 'test', log: silentLog };
const deafListener: Listener = {
  hearReport: async () => {},
  hearIssueRequest: async () => {},
  hearLinkState: async () => {},
  hearEnrolment: async () => {},
  hearRenewal: async () => {},
  hearTaskResult: async () => {},
};

describe('the runner', () => {
  let wire: ReturnType<typeof createWire>;
  let told: string[];
  let asked: string[];
  let woken: string[];
  let runner: Runner | undefined;
  beforeEach(() => {
    wire = createWire();
    told = [];
    asked = [];
    woken = [];
  });
  afterEach(() => runner?.stop());

  const loopOf = (mesh: string, view: () => Promise<MeshView>): MeshLoop => ({
    mesh,
    view,
    moment: () => Promise.reject(new Error('nobody looks')),
    wake: () => woken.push(mesh),
    hear: () => {},
    act: () => Promise.reject(new Error('nobody acts')),
    actAt: () => Promise.reject(new Error('nobody acts')),
    renameCluster: () => Promise.reject(new Error('nobody acts')),
    idle: async () => {},
  });
  const viewOf = (mesh: string) => async () =>
    ({ stored: { record: { mesh }, spec: { clusters: ['east'] } } }) as unknown as MeshView;

  const start = (change: Partial<RunnerOptions> = {}, loops = [loopOf('a', viewOf('a')), loopOf('b', viewOf('b'))]): void => {
    runner = startRunner({
      offers: { read: () => undefined, look: async () => undefined },
      meshes: { all: () => loops, find: () => undefined, require: () => loops[0]!, add: () => loops[0]! },
      bus: wire.bus,
      listener: deafListener,
      limit: { admit: () => true },
      publisher: {
        publishAll: () => {},
        publishTo: ({ stored }) => told.push(stored.record.mesh),
        publishChanges: () => {},
        hasten: () => {},
        forget: () => {},
        seal: () => new Uint8Array(),
      },
      ...{ fleet: { find: () => undefined }, watchClock: () => undefined, term: 1 },
      terms: { isFollowed: () => false, tell: (names) => asked.push(...names.map(({ mesh, cluster }) => `${mesh}/${cluster}`)) },
      accounts: { speaking: () => [{ mesh: 'c', cluster: 'new' }] },
      clock: systemClock,
      log: silentLog,
      tickMs: hour,
      resyncMs: hour,
      silentAfterMs: 3 * hour,
      ...change,
    });
  };
  const settled = async (count: number): Promise<void> => {
    await waitFor(() => told.length >= count, { timeoutMs: 2_000, what: `${count} words` });
  };

  it('hears every agent that asks, though thousands do at once and none is answered yet', async () => {
    const server = await startNatsServer();
    const [bus, agents] = [
      await connectBus({ ...quiet, servers: [server.url] }),
      await connectBus({ ...quiet, servers: [server.url] }),
    ];
    const answered = Promise.withResolvers<undefined>();
    const [asking, heardOf] = [5_000, new Set<string>()];
    try {
      const hearIssueRequest = async ({ subject }: BusMessage): Promise<void> => {
        heardOf.add(subject);
        await answered.promise;
      };
      start({ bus, listener: { ...deafListener, hearIssueRequest } });
      await bus.flush();
      for (let index = 0; index < asking; index += 1)
        agents.publish(subjects.issue('a', `cluster-${index}`), new Uint8Array(1_500));
      await waitFor(() => heardOf.size + bus.stats().incomingDropped === asking, { timeoutMs: 20_000, what: 'all of them' });
      expect([heardOf.size, bus.stats().incomingDropped]).toEqual([asking, 0]);
    } finally {
      answered.resolve(undefined);
      await runner?.stop();
      await Promise.all([bus.close(), agents.close()]);
      await server.stop();
    }
  });

  it('tells every mesh again when the bus is back, and only then', async () => {
    start();
    await settled(2);
    [told, asked] = [[], []];
    wire.say('disconnected');
    wire.say('connected');
    await settled(2);
    expect(told).toEqual(['a', 'b']);
    expect(asked).toEqual(['a/east', 'b/east', 'c/new']);
  });

  it('tells every mesh again and again, for the bus may lose anything', async () => {
    start({ resyncMs: 10 });
    await settled(20);
    expect(new Set(told)).toEqual(new Set(['a', 'b']));
    expect(new Set(asked)).toEqual(new Set(['a/east', 'b/east', 'c/new']));
  });

  it('looks at every mesh again and again, for silence makes no noise', async () => {
    start({ tickMs: 10 });
    await waitFor(() => woken.filter((mesh) => mesh === 'b').length > 5, { timeoutMs: 2_000, what: 'looks' });
  });

  it('looks at the clock again and again, though no agent speaks', async () => {
    let looks = 0;
    const watchClock = (): void => {
      looks += 1;
    };
    start({ tickMs: 10, watchClock });
    await waitFor(() => looks > 5, { timeoutMs: 2_000, what: 'looks' });
  });

  it('looks at what is offered to each mesh again and again, though one cannot be read', async () => {
    const looked: string[] = [];
    const look = async ({ stored }: MeshView) => {
      looked.push(stored.record.mesh);
    };
    const bad = loopOf('a', () => Promise.reject(new Error('damaged')));
    start({ resyncMs: 10, offers: { read: () => undefined, look } }, [bad, loopOf('b', viewOf('b')), loopOf('c', viewOf('c'))]);
    await waitFor(() => looked.length >= 6, { timeoutMs: 2_000, what: 'looks' });
    expect(looked.slice(0, 6)).toEqual(['b', 'c', 'b', 'c', 'b', 'c']);
  });

  it('looks at the offers no second time while a source is slow', async () => {
    const slow = Promise.withResolvers<undefined>();
    let looks = 0;
    const look = async () => {
      looks += 1;
      await slow.promise;
    };
    start({ resyncMs: 5, tickMs: 5, offers: { read: () => undefined, look } });
    await waitFor(() => woken.length > 20, { timeoutMs: 2_000, what: 'ticks' });
    expect(looks).toBe(1);
    slow.resolve(undefined);
    await waitFor(() => looks > 2, { timeoutMs: 2_000, what: 'more looks' });
  });

  it('tells the other meshes when one cannot be read', async () => {
    const bad = loopOf('a', () => Promise.reject(new Error('damaged')));
    start({}, [bad, loopOf('b', viewOf('b'))]);
    await settled(1);
    expect(told).toContain('b');
    expect(told).not.toContain('a');
  });

  it('listens to every subject that agents speak on, and asks of each message whether it is to be heard', () => {
    const admit = (): boolean => false;
    start({ limit: { admit } });
    const topics = ['report', 'issue', 'link', 'enrol', 'renew', 'result'];
    expect(new Set(wire.handlers.keys())).toEqual(new Set(topics.map((topic) => `reroot.v1.*.*.${topic}`)));
    expect(wire.admits.map((each) => each?.('x', 1))).toEqual(topics.map(() => false));
  });

  it('waits, when it is stopped, for what it is hearing, and hears nothing more', async () => {
    const { promise: heard, resolve: finish } = Promise.withResolvers<undefined>();
    start({ listener: { ...deafListener, hearReport: () => heard } });
    void wire.handlers.get('reroot.v1.*.*.report')?.({ subject: 's', payload: new Uint8Array(), respond: undefined });
    let stopped = false;
    const stopping = runner!.stop().then(() => {
      stopped = true;
    });
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    expect(wire.handlers.size).toBe(0);
    finish(undefined);
    await stopping;
  });
});
