import type { ServerOptions } from 'node:https';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { MeshStatus } from '@reroot/shared/api';
import { type Clock, systemClock } from '@reroot/shared/clock';
import type { ErrorCode } from '@reroot/shared/errors';
import { createRegistry, mgmtMetrics } from '@reroot/shared/metrics';
import { meshStatus } from '@reroot/shared/testing';
import type { z } from 'zod';
import type { Store } from '../../../store/index.ts';
import { createMemoryStore } from '../../../store/testing/memory-store.ts';
import { newMesh } from '../../../store/testing/store-contract.ts';
import { type RecordedLog, recordLog } from '../../../testing/recorded-log.ts';
import type { Gatekeeper } from '../../access/gatekeeper.ts';
import { openGatekeeper } from '../../access/open-gatekeeper.ts';
import { apiConfigSchema } from '../../api-config.ts';
import { createApiStage } from '../../api-stage.ts';
import { listen } from '../../listen.ts';
import { createApi } from '../../server.ts';
import { noClusters } from '../../testing/no-clusters.ts';
import { noJournal } from '../../testing/no-journal.ts';
import { noNotifications } from '../../testing/no-notifications.ts';
import { noProofs } from '../../testing/no-proofs.ts';
import { addLive } from '../add-live.ts';
import { createChangeSignal } from '../change-signal.ts';
import type { LiveLimits } from '../live-limits.ts';

/** An API with a live stream, whose state is the test's. */
export interface LiveServer {
  readonly url: string;
  readonly port: number;
  readonly log: RecordedLog;
  /** With what handshakes were refused, in their order. */
  readonly refusals: readonly ErrorCode[];
  /** Has the mesh `demo`, and the event log. */
  readonly store: Store;
  /** Writes an entry of the event log, and says so. */
  note(message: string): Promise<void>;
  /** Sockets that mgmt has open. */
  connections(): Promise<number>;
  /** How often the state was looked at. */
  looks(): number;
  /** Does something, and waits until the state has been looked at. */
  looked(act: () => void): Promise<void>;
  /** Changes the state, and says so. */
  change(meshes: readonly MeshStatus[]): void;
  /** Changes the state, and says nothing. */
  drift(meshes: readonly MeshStatus[]): void;
  /** From now on the state is read so. */
  readBy(read: () => Promise<never>): void;
  close(): Promise<void>;
}

/** What a live stream is opened with. */
export interface LiveServerOptions {
  /** `api` of the configuration as it stands in a file. */
  readonly api?: z.input<typeof apiConfigSchema>;
  readonly limits?: Partial<LiveLimits>;
  /** Instead of the one that `api` makes. */
  readonly gatekeeper?: Pick<Gatekeeper, 'admit'>;
  readonly clock?: Clock;
  readonly storeLimits?: Parameters<typeof createMemoryStore>[0];
  readonly tls?: ServerOptions;
}

/** Starts it on 127.0.0.1, with one mesh. */
export async function startLive({
  api = {},
  limits = {},
  gatekeeper,
  clock = systemClock,
  storeLimits = {},
  tls,
}: LiveServerOptions = {}): Promise<LiveServer> {
  const config = apiConfigSchema.parse({ rateLimit: { perSecond: 10_000, burst: 10_000 }, ...api });
  const log = recordLog();
  const opened = await openGatekeeper(config, { version: '0.1.0', clock, random: () => 0.5, log });
  const stage = createApiStage({
    readMetrics: async () => '',
    notifications: noNotifications,
    operations: { listMeshes: async () => [] } as never,
    ...noClusters,
    ...noJournal,
    proofs: noProofs,
    readOffer: () => undefined,
    budgetsOf: () => new Map(),
    term: 1,
    version: '0.1.0',
    isReady: () => true,
    requests: createMemoryStore(),
    stopping: new AbortController().signal,
    clock,
    log,
  });
  const registry = createRegistry(mgmtMetrics);
  const { allowedOrigins } = config;
  const app = createApi({ stage: () => stage, registry, gatekeeper: opened, allowedOrigins, tls, clock, log });
  const signal = createChangeSignal();
  const store = createMemoryStore(storeLimits);
  const term = await store.takeTerm();
  await store.createMesh(newMesh('demo'), term);
  let state: readonly MeshStatus[] = [meshStatus()];
  let failing: (() => Promise<never>) | undefined;
  let looks = 0;
  const source = {
    snapshot: async () => {
      looks += 1;
      return failing === undefined ? { meshes: state } : failing();
    },
    eventsEnd: () => store.eventsEnd(),
    readEvents: store.readEvents.bind(store),
    onChange: signal.subscribe.bind(signal),
  };
  const refusals: ErrorCode[] = [];
  addLive(app, {
    ...{ gatekeeper: gatekeeper ?? opened, source, clock, log, limits: { closeWithinMs: 100, ...limits } },
    onRefused: (code) => refusals.push(code),
  });
  const url = await listen(app, { host: '127.0.0.1', port: 0 });
  const drift = (meshes: readonly MeshStatus[]): void => {
    state = meshes;
  };
  return {
    url,
    port: Number(new URL(url).port),
    log,
    refusals,
    store,
    note: async (message) => {
      const { revision } = (await store.readMesh('demo'))!;
      await store.compareAndSwap('demo', { term, revision }, { condition: { ...newMesh('demo').condition, message } });
      signal.emit();
    },
    connections: () => promisify(app.server.getConnections.bind(app.server))(),
    looks: () => looks,
    looked: async (act) => {
      const before = looks;
      act();
      // Without a timer: tests do this thousands of times.
      while (looks === before) await setImmediate();
    },
    drift,
    change: (meshes) => {
      drift(meshes);
      signal.emit();
    },
    readBy: (read) => {
      failing = read;
    },
    close: async () => {
      await app.close();
      await opened.close();
    },
  };
}

/** A mesh that is told from others by its generation. */
export function meshAt(generation: number): MeshStatus {
  return meshStatus({ generation });
}
