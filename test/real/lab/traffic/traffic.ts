import { systemClock } from '@reroot/shared/clock';
import { createTally, type Tally, type TrafficReport } from '@reroot/simulator/tally';
import { type Applications, createApplications, type RequestResult } from './request-peer.ts';
import { createTurns, type Turn, type TurnOptions } from './turns.ts';

/** Requests that go on, each over a new connection from Envoy to Envoy. */
export interface LabTraffic {
  count(): TrafficReport;
  /** Resolves when the last request is over. */
  stop(): Promise<void>;
}

/** Who talks to whom, and how often. */
export interface LabTrafficOptions extends TurnOptions {
  /** Over all pairs. */
  readonly ratePerSecond: number;
  /**
   * `trusting`: what two pods say to each other counts from their first request on that got through, whatever comes afterwards.
   * `all` when it is left out.
   */
  readonly between?: 'all' | 'trusting';
}

const tickMs = 10;
/** More at once would only measure this machine. */
const maxAtOnce = 64;
const noReadyWorkload = 'NO_READY_WORKLOAD';

/**
 * Sends requests between ready workloads of every ordered pair of clusters in turn, a cluster with itself too. It begins as
 * soon as every pair can talk; from then on a turn without a ready workload is a request that failed: NO_READY_WORKLOAD.
 */
export function startTraffic(options: LabTrafficOptions): LabTraffic {
  const { ratePerSecond, between = 'all' } = options;
  const ending = new AbortController();
  const applications = createApplications();
  const tally = between === 'trusting' ? fromFirstSuccess(createTally()) : createTally();
  const open = new Set<Promise<void>>();
  const next = createTurns(options);
  const begin = (): void => {
    const turn = next();
    if (turn === undefined) return;
    const request = send(applications, tally, turn).finally(() => open.delete(request));
    open.add(request);
  };
  const run = async (): Promise<void> => {
    let due = 0;
    for (let lastMs = systemClock.now(); await ticked(ending.signal); ) {
      const nowMs = systemClock.now();
      // What could not be begun in time is let go: a burst afterwards would not be the rate that was asked for.
      due = Math.min(due + ((nowMs - lastMs) * ratePerSecond) / 1_000, maxAtOnce);
      lastMs = nowMs;
      for (; due >= 1 && open.size < maxAtOnce; due -= 1) begin();
    }
  };
  const running = run();
  return {
    count: () => tally.count(),
    stop: async () => {
      ending.abort();
      await running;
      await Promise.all(open);
      applications.close();
    },
  };
}

/** Leaves out the failures of two pods that have never got through to each other; a cluster without a ready one counts always. */
function fromFirstSuccess(tally: Tally): Tally {
  const talking = new Set<string>();
  return {
    ...tally,
    add: (outcome) => {
      const pods = `${outcome.client} ${outcome.server}`;
      const { result } = outcome;
      if (result.kind === 'ok') talking.add(pods);
      if (talking.has(pods) || (result.kind === 'failed' && result.reason === noReadyWorkload)) tally.add(outcome);
    },
  };
}

/** False when the signal has aborted. */
async function ticked(signal: AbortSignal): Promise<boolean> {
  await systemClock.sleep(tickMs, signal).catch(() => undefined);
  return !signal.aborted;
}

async function send(applications: Applications, tally: Tally, turn: Turn): Promise<void> {
  tally.begin(systemClock.now());
  const result = await request(applications, turn);
  const { pair, client, server } = turn;
  tally.add({ atMs: systemClock.now(), pair, client: client.label, server: server.label, result });
}

async function request(applications: Applications, { client, server }: Turn): Promise<RequestResult> {
  if (client.kind === 'none-ready') return { kind: 'failed', side: 'client', reason: noReadyWorkload };
  if (server.kind === 'none-ready') return { kind: 'failed', side: 'server', reason: noReadyWorkload };
  return applications.request(client.address, server.address);
}
