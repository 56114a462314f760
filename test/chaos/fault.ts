import type { Step } from '@reroot/shared/protocol';

/** What can be asked for by `--faults`. */
export const faultKinds = [
  'kill',
  'pause',
  'broker-loss',
  'broker-partition',
  'network',
  'disk-full',
  'fsync-error',
  'clock-jump',
  'late-replica',
  'restart',
  'upgrade',
  'act',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** The clusters of every fleet, which are the names of their agents too. */
export const clusterNames = ['cluster-1', 'cluster-2', 'cluster-3'] as const;
export type ClusterName = (typeof clusterNames)[number];
/** Whoever speaks to the broker. */
export type Client = 'mgmt' | ClusterName;
export const clients: readonly Client[] = ['mgmt', ...clusterNames];
/** The servers of the broker. */
export const brokerNodes = [0, 1, 2] as const;
export type BrokerNode = (typeof brokerNodes)[number];
export const replicaNames = ['istiod-0', 'istiod-1'] as const;
export type ReplicaName = (typeof replicaNames)[number];

/** What bytes on the way to the broker suffer. `loss` is what TCP makes of it: some come late, and what follows waits. */
export const networkTroubles = ['delay', 'loss', 'stall', 'cut', 'drop'] as const;
export type NetworkTrouble = (typeof networkTroubles)[number];

/** What an operator does. `repeat` sends one act twice with one key, and once more with another; `stale` answers a moment that is over. */
export const operatorActs = ['start', 'continue', 'roll-back', 'retry', 'abort', 'repeat', 'stale'] as const;
export type OperatorAct = (typeof operatorActs)[number];

/** One thing that goes wrong, or that somebody does. */
export type Fault =
  /** SIGKILL, and started again. Clusters live in their process and cannot come back: they are never killed. */
  | { readonly kind: 'kill'; readonly part: Client; readonly forMs: number }
  /** SIGSTOP, and SIGCONT. */
  | { readonly kind: 'pause'; readonly part: Client | 'clusters'; readonly forMs: number }
  | { readonly kind: 'broker-loss'; readonly nodes: readonly BrokerNode[]; readonly forMs: number }
  /** One server of three hears nothing of the others; whoever is connected to it stays so. */
  | { readonly kind: 'broker-partition'; readonly node: BrokerNode; readonly forMs: number }
  | { readonly kind: 'network'; readonly client: Client; readonly trouble: NetworkTrouble; readonly forMs: number }
  | { readonly kind: 'disk-full'; readonly forMs: number }
  | { readonly kind: 'fsync-error'; readonly forMs: number }
  | { readonly kind: 'clock-jump'; readonly part: Client; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'late-replica'; readonly cluster: ClusterName; readonly replica: ReplicaName; readonly forMs: number }
  /** The pod of an istiod, or of a workload, is made anew. */
  | { readonly kind: 'restart'; readonly cluster: ClusterName; readonly pod: ReplicaName | 'web-0' | 'web-3' }
  /** The agent has been of the release before since the beginning of the run; now it is of this one. */
  | { readonly kind: 'upgrade'; readonly cluster: ClusterName }
  | { readonly kind: 'act'; readonly act: OperatorAct; readonly via: 'api' | 'cli' };

/** A moment of a rotation: a fault comes so long after the first one that this was seen. */
export type Phase = 'START' | Exclude<Step, 'PREVIOUS_CA'> | 'ROLLING_BACK';
export const phases: readonly Phase[] = [
  'START',
  'ADDING_NEW_ROOT',
  'PROPAGATING_NEW_INTERMEDIATE',
  'DELETING_OLD_ROOT',
  'ROLLING_BACK',
];

/** How long a fault lasts; 0 for what is over at once. */
export function durationOf(fault: Fault): number {
  return 'forMs' in fault ? fault.forMs : 0;
}
