import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { RerootError } from '@reroot/shared/errors';
import { silentLog } from '@reroot/shared/log';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { createElector, type Elector } from '../elector.ts';
import type { LeaseLock } from '../lease-lock.ts';
import type { LeaseTimings } from '../lease-rules.ts';
import type { Tenure } from '../tenure.ts';
import { createMemoryLease, type MemoryLease } from './memory-lease.ts';

/** What happens to a replica, from a moment on and for some time. */
export interface Mishap {
  readonly replica: number;
  /** `stopped`: the process stands still; `partitioned`: the API server does not answer; `graceful`: it ends, and comes again. */
  readonly kind: 'stopped' | 'partitioned' | 'graceful';
  readonly fromMs: number;
  readonly forMs: number;
}

/** A world of replicas, each with a clock of its own. */
export interface ReplicaWorldOptions {
  readonly timings: LeaseTimings;
  /** How fast the clock of each runs. */
  readonly rates: readonly number[];
  readonly mishaps: readonly Mishap[];
  /** How long the API server takes, one after the other. */
  readonly delaysMs: readonly number[];
  readonly forMs: number;
}

/** What was seen. */
export interface Seen {
  /** The most that believed to lead at one moment. */
  readonly mostLeaders: number;
  /** The longest time for which nobody did. */
  readonly longestGapMs: number;
  readonly lease: MemoryLease;
}

interface Replica {
  readonly clock: FakeClock;
  /** Time that has passed while it stood still. */
  owedMs: number;
  state: 'running' | 'stopped';
  link: 'up' | 'down';
  resumed: PromiseWithResolvers<undefined>;
  tenure: Tenure | undefined;
  ending: AbortController;
  elector: Elector;
  ended: Promise<void>;
}

const stepMs = 50;

/** Lets them contend, and looks at each moment how many believe to lead. */
export async function watchReplicas({ timings, rates, mishaps, delaysMs, forMs }: ReplicaWorldOptions): Promise<Seen> {
  const lease = createMemoryLease();
  const server = createFakeClock(0);
  let asked = 0;
  const delay = (): Promise<void> => server.sleep(delaysMs[asked++ % delaysMs.length] ?? 0);

  const lockOf = (replica: () => Replica): LeaseLock => {
    const over = async <T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> => {
      await delay();
      if (replica().link === 'down') await rejected(signal);
      const answer = await ask().then(
        (value) => () => value,
        (error: unknown) => () => {
          throw error;
        },
      );
      await delay();
      if (replica().link === 'down') await rejected(signal);
      // What comes while the process stands still is read when it goes on.
      if (replica().state === 'stopped') await replica().resumed.promise;
      signal.throwIfAborted();
      return answer();
    };
    return {
      read: (signal) => over(() => lease.lock.read(signal), signal),
      create: (record, signal) => over(() => lease.lock.create(record, signal), signal),
      update: (version, record, signal) => over(() => lease.lock.update(version, record, signal), signal),
      watch: (onChange, signal) => lease.lock.watch(() => replica().state === 'running' && onChange(), signal),
    };
  };
  const start = (replica: Replica, identity: string): void => {
    replica.ending = new AbortController();
    const { signal } = replica.ending;
    replica.elector = createElector({
      ...{ identity, address: '', timings, clock: replica.clock, random: () => 0.5, log: silentLog },
      lock: lockOf(() => replica),
      wallNow: () => replica.clock.now(),
      lead: async (tenure) => {
        replica.tenure = tenure;
        const over = AbortSignal.any([tenure.signal, signal]);
        if (!over.aborted) await once(over, 'abort');
        replica.tenure = undefined;
      },
    });
    replica.ended = replica.elector.run(signal);
  };
  const replicas = rates.map((_, index): Replica => {
    const clock = createFakeClock(index * 1_000_000);
    const bare = { clock, owedMs: 0, state: 'running', link: 'up', resumed: Promise.withResolvers<undefined>() } as const;
    const replica = {
      ...bare,
      tenure: undefined,
      ending: new AbortController(),
      elector: undefined as never,
      ended: Promise.resolve(),
    };
    start(replica, `replica-${index}/0`);
    return replica;
  });

  let [mostLeaders, longestGapMs, leadAtMs] = [0, 0, 0];
  for (let atMs = 0; atMs < forMs; atMs += stepMs) {
    for (const mishap of mishaps) happen(mishap, replicas, atMs, start);
    server.advance(stepMs);
    for (const [index, replica] of replicas.entries()) {
      const ms = stepMs * (rates[index] ?? 1);
      if (replica.state === 'stopped') replica.owedMs += ms;
      else replica.clock.advance(ms);
    }
    for (let turn = 0; turn < 8; turn += 1) await setImmediate();
    const leaders = replicas.filter(believes).length;
    mostLeaders = Math.max(mostLeaders, leaders);
    if (leaders > 0) leadAtMs = atMs;
    longestGapMs = Math.max(longestGapMs, atMs - leadAtMs);
  }
  for (const replica of replicas) replica.ending.abort();
  return { mostLeaders, longestGapMs, lease };
}

/** What a leader does before each act. One that stands still does nothing. */
function believes({ tenure, state }: Replica): boolean {
  if (tenure === undefined || state === 'stopped') return false;
  try {
    tenure.require();
    return true;
  } catch {
    return false;
  }
}

function happen(
  mishap: Mishap,
  replicas: readonly Replica[],
  atMs: number,
  start: (replica: Replica, identity: string) => void,
): void {
  const replica = replicas[mishap.replica];
  if (replica === undefined) return;
  const isFirst = atMs === Math.ceil(mishap.fromMs / stepMs) * stepMs;
  const isLast = atMs === Math.ceil((mishap.fromMs + mishap.forMs) / stepMs) * stepMs;
  if (isFirst) {
    if (mishap.kind === 'stopped' && replica.state === 'running') {
      replica.state = 'stopped';
      replica.resumed = Promise.withResolvers();
    }
    if (mishap.kind === 'partitioned') replica.link = 'down';
    if (mishap.kind === 'graceful') replica.ending.abort(new Error('it ends'));
  }
  if (!isLast) return;
  if (mishap.kind === 'stopped' && replica.state === 'stopped') {
    replica.state = 'running';
    // Before any of its timers: the first that runs after a process goes on may be anything.
    replica.clock.advance(replica.owedMs);
    replica.owedMs = 0;
    replica.resumed.resolve(undefined);
  }
  if (mishap.kind === 'partitioned') replica.link = 'up';
  if (mishap.kind === 'graceful') void replica.ended.then(() => start(replica, `replica-${mishap.replica}/${atMs}`));
}

/** A server that does not answer: until whoever waits has waited long enough. */
async function rejected(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw (signal.reason as Error | undefined) ?? new RerootError('RR_CLUSTER_UNREACHABLE', 'the API server does not answer');
}
