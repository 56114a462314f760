import { type LabClusterPlan, workloadsOf } from '../lab-plan.ts';
import type { PodRun } from '../node/pod-run.ts';

/** A cluster, as far as its workloads talk. */
export interface TrafficCluster {
  readonly name: string;
  readonly plan: LabClusterPlan;
  workloadPods(): readonly TrafficPod[];
}

export type TrafficPod = Pick<PodRun, 'pod' | 'address' | 'isReady'>;

/** Who talks to whom. */
export interface Turn {
  /** `from>to` */
  readonly pair: string;
  readonly client: Peer;
  readonly server: Peer;
}

/** A pod, or a cluster of which none is ready that could talk. */
export type Peer =
  | { readonly kind: 'ready'; readonly label: string; readonly address: string }
  | { readonly kind: 'none-ready'; readonly label: string };

/** What turns are made of. */
export interface TurnOptions {
  readonly clusters: readonly TrafficCluster[];
  /** Whether the only pod of a cluster talks to itself. */
  readonly selfCalls?: 'allowed' | 'never';
  /** In [0, 1). */
  readonly random: () => number;
}

interface Pair {
  readonly from: TrafficCluster;
  readonly to: TrafficCluster;
}

/** Gives who talks next, one pair of clusters after the other; undefined until every pair has been able to talk. */
export function createTurns({ clusters, selfCalls = 'allowed', random }: TurnOptions): () => Turn | undefined {
  const isWanted = ({ from, to }: Pair): boolean => from !== to || selfCalls === 'allowed' || countPods(from.plan) > 1;
  const pairs = clusters.flatMap((from) => clusters.map((to) => ({ from, to }))).filter(isWanted);
  const pick = (pods: readonly TrafficPod[]): TrafficPod | undefined => pods[Math.floor(random() * pods.length)];
  const draw = ({ from, to }: Pair): Turn => {
    const client = pick(readyPods(from));
    const servers = readyPods(to);
    const isAlone = selfCalls === 'allowed' && servers.length === 1;
    const server = pick(servers.filter((pod) => pod !== client || isAlone));
    return { pair: `${from.name}>${to.name}`, client: peerOf(from, client), server: peerOf(to, server) };
  };
  let hasBegun = false;
  let turn = 0;
  return () => {
    hasBegun ||= pairs.map(draw).every(({ client, server }) => client.kind === 'ready' && server.kind === 'ready');
    const pair = pairs[turn % pairs.length];
    if (!hasBegun || pair === undefined) return undefined;
    turn += 1;
    return draw(pair);
  };
}

function countPods(plan: LabClusterPlan): number {
  return workloadsOf(plan).reduce((sum, { replicas }) => sum + replicas, 0);
}

function readyPods(cluster: TrafficCluster): readonly TrafficPod[] {
  return cluster.workloadPods().filter((pod) => pod.isReady());
}

function peerOf({ name }: TrafficCluster, run: TrafficPod | undefined): Peer {
  if (run === undefined) return { kind: 'none-ready', label: name };
  const { namespace, name: pod } = run.pod.metadata;
  return { kind: 'ready', label: `${name}/${namespace}/${pod}`, address: run.address };
}
