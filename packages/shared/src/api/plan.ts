import type { Nudge, Step } from '../protocol/index.ts';
import type { Strategy, Verification } from './contract.ts';
import type { EmergencyOutlook, RotationPace } from './emergency.ts';

/** What a plan is asked for; the query of GET /v1/meshes/:mesh/plan has the same names. */
export interface PlanQuery {
  /** Defaults to the policy of the mesh's spec. */
  readonly strategy?: Strategy;
  readonly verification?: Verification;
  /** Fingerprint of a root that the mesh knows; without it the plan is for the next root, which nobody makes for a plan. */
  readonly targetRoot?: string;
  /** `usual` when left out. */
  readonly pace?: RotationPace;
  /** When the rotation is to start, RFC 3339 or a span from now such as `2h`; now when left out. */
  readonly at?: string;
  /** Clusters that mgmt hears nothing of from the start of the plan on. */
  readonly offline?: readonly string[];
  /** Until when, RFC 3339 or a span from the start of the plan; for ever when left out. */
  readonly until?: string;
  /** Clusters that an operator would exclude before the start. */
  readonly exclude?: readonly string[];
}

/** Stands in the place of a fingerprint for a root that is not made yet. */
export const unmadeRoot = 'new';

/** GET /v1/meshes/:mesh/plan: what a rotation would do, or what is left of the one under way. Nothing is changed by it. */
export interface RotationPlan {
  readonly mesh: string;
  readonly madeAt: string;
  /** `start`: of a rotation that would be started; `rest`: what is left of the one under way. */
  readonly of: 'start' | 'rest';
  /** When the plan begins. */
  readonly from: string;
  /** Absent for a rotation that is not started. */
  readonly rotationId?: string;
  readonly direction: 'forward' | 'back';
  readonly strategy: Strategy;
  readonly verification: Verification;
  readonly oldRoot: PlannedRoot;
  readonly newRoot: PlannedRoot;
  /** Clusters that count. */
  readonly members: number;
  /** In their order; of a rotation under way the present one and those after it. */
  readonly steps: readonly PlannedStep[];
  readonly ends: PlannedTime;
  /** What the times rest on, as sentences. */
  readonly basis: readonly string[];
  /** What could block it, what waits for people, what would be too much at once; the worst first. */
  readonly notices: readonly PlanNotice[];
  /** Certificates and approvals that end before the rotation does, or soon after; earliest first. */
  readonly expiries: readonly PlannedExpiry[];
  /** Clusters that are told nothing by this rotation, and why. */
  readonly bystanders: readonly PlanBystander[];
  /** Pairs of clusters that will not be able to speak to each other, when everything takes its likely time. */
  readonly breaks: readonly BrokenPairs[];
  /** Of a start in an emergency: how it goes, and what would be lost by it. */
  readonly emergency?: EmergencyOutlook;
  /** Present when clusters are taken to be offline. */
  readonly whatIf?: WhatIf;
}

/** A root of a plan. */
export interface PlannedRoot {
  /** `unmadeRoot` for one that is not made yet. */
  readonly fingerprint: string;
  /** `known` to the mesh, `offered` by its source, or `unmade`. */
  readonly origin: 'known' | 'offered' | 'unmade';
  readonly subject?: string;
  readonly notBefore?: string;
  /** Of one that is unmade: what the spec's lifetime comes to. */
  readonly notAfter?: string;
}

/** A moment, as a range. Waiting for a person's answer is not in it. All RFC 3339. */
export interface PlannedTime {
  /** Each is absent when there is no such moment: never, or nothing bounds it. With a soonest and no likely one it is not known. */
  readonly soonest?: string;
  readonly likely?: string;
  readonly latest?: string;
  /** Why there is no latest one. */
  readonly unbounded: readonly string[];
}

/** One row given to every cluster that counts. */
export interface PlannedStep {
  readonly step: Step;
  readonly progress: 'under-way' | 'to-come';
  readonly row: { readonly roots: readonly string[]; readonly signer: string };
  readonly nudge: Nudge;
  readonly begins: PlannedTime;
  /** When every cluster is proven to hold it. */
  readonly proven: PlannedTime;
  /** When the next row begins, or the rotation has finished; without the time that people take to answer. */
  readonly ends: PlannedTime;
  /** What is written where; clusters for which it is the same are one entry. */
  readonly changes: readonly PlannedChange[];
  readonly waves: readonly PlannedWave[];
  /** How often every proxy that is pushed to asks for a new certificate because of it. */
  readonly resigns: number;
  readonly intermediates: PlannedIntermediates;
  readonly restarts: PlannedRestarts;
  /** Whose answer it waits for when it is proven; absent where nobody is asked. */
  readonly answer?: string;
  /** How long both roots stay trusted everywhere before the next row, where the policy asks for it. */
  readonly overlapMs?: number;
}

