import type { Problem } from '@reroot/shared/protocol';
import type { CaFiles, CaSecret } from '../cluster/cluster.ts';
import type { Desired } from '../trust/desired.ts';
import type { History } from './history.ts';
import type { Proof } from './proof.ts';

/** The one thing to do next about the cacerts Secret and the replicas that load it. */
export type InstallPlan =
  /** `againAtMs`: when time alone may change the plan. */
  | { readonly kind: 'none'; readonly againAtMs?: number }
  | {
      readonly kind: 'write';
      readonly bundle: string;
      readonly needIntermediate: boolean;
      /** What signed before, and is to sign again. */
      readonly restored?: CaFiles;
    }
  | { readonly kind: 'nudge'; readonly bundle: string }
  /**
   * Writes, or takes back, the moment since when every replica has been proven to hold the files; `bundle` stays as it is.
   */
  | { readonly kind: 'mark'; readonly bundle: string; readonly provenAtMs: number | undefined }
  /** Has the volumes of the replicas follow the Secret once more. */
  | { readonly kind: 'refresh' }
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
  readonly adoption: Adoption;
  /** What signed in the cluster before; read only where a signer is to be kept that does not stand any more. */
  readonly former?: readonly CaFiles[];
}

/** The facts once the Secret holds what is desired and evidence about it was collected. */
export interface FollowUpFacts extends InstallFacts {
  readonly secret: CaSecret;
  readonly proof: Proof;
}

/** Whether a CA that reroot did not install may be taken over: `allowed` lifts the rule of ownership and no other. */
export type Adoption = (typeof adoptions)[number];

export const adoptions = ['never', 'allowed'] as const;

/** Waits that planning observes. */
export interface InstallTimings {
  /** From every replica being proven until a nudge for workloads that lag behind. */
  readonly renudgeAfterMs: number;
  /** From the write until a replica that has not loaded is taken to have refused. */
  readonly refusedAfterMs: number;
}
