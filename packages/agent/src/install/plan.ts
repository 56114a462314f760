import type { Problem } from '@reroot/shared/protocol';
import type { CaSecret } from '../cluster/cluster.ts';
import type { Desired } from '../trust/desired.ts';
import type { History } from './history.ts';
import type { Proof } from './proof.ts';

/** The one thing to do next about the cacerts Secret and the replicas that load it. */
export type InstallPlan =
  /** `againAtMs`: when time alone may change the plan. */
  | { readonly kind: 'none'; readonly againAtMs?: number }
  | { readonly kind: 'write'; readonly bundle: string; readonly needIntermediate: boolean }
  | { readonly kind: 'nudge'; readonly bundle: string }
  | { readonly kind: 'refuse'; readonly problem: Problem }
  | { readonly kind: 'restart'; readonly replica: string };

/** Everything that planning depends on. */
export interface InstallFacts {
  /** The Secret as read; undefined when there is none. */
  readonly secret: CaSecret | undefined;
  readonly desired: Desired;
  /** Evidence about `secret`; undefined before it was collected, and then nothing that needs it is planned. */
  readonly proof: Proof | undefined;
  readonly history: History;
  readonly nowMs: number;
  readonly timings: InstallTimings;
}

/** Waits that planning observes. */
export interface InstallTimings {
  /** From every replica being proven until a nudge for workloads that lag behind. */
  readonly renudgeAfterMs: number;
  /** From the write until a replica that has not loaded is taken to have refused. */
  readonly refusedAfterMs: number;
}
