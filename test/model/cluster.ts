import type { AcceptedRow } from '@reroot/agent';
import type { ClusterEvidence } from '@reroot/mgmt/rotation';
import { createInterner, type Interner } from './interner.ts';
import type { Parts } from './parts.ts';
import { everyRoot } from './roots.ts';

/** One cluster, and what is under way to it and from it. Numbers are those of `Parts`; 0 stands for nothing. */
export interface ClusterState {
  /**
   * Every desired trust that was ever published for the cluster and that its agent could still listen to. Any of them
   * may come at any moment, once, often or never.
   */
  readonly net: readonly number[];
  readonly secret: number;
  /** The files of the Secret before its row first changed, where a report of them may still be under way. */
  readonly former: number;
  /** What each istiod replica has loaded. */
  readonly replicas: readonly number[];
  readonly workloads: readonly Workload[];
  /** What each leader of mgmt has heard of the cluster, as far as it counts. */
  readonly heard: readonly number[];
}

/** In place of `former` once an old report has come: without that bound mgmt could be misled for ever. */
export const noMoreReports = -1;

/** The sidecar of a workload. What it trusts is the union of what was pushed and what came with its certificate. */
export interface Workload {
  /** The bundle that its replica pushed last, exact bytes. */
  readonly pushed: number;
  /** The roots that came with its last certificate, as bits. */
  readonly came: number;
  /** The root above its leaf, as a bit. */
  readonly leaf: number;
  /** `asking` from the moment when a pushed bundle had other bytes until a replica has signed. */
  readonly asks: 'asking' | 'not';
}

/** What leaves and bundles of a cluster's workloads are, all taken together, as bits. */
export interface Face {
  /** Roots that some leaf hangs from. */
  readonly leaves: number;
  /** Roots that every workload trusts. */
  readonly trusted: number;
}

/** The states of single clusters, and what was reported of them, each under a number of its own. */
export interface Clusters {
  readonly states: Interner<ClusterState>;
  readonly evidence: Interner<ClusterEvidence>;
  /** The number of a state; replicas and workloads are put in order, for it does not matter which of them is which. */
  idOf(state: ClusterState): number;
}

/** Starts with nothing known. */
export function createClusters(): Clusters {
  const states = createInterner<ClusterState>();
  const idOf = (state: ClusterState): number => {
    const net = [...new Set(state.net)].toSorted((a, b) => a - b);
    const replicas = state.replicas.toSorted((a, b) => a - b);
    const workloads = state.workloads.toSorted((a, b) => (workloadKey(a) < workloadKey(b) ? -1 : 1));
    const key = [net, state.secret, state.former, replicas, workloads.map(workloadKey), state.heard].join(';');
    return states.idOf(key, () => ({ ...state, net, replicas, workloads }));
  };
  return { states, evidence: createInterner<ClusterEvidence>(), idOf };
}

/** What a workload trusts, as bits. */
export function trustOf({ pushed, came }: Workload, parts: Parts): number {
  return (pushed === 0 ? 0 : parts.bundles.at(pushed).trusts) | came;
}

/** What the workloads of a cluster show to each other and to those of other clusters. */
export function faceOf({ workloads }: ClusterState, parts: Parts): Face {
  const live = workloads.filter(({ leaf }) => leaf !== 0);
  return {
    leaves: live.reduce((bits, { leaf }) => bits | leaf, 0),
    trusted: live.reduce((bits, workload) => bits & trustOf(workload, parts), everyRoot),
  };
}

/** What the agent has noted on the Secret about what it accepted last. */
export function acceptedBy({ secret }: ClusterState, parts: Parts): AcceptedRow | undefined {
  return secret === 0 ? undefined : parts.secrets.at(secret).annotations.accepted;
}

function workloadKey({ pushed, came, leaf, asks }: Workload): string {
  return `${pushed}.${came}.${leaf}.${asks === 'asking' ? 1 : 0}`;
}
