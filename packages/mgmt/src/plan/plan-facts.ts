import type { Alarm, RootOffer, RotationPace, Strategy, Verdict, Verification } from '@reroot/shared/api';
import type { InspectedBudget } from '@reroot/shared/protocol';
import type { KeptRoot } from '../authorities/index.ts';
import type { MeshSpec } from '../mesh/index.ts';
import type { Policy, RotationCondition, RotationRecord, Snapshot } from '../rotation/index.ts';

/** Everything that is known of a mesh when a plan is made. */
export interface PlanFacts {
  readonly record: RotationRecord;
  readonly spec: MeshSpec;
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  /** What the mesh waits for now. */
  readonly verdict: Verdict;
  readonly alarms: readonly Alarm[];
  /** Every root that the mesh ever named, by fingerprint. */
  readonly roots: ReadonlyMap<string, KeptRoot>;
  /** What the source of its roots offers. */
  readonly offer: RootOffer | undefined;
  /** PodDisruptionBudgets as the last preflight saw them, by cluster; of one that is not there none is known. */
  readonly budgets: ReadonlyMap<string, readonly InspectedBudget[]>;
  /** Oldest first. */
  readonly history: readonly RotationCondition[];
  readonly nowMs: number;
}

/** What a plan is asked for. */
export interface PlanAsk {
  readonly strategy?: Strategy | undefined;
  readonly verification?: Verification | undefined;
  /** Fingerprint of a root that the mesh knows. */
  readonly targetRoot?: string | undefined;
  readonly pace?: RotationPace | undefined;
  /** When the rotation is to start; undefined for now. */
  readonly atMs?: number | undefined;
  readonly offline: readonly string[];
  /** Until when they are; undefined for ever. */
  readonly untilMs?: number | undefined;
  readonly exclude: readonly string[];
}
