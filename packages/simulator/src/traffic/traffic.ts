import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { TrafficReport } from '../control/controlled-fleet.ts';
import type { Random } from '../random/random.ts';
import { waited } from '../schedule.ts';
import { type Endpoint, type Holder, openEndpoint } from './endpoint.ts';
import { shakeHands } from './handshake.ts';
import { createTally, type Tally } from './tally.ts';
import { trustEachOther } from './trusting.ts';

const tickMs = 10;
/** More at once would only measure this machine. */
const maxAtOnce = 64;

/** The workloads of one cluster. */
export interface TrafficGroup {
  readonly cluster: string;
  readonly workloads: readonly Holder[];
}

/** Who talks to whom, and how often. */
export interface TrafficOptions {
  readonly groups: readonly TrafficGroup[];
  /** New handshakes per second over all pairs; 0 for none. */
  readonly ratePerSecond: number;
  /**
   * `trusting`: two clusters talk from the moment on when all their workloads have verified each other, whatever comes afterwards.
   * `all` when it is left out.
   */
  readonly between?: 'all' | 'trusting';
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Traffic that goes on. */
export interface Traffic {
  count(): TrafficReport;
  /** No new handshakes begin. */
  pause(): void;
  /** Resolves when the last handshake is over and every socket is closed. */
  stop(): Promise<void>;
}

/**
 * Starts new handshakes between workloads of every ordered pair of clusters in turn, a cluster with itself too. It waits
 * until every workload has a certificate, so that a fleet that is still coming up counts no failures.
 */
export async function startTraffic(options: TrafficOptions): Promise<Traffic> {
  const { groups, log, signal } = options;
  const opened = await Promise.all(groups.map(({ cluster, workloads }) => openGroup(cluster, workloads)));
  const tally = createTally();
  const paused = new AbortController();
  const until = AbortSignal.any([signal, paused.signal]);
  const open = new Set<Promise<void>>();
  const begin = createDialer(opened, tally, options);
  const run = async (): Promise<void> => {
    if (!(await untilAllHold(options, until))) return;
    log.info({ ratePerSecond: options.ratePerSecond }, 'traffic begins');
    await pace(options, until, () => {
      if (open.size >= maxAtOnce) return 'full';
      const handshake = begin().finally(() => open.delete(handshake));
      open.add(handshake);
      return 'begun';
    });
  };
  const running = run();
  return {
    count: () => tally.count(),
    pause: () => {
      paused.abort();
    },
    stop: async () => {
      paused.abort();
      await running;
      await Promise.all(open);
      await Promise.all(opened.flatMap(({ endpoints }) => endpoints.map((endpoint) => endpoint.close())));
    },
  };
}

interface OpenGroup {
  readonly cluster: string;
  readonly workloads: readonly Holder[];
  readonly endpoints: readonly Endpoint[];
}

async function openGroup(cluster: string, workloads: readonly Holder[]): Promise<OpenGroup> {
  return { cluster, workloads, endpoints: await Promise.all(workloads.map((workload) => openEndpoint(cluster, workload))) };
}

/** False when the signal aborted before. */
async function untilAllHold({ groups, clock }: TrafficOptions, signal: AbortSignal): Promise<boolean> {
  const isMissing = (): boolean => groups.some(({ workloads }) => workloads.some((each) => each.material() === undefined));
  while (isMissing()) {
    if (!(await waited({ clock, afterMs: tickMs, signal }))) return false;
  }
  return true;
}

/** What could not be begun in time is let go: a burst afterwards would not be the rate that was asked for. */
async function pace(options: TrafficOptions, signal: AbortSignal, begin: () => 'begun' | 'full'): Promise<void> {
  const { clock, ratePerSecond } = options;
  let due = 0;
  for (let lastMs = clock.now(); await waited({ clock, afterMs: tickMs, signal }); ) {
    const nowMs = clock.now();
    due = Math.min(due + ((nowMs - lastMs) * ratePerSecond) / 1000, maxAtOnce);
    lastMs = nowMs;
    while (due >= 1 && begin() === 'begun') due -= 1;
  }
}

/** Gives the function that does the next handshake: the next pair of clusters, any workload of each. */
function createDialer(groups: readonly OpenGroup[], tally: Tally, options: TrafficOptions): () => Promise<void> {
  const { clock, random, log } = options;
  const openPairs = createPairs(groups, options);
  const told = new Set<string>();
  let turn = 0;
  const pickFrom = (endpoints: readonly Endpoint[]): Endpoint | undefined =>
    random.pick(endpoints.filter((endpoint) => endpoint.context() !== undefined));
  return async () => {
    const pairs = openPairs();
    const pair = pairs[turn++ % Math.max(1, pairs.length)];
    const from = pickFrom(pair?.from.endpoints ?? []);
    const others = pair?.to.endpoints.filter((endpoint) => endpoint !== from || pair.to.endpoints.length === 1);
    const to = pickFrom(others ?? []);
    if (pair === undefined || from === undefined || to === undefined) return;
    tally.begin(clock.now());
    const result = await shakeHands(from, to, `handshake-${turn}.reroot.test`, clock);
    if (result === undefined) return;
    const who = { client: from.label, server: to.label };
    tally.add({ ...who, atMs: clock.now(), pair: pair.name, result });
    if (result.kind === 'ok' || told.has(result.reason)) return;
    told.add(result.reason);
    log.warn({ ...who, side: result.side, reason: result.reason }, 'a handshake failed; the first one for this reason');
  };
}

interface Pair {
  readonly from: OpenGroup;
  readonly to: OpenGroup;
  readonly name: string;
}

/** How often it is looked whether two clusters have come to trust each other. */
const lookMs = 200;

/** Gives the function that says which pairs talk by now; one that has begun to is never left out again. */
function createPairs(groups: readonly OpenGroup[], { between = 'all', clock }: TrafficOptions): () => readonly Pair[] {
  const all = groups.flatMap((from) => groups.map((to): Pair => ({ from, to, name: `${from.cluster}>${to.cluster}` })));
  if (between === 'all') return () => all;
  let talking: readonly Pair[] = [];
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = clock.now();
    if (talking.length === all.length || nowMs - lookedAtMs < lookMs) return talking;
    lookedAtMs = nowMs;
    const begun = new Set(talking);
    talking = all.filter((pair) => begun.has(pair) || trustEachOther(pair.from.workloads, pair.to.workloads, nowMs));
    return talking;
  };
}
