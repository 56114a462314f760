import type { Step } from '@reroot/shared/protocol';

/** What can be asked for by `--faults`. */
export const faultKinds = [
  'kill',
  'kill-at-write',
  'pause',
  'broker-loss',
  'broker-partition',
  'network',
  'packets',
  'cluster-way',
  'store-way',
  'disk-full',
  'fsync-error',
  'clock-jump',
  'late-replica',
  'restart',
  'upgrade',
  'gate',
  'membership',
  'act',
  'broker-pause',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What comes up when nothing is asked for. One kind more would make another plan of every seed, and what broke by one could not be made again. */
export const usualFaultKinds: readonly FaultKind[] = faultKinds.filter((kind) => kind !== 'broker-pause');

/** The clusters of every fleet, which are the names of their agents too. */
export const clusterNames = ['cluster-1', 'cluster-2', 'cluster-3'] as const;
export type ClusterName = (typeof clusterNames)[number];
/** Every mgmt that there may be; the second one stands in where the store has room for it. */
export const mgmtNames = ['mgmt', 'mgmt-2'] as const;
export type MgmtName = (typeof mgmtNames)[number];
/** Whoever speaks to the broker. */
export type Client = MgmtName | ClusterName;
export const clients: readonly Client[] = [...mgmtNames, ...clusterNames];

/** `alone`: one mgmt, with its store in a file. `replicated`: two of them, on a store behind an API of Kubernetes, and one leads. */
export const installations = ['alone', 'replicated'] as const;
export type Installation = (typeof installations)[number];
/** Which mgmts an installation has. */
export const mgmtsOf: Readonly<Record<Installation, readonly MgmtName[]>> = { alone: ['mgmt'], replicated: mgmtNames };
/** The servers of the broker. */
export const brokerNodes = [0, 1, 2] as const;
export type BrokerNode = (typeof brokerNodes)[number];
export const replicaNames = ['istiod-0', 'istiod-1'] as const;
export type ReplicaName = (typeof replicaNames)[number];

/** What bytes on the way to the broker suffer. `loss` is what TCP makes of it: some come late, and what follows waits. */
export const networkTroubles = ['delay', 'loss', 'stall', 'cut', 'drop'] as const;
export type NetworkTrouble = (typeof networkTroubles)[number];

/**
 * What packets suffer one by one, between an agent in a network of its own and the broker. `narrow`: they queue before a way that is too
 * narrow, and what finds no room there is lost. `deaf`, `mute`: none reach the agent, none leave it. `dark`: both.
 */
export const packetTroubles = ['loss', 'narrow', 'deaf', 'mute', 'dark'] as const;
export type PacketTrouble = (typeof packetTroubles)[number];

/** How far a write has come: it never leaves, the half of it arrives, or nobody hears that it was done. */
export const writeMoments = ['unsent', 'half', 'unanswered'] as const;
export type WriteMoment = (typeof writeMoments)[number];

/** What a system that is asked whether a step may pass says, when it does not say yes. */
export const gateAnswers = ['fail', 'silent', 'broken'] as const;
export type GateAnswer = (typeof gateAnswers)[number];

/** What an operator does. `repeat` sends one act twice with one key, and once more with another; `stale` answers a moment that is over. */
export const operatorActs = ['start', 'continue', 'roll-back', 'retry', 'abort', 'repeat', 'stale'] as const;
export type OperatorAct = (typeof operatorActs)[number];

/** One thing that goes wrong, or that somebody does. */
export type Fault =
  /** SIGKILL, and started again. Clusters live in their process and cannot come back: they are never killed. */
  | { readonly kind: 'kill'; readonly part: Client; readonly forMs: number }
  /** Lies in wait for so long; an agent that writes its Secret meanwhile is killed in the middle of it, and stays away until then. */
  | { readonly kind: 'kill-at-write'; readonly cluster: ClusterName; readonly moment: WriteMoment; readonly forMs: number }
  /** SIGSTOP, and SIGCONT. */
  | { readonly kind: 'pause'; readonly part: Client | 'clusters'; readonly forMs: number }
  | { readonly kind: 'broker-loss'; readonly nodes: readonly BrokerNode[]; readonly forMs: number }
  /** SIGSTOP, and SIGCONT, of one server of three: whoever is connected to it stays so. */
  | { readonly kind: 'broker-pause'; readonly node: BrokerNode; readonly forMs: number }
  /** One server of three hears nothing of the others; whoever is connected to it stays so. */
  | { readonly kind: 'broker-partition'; readonly node: BrokerNode; readonly forMs: number }
  | { readonly kind: 'network'; readonly client: Client; readonly trouble: NetworkTrouble; readonly forMs: number }
  | { readonly kind: 'packets'; readonly cluster: ClusterName; readonly trouble: PacketTrouble; readonly forMs: number }
  /** The way of an agent to the API server of its cluster. */
  | { readonly kind: 'cluster-way'; readonly cluster: ClusterName; readonly trouble: NetworkTrouble; readonly forMs: number }
  /** The way of one of several mgmts to the API server that has the store and the lease. */
  | { readonly kind: 'store-way'; readonly mgmt: MgmtName; readonly trouble: NetworkTrouble; readonly forMs: number }
  | { readonly kind: 'disk-full'; readonly forMs: number }
  | { readonly kind: 'fsync-error'; readonly forMs: number }
  | { readonly kind: 'clock-jump'; readonly part: Client; readonly byMs: number; readonly forMs: number }
  | { readonly kind: 'late-replica'; readonly cluster: ClusterName; readonly replica: ReplicaName; readonly forMs: number }
  /** The pod of an istiod, or of a workload, is made anew. */
  | { readonly kind: 'restart'; readonly cluster: ClusterName; readonly pod: ReplicaName | 'web-0' | 'web-3' }
  /** The agent has been of the release before since the beginning of the run; now it is of this one. */
  | { readonly kind: 'upgrade'; readonly cluster: ClusterName }
  /** Automatic verification asks another system, which does not say yes for so long. */
  | { readonly kind: 'gate'; readonly answer: GateAnswer; readonly forMs: number }
  /** An operator excludes a cluster, and includes it after so long. */
  | { readonly kind: 'membership'; readonly cluster: ClusterName; readonly forMs: number }
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
