import type { ClusterEvidence, Holding, ReplicaHolding, WorkloadHolding } from '../evidence.ts';
import { isProven } from '../holds-row.ts';
import type { RequiredEvidence } from '../policy.ts';

/** Where a leaf chain or a bundle is in use: an istiod replica, or a group of workloads. */
export type LivePlace = ReplicaHolding | WorkloadHolding;

/** Why nothing is known of a place, or of a whole cluster. */
export type UnknownReason =
  | 'never-reported'
  | 'silent'
  | 'name-shared'
  | 'no-replica'
  | 'replica-not-probed'
  | 'workloads-not-listed'
  | 'workloads-not-proven'
  /** Nothing above the leaf was reported; what the place trusts is known. */
  | 'no-leaf';

/** Where something is unknown. */
export interface UnknownPlace {
  readonly why: UnknownReason;
  /** Undefined where it is the whole cluster. */
  readonly place: LivePlace | undefined;
}

/** What is known and unknown of one cluster. */
export interface Visitor {
  readonly live: (holding: Holding, place: LivePlace) => void;
  readonly unknown: (found: UnknownPlace) => void;
}

/** What of a cluster may be asked, and is asked. */
export interface Look {
  /** The last report; undefined when there is none, or when it is too old to count. */
  readonly evidence: ClusterEvidence | undefined;
  readonly presence: 'reporting' | 'silent' | 'never-seen';
  /** Below a level, what nobody asks for cannot be missing. What is known counts all the same. */
  readonly required: RequiredEvidence;
}

/** Goes through every place of a cluster that shows a leaf to peers, or verifies theirs. */
export function visitPlaces({ evidence, presence, required }: Look, { live, unknown }: Visitor): void {
  if (evidence === undefined || presence !== 'reporting') {
    unknown({ why: presence === 'silent' ? 'silent' : 'never-reported', place: undefined });
    return;
  }
  const { replicas, workloads, namesake } = evidence;
  if (namesake !== undefined) unknown({ why: 'name-shared', place: undefined });
  if (replicas.length === 0 && required !== 'written') unknown({ why: 'no-replica', place: undefined });
  for (const replica of replicas) {
    if (replica.holding !== undefined) visitHolding(replica.holding, replica, live, unknown);
    else if (required !== 'written') unknown({ why: 'replica-not-probed', place: replica });
  }
  if (workloads === undefined && required === 'held') unknown({ why: 'workloads-not-listed', place: undefined });
  for (const group of workloads ?? []) {
    if (isProven(group)) visitHolding(group.holding, group, live, required === 'held' ? unknown : ignore);
    else if (required === 'held') unknown({ why: 'workloads-not-proven', place: group });
  }
}

/** Every root that the leaf chain of a place verifies under; empty when it verifies under none that anybody knows. */
export function anchorsOf({ anchors, signerRoot, foreignRoot }: Holding): readonly string[] {
  if (anchors !== undefined) return anchors;
  const root = signerRoot ?? foreignRoot;
  return root === undefined ? [] : [root];
}

/** Whether a place shows a leaf whose issuer is known: without a chain, only a root that signs by itself tells. */
export function hasLeaf(holding: Holding): boolean {
  return holding.signer !== undefined || anchorsOf(holding).length > 0;
}

function visitHolding(holding: Holding, place: LivePlace, live: Visitor['live'], unknown: Visitor['unknown']): void {
  live(holding, place);
  if (!hasLeaf(holding)) unknown({ why: 'no-leaf', place });
}

function ignore(): void {
  // What is missing there is not asked for.
}
