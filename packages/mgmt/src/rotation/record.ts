import type { RootPhase, State, Strategy, Verification } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';
import type { Act } from './act.ts';
import type { DriftKind } from './drift-kind.ts';
import type { Emergency } from './emergency/emergency.ts';
import type { ApprovalPolicy } from './policy.ts';
import type { TrustRow } from './row.ts';

/** All that mgmt knows of one mesh's rotation; everything that clusters are told derives from it alone. */
export interface RotationRecord {
  readonly mesh: string;
  /**
   * Generation of the row in force. It grows with each change of the row and with each answer of an operator; agents
   * refuse a lower one.
   */
  readonly generation: number;
  /** The highest generation that was ever given to any cluster. */
  readonly lastGeneration: number;
  readonly state: State;
  /** The row of the table in force. */
  readonly step: Step;
  /** Which way the rotation goes. */
  readonly direction: 'forward' | 'back';
  /** Whether the row was entered from the one before it in the table, or from the one after it. */
  readonly enteredFrom: 'below' | 'above';
  /** What the clusters hold that no wave of the step has reached yet. */
  readonly base: { readonly step: Step; readonly generation: number };
  readonly wave: Wave;
  /** When every cluster was proven to hold the row in force; undefined while that is not so. */
  readonly provenAtMs: number | undefined;
  /** The last answer of an operator; undefined outside of a rotation and before the first. */
  readonly answer: Answered | undefined;
  /** The rotation under way, or the last one while it is still shown. */
  readonly rotation: Rotation | undefined;
  /** Every root that a row may name, oldest first, and those that are gone while their keys are still to be destroyed. */
  readonly roots: readonly RootGeneration[];
  /** Fingerprint of the root in force outside of a rotation. */
  readonly currentRoot: string;
  /**
   * Generations of members that were told their row under a higher one than the others, because they were brought to it
   * one by one.
   */
  readonly ahead: Readonly<Record<string, number>>;
  /** The clusters that are not simply told the row in force, by name. */
  readonly deviations: Readonly<Record<string, Deviation>>;
  readonly enteredAtMs: number;
  /**
   * Since when the record was put back from elsewhere, and may be older than the mesh: nobody is told anything. Absent once that is known not
   * to be so.
   */
  readonly restored?: { readonly atMs: number };
}

/** How far the row in force has been given to the clusters; `wave.ts` has their order. */
export interface Wave {
  /** 0 before the first wave. */
  readonly index: number;
  /** Place in the order of the last cluster that was told. */
  readonly through: string;
  readonly releasedAtMs: number;
  /**
   * Since when everybody is proven to hold what they were told: for the soak of a wave, and for the minimum overlap
   * before the next row. Of a rollback that waits, since when the row that it leaves was proven.
   */
  readonly provenAtMs: number | undefined;
}

/** An answer that was taken. */
export interface Answered {
  /** The generation that it named. */
  readonly generation: number;
  readonly by: string;
  readonly atMs: number;
}

/** One change of root. */
export interface Rotation {
  readonly id: string;
  readonly strategy: Strategy;
  readonly verification: Verification;
  readonly approvals: ApprovalPolicy['by'];
  /** Kept from the start: a change of the spec must not reorder the waves of a step. */
  readonly canaries: readonly string[];
  /** Fingerprint of the root that is to go. */
  readonly old: string;
  /** Fingerprint of the root that is to come. */
  readonly target: string;
  /**
   * What clusters held before that come from elsewhere; members without an entry held the root that is to go, alone. Absent
   * where nobody comes from elsewhere.
   */
  readonly origins?: Readonly<Record<string, Origin>>;
  /** Fingerprints of all further roots that are to go: those that any origin trusts. Kept, for clusters may leave. */
  readonly alsoOld?: readonly string[];
  readonly startedBy: string;
  readonly startedAtMs: number;
  /** Present in an emergency: `effectivePolicyOf` says what counts then. */
  readonly emergency?: Emergency;
  /** The state in which the rotation failed; `retry` returns to it. */
  readonly failedIn: State | undefined;
  /** Why it failed, as a sentence. */
  readonly failedBecause: string | undefined;
}

/** What an adopted cluster held before: its part of the row before the first. */
export interface Origin {
  /** Fingerprints, in the order of the bundle. */
  readonly roots: readonly string[];
  /** Fingerprint of the one of `roots` that signs. */
  readonly signer: string;
}

/** One root certificate, by fingerprint (lower-case hex SHA-256 of its DER). */
export interface RootGeneration {
  readonly fingerprint: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly phase: RootPhase;
  /** When the phase began. */
  readonly phaseAtMs: number;
  /** `foreign`: it came with an adopted cluster, and nobody here has its key. Absent for the roots of the mesh itself. */
  readonly source?: 'foreign';
}

/** A cluster that is not simply told the row in force. Gates do not wait for it; `bridge.ts` has its way back. */
export interface Deviation {
  /**
   * `excluded` keeps what it holds. `returning` is brought, one compatible row after the other, to where the others
   * are, and counts again once it is proven to be there.
   */
  readonly kind: 'excluded' | 'returning';
  /** How it came to deviate: an operator's act, the policy on silence, or it joined later than the others. */
  readonly cause: 'operator' | 'silence' | 'joined';
  readonly by: string;
  readonly why: string;
  readonly sinceMs: number;
  /** What it was told last; undefined while it is told nothing. */
  readonly told: { readonly row: TrustRow; readonly generation: number } | undefined;
}

/** A dated entry of the history. */
export interface RotationCondition {
  readonly atMs: number;
  readonly state: State;
  readonly step: Step;
  readonly rotationId: string | undefined;
  readonly generation: number;
  readonly message: string;
  readonly errors: readonly string[];
  /** What was done: made again from the record before, it gives the record after. Undefined where the record stayed. */
  readonly act: Act | undefined;
  /** What clusters have begun, or ceased, to hold that they should not, while no rotation is under way. */
  readonly drift?: DriftMark | undefined;
}

/** Drift that has begun and drift that is over, as it stands in the history. */
export interface DriftMark {
  readonly begun: readonly MarkedDrift[];
  readonly ended: readonly MarkedDrift[];
}

interface MarkedDrift {
  readonly cluster: string;
  readonly kind: DriftKind;
  readonly place: string;
}

/** A change of the record and the entry of the history that goes with it. */
export interface Transition {
  readonly record: RotationRecord;
  readonly condition: RotationCondition;
}
