import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { TrafficCount } from '../control/controlled-fleet.ts';
import type { Random } from '../random/random.ts';
import { waited } from '../schedule.ts';
import type { SimulatedProxy } from '../workload/proxy.ts';
import { type Endpoint, openEndpoint } from './endpoint.ts';
import { shakeHands } from './handshake.ts';

const tickMs = 10;
/** More at once would only measure this machine. */
const maxAtOnce = 64;

/** Who talks to whom, and how often. */
export interface TrafficOptions {
  /** The workloads of each cluster. */
  readonly groups: readonly (readonly SimulatedProxy[])[];
  readonly trustDomain: string;
  /** New handshakes per second over all pairs; 0 for none. */
  readonly ratePerSecond: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Traffic that goes on. */
export interface Traffic {
  count(): TrafficCount;
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
  const { groups, clock, random, log, signal } = options;
  const proxies = groups.flat();
  const endpoints = await Promise.all(
    groups.map((group) => Promise.all(group.map((proxy) => openEndpoint(proxy, options.trustDomain)))),
  );
  const pairs = endpoints.flatMap((from) => endpoints.map((to) => ({ from, to })));
  const byReason = new Map<string, number>();
  const paused = new AbortController();
  const until = AbortSignal.any([signal, paused.signal]);
  const open = new Set<Promise<void>>();
  let ok = 0;

  const one = async (from: Endpoint | undefined, to: Endpoint | undefined): Promise<void> => {
    if (from === undefined || to === undefined) return;
    const result = await shakeHands(from, to);
    if (result.kind === 'ok') {
      ok += 1;
      return;
    }
    if (!byReason.has(result.reason))
      log.warn({ from: from.spiffeId, to: to.spiffeId, reason: result.reason }, 'a handshake failed');
    byReason.set(result.reason, (byReason.get(result.reason) ?? 0) + 1);
  };
  const begin = (turn: number): void => {
    const pair = pairs[turn % pairs.length];
    const handshake = one(random.pick(pair?.from ?? []), random.pick(pair?.to ?? [])).finally(() => open.delete(handshake));
    open.add(handshake);
  };
  const run = async (): Promise<void> => {
    while (proxies.some((proxy) => proxy.material() === undefined)) {
      if (!(await waited({ clock, afterMs: tickMs, signal: until }))) return;
    }
    log.info({ ratePerSecond: options.ratePerSecond }, 'traffic begins');
    let turn = 0;
    let due = 0;
    for (let lastMs = clock.now(); await waited({ clock, afterMs: tickMs, signal: until }); ) {
      const nowMs = clock.now();
      // What could not be begun in time is let go: a burst afterwards would not be the rate that was asked for.
      due = Math.min(due + ((nowMs - lastMs) * options.ratePerSecond) / 1000, maxAtOnce);
      lastMs = nowMs;
      for (; due >= 1 && open.size < maxAtOnce; due -= 1) begin(turn++);
    }
  };
  const running = run();
  return {
    count: () => ({ ok, failed: [...byReason.values()].reduce((sum, n) => sum + n, 0), byReason: Object.fromEntries(byReason) }),
    pause: () => {
      paused.abort();
    },
    stop: async () => {
      paused.abort();
      await running;
      await Promise.all(open);
      await Promise.all(endpoints.flat().map((endpoint) => endpoint.close()));
    },
  };
}
