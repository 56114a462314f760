import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { createLifecycle } from '@reroot/shared/lifecycle';
import { silentLog } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { type LeaseLock, replicasSchema } from '../leadership/index.ts';
import { createMemoryLease } from '../leadership/testing/memory-lease.ts';
import { startReplica } from '../start-replica.ts';
import { createDocumentStore } from '../store/documents/document-store.ts';
import { createMemorySpace } from '../store/testing/memory-space.ts';
import { clientOf, type Installation, signal } from './installation.ts';
import { type RecordedLog, recordLog } from './recorded-log.ts';

/** One of several replicas. */
export interface StartedReplica {
  readonly apiUrl: string;
  readonly log: RecordedLog;
  role(): Promise<string | undefined>;
  /** Cuts it off from the lease, and heals that. */
  partition(state: 'cut' | 'whole'): void;
  stop(): Promise<void>;
}

/** Replicas in this process, with one store and one lease in memory. */
export interface ReplicaSet {
  start(): Promise<StartedReplica>;
  /** Waits for the one that leads. */
  leader(among?: readonly StartedReplica[]): Promise<StartedReplica>;
  transitions(): number;
  dispose(): Promise<void>;
}

/** Has none yet. */
export function makeReplicaSet(installation: Installation, change: Record<string, unknown> = {}): ReplicaSet {
  const space = createMemorySpace();
  const held = createMemoryLease();
  const started: StartedReplica[] = [];
  const lock = (isCut: () => boolean): LeaseLock => {
    const over = <T>(ask: () => Promise<T>): Promise<T> =>
      isCut() ? Promise.reject(new RerootError('RR_CLUSTER_UNREACHABLE', 'it is cut off')) : ask();
    return {
      read: (aborted) => over(() => held.lock.read(aborted)),
      create: (record, aborted) => over(() => held.lock.create(record, aborted)),
      update: (version, record, aborted) => over(() => held.lock.update(version, record, aborted)),
      watch: (onChange, aborted) => held.lock.watch(onChange, aborted),
    };
  };
  const start = async (): Promise<StartedReplica> => {
    const log = recordLog();
    const lifecycle = createLifecycle({ log: silentLog, stopTimeoutMs: 10_000 });
    // Keys and the rest lie in the folder of the installation: what replicas share besides is in memory here.
    const lease = { durationMs: 3_000, renewWithinMs: 2_000, retryMs: 300 };
    const config = { ...installation.config(change), replicas: replicasSchema.parse({ lease }) };
    let link: 'cut' | 'whole' = 'whole';
    const outside = { clock: systemClock, random: Math.random, log, signal };
    const apiUrl = await startReplica(
      { config, ...outside, scryptCost: 2 ** 10 },
      {
        openStore: async ({ audit }) => createDocumentStore(space, { audit }),
        openLock: async () => lock(() => link === 'cut'),
      },
      lifecycle,
    );
    const replica: StartedReplica = {
      apiUrl,
      log,
      role: async () => (await clientOf({ apiUrl }).readVersion(signal)).replica?.role,
      partition: (state) => {
        link = state;
      },
      stop: () => lifecycle.stop(),
    };
    started.push(replica);
    return replica;
  };
  return {
    start,
    leader: (among = started) =>
      waitFor(
        async () => {
          for (const replica of among) if ((await replica.role()) === 'leader') return replica;
          return undefined;
        },
        { timeoutMs: 10_000, what: 'a replica to lead' },
      ),
    transitions: () => held.held()?.record.transitions ?? 0,
    dispose: async () => {
      for (const replica of started) await replica.stop();
    },
  };
}