/** What is written into `cacerts`, beside istiod. Roots are fingerprints, or `unmadeRoot`. */
export interface PlannedChange {
  readonly clusters: readonly string[];
  /** What it holds before: from evidence for the first row of a plan, from the row before for the others. */
  readonly before?: { readonly roots: readonly string[]; readonly signer?: string };
  readonly kept: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly signer: string;
  /** Whether the cluster's istiods sign with a new intermediate, or go on with the one they have. */
  readonly intermediate: 'new' | 'kept';
}

/** Clusters that are told a row together. */
export interface PlannedWave {
  readonly index: number;
  readonly kind: 'canaries' | 'others';
  readonly progress: 'told' | 'to-come';
  readonly clusters: readonly string[];
  readonly released: PlannedTime;
  readonly proven: PlannedTime;
  /** How long it soaks before the next wave; 0 for the last one. */
  readonly soakMs: number;
  /** Workloads that are pushed new trust, and so ask for a certificate at once, as last reported. */
  readonly pushed: number;
  /** Workloads that take new trust only with their next certificate or start. */
  readonly renewed: number;
  /** The cluster whose istiods have the most to sign at once; absent where nothing is pushed. */
  readonly burst?: SigningBurst;
}

/** Proxies of one cluster that ask for a certificate at once. */
export interface SigningBurst {
  readonly cluster: string;
  readonly requests: number;
  readonly replicas: number;
  /** What the replicas together are taken to sign in a second. */
  readonly perSecond: number;
  readonly seconds: number;
}

/** Intermediates that are signed for a step. */
export interface PlannedIntermediates {
  readonly count: number;
  /** Who signs them: mgmt by a key of its own, Vault asked by mgmt, or whom the agents ask by themselves. */
  readonly by: 'mgmt' | 'vault' | 'agents';
  /** The most that are asked for at once: those of the largest wave. */
  readonly atOnce: number;
  /** How long those take; absent where it is not known who signs how fast. */
  readonly seconds?: number;
}

/** What the policy has restarted in a step. */
export interface PlannedRestarts {
  /** istiod replicas: how many, and whether for certain. */
  readonly replicas: number;
  readonly replicasWhy: 'never' | 'when-refused' | 'always';
  /** Workloads whose owners are restarted. */
  readonly workloads: number;
  /** Clusters in which a PodDisruptionBudget of what is restarted bears no disruption now, by the last preflight or report. */
  readonly blocked: readonly string[];
  /** Clusters of which no budget is known: no preflight has asked them since mgmt started, or they did not say. */
  readonly unknown: readonly string[];
}

/** Something that whoever starts the rotation is to know first. */
export interface PlanNotice {
  /** `blocks`: the rotation waits, or is refused, until it is mended; `person`: somebody has to act; `warning`: look at it. */
  readonly severity: 'blocks' | 'warning' | 'person';
  /** Stable CamelCase code. */
  readonly reason: string;
  readonly message: string;
  readonly clusters: readonly string[];
}

/** Something that ends. */
export interface PlannedExpiry {
  readonly what: string;
  readonly at: string;
  /** Where that is on the plan: before its likely end, before its latest one, or after it but soon. */
  readonly when: 'passed' | 'before-likely-end' | 'before-latest-end' | 'soon-after';
  readonly message: string;
  readonly clusters: readonly string[];
}

/** A cluster that is not told this rotation's rows. */
export interface PlanBystander {
  readonly cluster: string;
  readonly membership: 'excluded' | 'returning';
  readonly message: string;
}

/** Pairs that break: one cluster, and those that it cannot speak to. */
export interface BrokenPairs {
  readonly cluster: string;
  readonly others: readonly string[];
  /** The step whose row breaks them. */
  readonly step: Step;
  readonly from: string;
  /** Absent when nothing on the plan mends it. */
  readonly until?: string;
  /** Which side does not trust the other's signer; a handshake fails by either. */
  readonly refuses: 'cluster' | 'others' | 'both';
  readonly message: string;
}

/** What becomes of a rotation while clusters are offline, when everything takes its likely time. */
export interface WhatIf {
  readonly offline: readonly string[];
  readonly from: string;
  /** Absent: for ever. */
  readonly until?: string;
  /** `stops` until they are back, `leaves-behind` those that are excluded, or is `unaffected`. */
  readonly outcome: 'stops' | 'leaves-behind' | 'unaffected';
  /** One sentence. */
  readonly message: string;
  /** Where the rotation stands still. */
  readonly stops?: {
    readonly step: Step;
    /** 0: no cluster has been told the step yet. */
    readonly wave: number;
    readonly at: string;
    readonly until?: string;
  };
  /** When the policy takes them out of the gates. */
  readonly excludedAt?: string;
  /** When the rotation ends; absent: never. */
  readonly ends?: string;
  readonly endsOtherwise?: string;
  readonly consequences: readonly string[];
}
