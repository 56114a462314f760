import type { ClusterStatus } from './cluster-status.ts';
import type { Condition } from './condition.ts';
import type { MeshStatus } from './mesh-status.ts';
import type { ProofStatus } from './proofs.ts';

/** After so long without anything else mgmt says that it is there. Whoever has heard nothing for three of them hears nobody. */
export const liveHeartbeatMs = 5_000;

/** What mgmt says; docs/api-live.md says when. A client passes over a `type` that it does not know. */
export type LiveMessage = LiveSnapshot | LiveDelta | LiveEvents | LiveGap | LiveHeartbeat;

/** What every message has. */
export interface LiveStamp {
  /** When mgmt looked, or said it, RFC 3339. */
  readonly at: string;
  /** Where the client is once it has taken this message. It means nothing to anybody but mgmt; 256 characters at most. */
  readonly cursor: string;
}

/** Every mesh as it is, whole: it replaces what the client knew. */
export interface LiveSnapshot extends LiveStamp {
  readonly type: 'snapshot';
  /** Sorted by name, as in `GET /v1/meshes`. */
  readonly meshes: readonly MeshStatus[];
}

/** What has changed since where the client was. */
export interface LiveDelta extends LiveStamp {
  readonly type: 'delta';
  /** All there are now, in order, where that has changed: a mesh that is not among them is gone. */
  readonly meshNames?: readonly string[];
  readonly meshes: readonly MeshDelta[];
}

/** Members with their new values; null for one that is absent now. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | null };

/** What has changed of a mesh. */
export interface MeshDelta {
  readonly mesh: string;
  /** `set` and `clusters` are all of it: what was known of a mesh of this name is void. Absent otherwise. */
  readonly fresh?: true;
  readonly set?: Patch<Omit<MeshStatus, 'mesh' | 'clusters'>>;
  /** All there are now, in order, where that has changed: a cluster that is not among them is gone. */
  readonly clusterNames?: readonly string[];
  readonly clusters?: readonly ClusterDelta[];
}

/** What has changed of a cluster. */
export interface ClusterDelta {
  readonly name: string;
  /** As with a mesh. */
  readonly fresh?: true;
  readonly set: Patch<Omit<ClusterStatus, 'name'>>;
}

/** What has happened since where the client was, oldest first. Each event is said once, whatever connections it takes. */
export interface LiveEvents extends LiveStamp {
  readonly type: 'events';
  readonly events: readonly LiveEvent[];
}

/** Something that has happened to a mesh and that the store keeps. */
export type LiveEvent = {
  /** Unique in the store. */
  readonly id: string;
  readonly mesh: string;
} & (
  | { readonly kind: 'condition'; readonly condition: Condition }
  /** Without what its checks rest on. */
  | { readonly kind: 'proof'; readonly proof: ProofStatus }
);

/**
 * Events are lost to this client: `expired`, the store no longer keeps all that came since; `replaced`, the store is another one
 * than that which the cursor is of; `unreadable`, the cursor is none that this mgmt can read.
 */
export interface LiveGap extends LiveStamp {
  readonly type: 'gap';
  readonly why: 'expired' | 'replaced' | 'unreadable';
  /** Of which meshes, and from when on events are still to be had. */
  readonly lost: readonly { readonly mesh: string; readonly oldestKept: string }[];
}

/** mgmt is there, and nothing has changed. */
export interface LiveHeartbeat extends LiveStamp {
  readonly type: 'heartbeat';
}

/** What a client says first, once; mgmt says nothing before. Keys besides are passed over. */
export interface LiveHello {
  readonly type: 'hello';
  /** The cursor of the last message that the client has taken. Without it the stream begins with a snapshot. */
  readonly resume?: string;
  /** Whether the client that resumes has the state that the cursor is of; one that has kept the cursor alone has not. */
  readonly holds?: 'state' | 'nothing';
  /** Only this one, whether or not there is such a mesh. */
  readonly mesh?: string;
  /** Without `resume`: from now on, or all that the store keeps. `new` when left out. */
  readonly events?: 'new' | 'kept';
}
