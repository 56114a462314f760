import { systemClock } from '@reroot/shared/clock';
import { createTally, type Tally, type TrafficReport } from '@reroot/simulator/tally';
import type { LabCluster } from '../lab-cluster.ts';
import type { PodRun } from '../node/pod-run.ts';
import { type Applications, createApplications } from './request-peer.ts';

/** Requests that go on, each over a new connection from Envoy to Envoy. */
export interface LabTraffic {
  count(): TrafficReport;
  /** Resolves when the last request is over. */
  stop(): Promise<void>;
}

/** Who talks to whom, and how often. */
export interface LabTrafficOptions {
  readonly clusters: readonly LabCluster[];
  /** Over all pairs. */
  readonly ratePerSecond: number;
  /** In [0, 1). */
  readonly random: () => number;
}

const tickMs = 10;
/** More at once would only measure this machine. */
const maxAtOnce = 64;

/**
 * Sends requests between ready workloads of every ordered pair of clusters in turn, a cluster with itself too, as soon as
 * every cluster has a ready workload.
 */
export function startTraffic({ clusters, ratePerSecond, random }: LabTrafficOptions): LabTraffic {
  const ending = new AbortController();
  const applications = createApplications();
  const tally = createTally();
  const open = new Set<Promise<void>>();
  const next = createTurns(clusters, random);
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

/** False when the signal has aborted. */
async function ticked(signal: AbortSignal): Promise<boolean> {
  await systemClock.sleep(tickMs, signal).catch(() => undefined);
  return !signal.aborted;
}

interface Turn {
  readonly pair: string;
  readonly client: Peer;
  readonly server: Peer;
}

interface Peer {
  readonly label: string;
  readonly address: string;
}

/** Gives the next pair of pods; undefined while a cluster has none that is ready. */
function createTurns(clusters: readonly LabCluster[], random: () => number): () => Turn | undefined {
  const pairs = clusters.flatMap((from) => clusters.map((to) => ({ from, to, name: `${from.name}>${to.name}` })));
  const pickFrom = (pods: readonly PodRun[]): PodRun | undefined => pods[Math.floor(random() * pods.length)];
  let turn = 0;
  return () => {
    const ready = new Map(clusters.map((cluster) => [cluster, cluster.workloadPods().filter((pod) => pod.isReady())]));
    const pair = pairs[turn++ % pairs.length];
    if (pair === undefined || [...ready.values()].some((pods) => pods.length === 0)) return undefined;
    const client = pickFrom(ready.get(pair.from) ?? []);
    const servers = ready.get(pair.to) ?? [];
    const server = pickFrom(servers.filter((pod) => pod !== client || servers.length === 1));
    if (client === undefined || server === undefined) return undefined;
    return { pair: pair.name, client: peerOf(pair.from, client), server: peerOf(pair.to, server) };
  };
}

function peerOf({ name }: LabCluster, { pod, address }: PodRun): Peer {
  return { label: `${name}/${pod.metadata.namespace}/${pod.metadata.name}`, address };
}

async function send(applications: Applications, tally: Tally, { pair, client, server }: Turn): Promise<void> {
  tally.begin(systemClock.now());
  const result = await applications.request(client.address, server.address);
  tally.add({ atMs: systemClock.now(), pair, client: client.label, server: server.label, result });
}
