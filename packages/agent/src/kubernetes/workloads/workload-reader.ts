import type { KubeApi } from '@reroot/kube-api';
import { createObjectCache, type ObjectCache } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { Workload } from '../../cluster/cluster.ts';
import { listWhenReady } from '../list-when-ready.ts';
import type { WorkloadsConfig } from './config.ts';
import { isPresent, type ProxyPod, reduceProxyPod } from './proxy-pod.ts';
import { createReadLoop } from './read-loop.ts';
import { createReadProxy } from './read-proxy.ts';
import { type Current, createReadingBook } from './reading-book.ts';
import { untilMet } from './until-met.ts';

/** What a reader of workloads is made of. */
export interface WorkloadReaderOptions {
  readonly api: KubeApi;
  readonly config: WorkloadsConfig;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Told when `list` would give something else, unless a `list` is under way that will. */
  readonly onChange: () => void;
}

/** The workloads of a mesh in one cluster, and what their proxies hold. */
export interface WorkloadReader {
  /** Follows the pods and reads proxies, until the signal aborts. Resolves then; never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /**
   * All workloads, each with a reading that is good in the present state, or with the reason why there is none. It needs
   * `run` to be under way, and waits for readings for a little longer than one may take.
   * @throws RR_WORKLOADS_UNREAD when some have not been read by then, as in the first minutes of a large mesh: a proxy that
   *   was never asked lags no more than it holds; and what following the pods fails with
   */
  list(current: Current, signal: AbortSignal): Promise<readonly Workload[]>;
  /** The pods with a proxy, without what the proxies hold. @throws what following the pods fails with */
  pods(signal: AbortSignal): Promise<readonly ProxyPod[]>;
}

/** How much longer than one reading a list waits: for a second try of one that failed at once. */
const patienceMs = 1_000;

/** A reader that has read nothing yet. How it chooses what to read is told at `createReadingBook`. */
export function createWorkloadReader(options: WorkloadReaderOptions): WorkloadReader {
  const { api, config, clock, random, log, onChange } = options;
  const book = createReadingBook({ ...config, random });
  const readProxy = createReadProxy({ api, config, clock, log });
  const waiting = new Set<() => void>();
  let podsChanged = true;
  let cluster: 'answers' | 'away' = 'answers';

  const tell = (): void => {
    if (waiting.size === 0) onChange();
    for (const look of waiting) look();
  };
  const takePods = (): void => {
    const pods = listPods();
    if (!podsChanged) return;
    podsChanged = false;
    if (book.setPods(pods, clock.now()) === 'gone') tell();
  };
  const listPods = (): readonly ProxyPod[] => {
    try {
      const pods = cache.list().filter((pod) => isPresent(pod, clock.now()));
      // While the cluster was away no proxy could be reached, and that says nothing about any of them.
      if (cluster === 'away') book.forgetFailures(clock.now());
      cluster = 'answers';
      return pods;
    } catch (error) {
      cluster = 'away';
      throw error;
    }
  };
  const cache: ObjectCache<ProxyPod> = createObjectCache({
    api,
    path: '/api/v1/pods',
    query: { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' },
    reduce: (object) => reduceProxyPod(object, config),
    onChange: () => {
      podsChanged = true;
      loop.wake();
    },
    clock,
    random,
    log,
  });
  const loop = createReadLoop({
    next: () => {
      orNothing(takePods);
      return book.next(clock.now());
    },
    read: async (reading, signal) => {
      const result = await readProxy(reading.pod, signal);
      if (book.note(reading, result, clock.now()) === 'changed') tell();
    },
    config,
    clock,
  });

  return {
    run: async (signal) => {
      await Promise.all([cache.run(signal), loop.run(signal)]);
    },
    pods: async (signal) => (await listWhenReady(cache, signal)).filter((pod) => isPresent(pod, clock.now())),
    list: async (current, signal) => {
      signal.throwIfAborted();
      await listWhenReady(cache, signal);
      podsChanged = true;
      takePods();
      book.setCurrent(current, clock.now());
      loop.wake();
      const isKnown = (): boolean => book.countUnknown('after-two', clock.now()) === 0;
      await untilMet(isKnown, waiting, { ms: config.readTimeoutMs + patienceMs, clock, signal });
      const unknown = book.countUnknown('after-one', clock.now());
      if (unknown > 0) throw unread(unknown, book.count());
      return book.workloads('after-one', clock.now());
    },
  };
}

/** What cannot be said of the pods now is told by `list`; readings of those known go on meanwhile. */
function orNothing<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

function unread(unknown: number, all: number): RerootError {
  return new RerootError('RR_WORKLOADS_UNREAD', `${unknown} of ${all} proxies have not been read yet`);
}
