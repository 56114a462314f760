import type { CheckOutcome, Laggard, ProofOutcome, State } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';

/**
 * How many proofs each mesh keeps of either cause: a rotation makes some dozens at the most. What people ask for pushes nothing
 * aside that the history of a rotation names.
 */
export const keptProofs = 200;

/** What a verification has found at one moment of a mesh, with what it rests on. */
export interface Proof extends ProofSummary {
  readonly checks: readonly ProvenCheck[];
}

/** The same without what it rests on, for lists. */
export interface ProofSummary {
  /** Unique in its mesh. */
  readonly id: string;
  /** `rotation`: made to let a step pass; `operator`: somebody asked for it, and nothing follows from it. */
  readonly cause: 'rotation' | 'operator';
  readonly by: string;
  /** Undefined outside of a rotation. */
  readonly rotationId: string | undefined;
  readonly state: State;
  readonly step: Step;
  readonly generation: number;
  readonly startedAtMs: number;
  readonly atMs: number;
  readonly outcome: ProofOutcome;
  /** A sentence for people. */
  readonly message: string;
  readonly checks: readonly CheckSummary[];
}

/** One check, and what has come of it. */
export interface CheckSummary {
  readonly name: string;
  readonly outcome: CheckOutcome;
  readonly message: string;
  readonly laggards: readonly Laggard[];
}

/** The same with what it rests on: JSON of any form, which only people read. */
export interface ProvenCheck extends CheckSummary {
  readonly evidence: Evidence;
}

/** JSON. */
export type Evidence = Readonly<Record<string, unknown>>;

/** Drops what a proof rests on. */
export function summaryOf(proof: Proof): ProofSummary {
  return { ...proof, checks: proof.checks.map(({ name, outcome, message, laggards }) => ({ name, outcome, message, laggards })) };
}
