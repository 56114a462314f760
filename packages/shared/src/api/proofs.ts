import type { Step } from '../protocol/index.ts';
import type { Laggard, State } from './contract.ts';

/**
 * What a verification has come to: `unproven` means that something could not be looked at, which lets no step pass either.
 */
export type ProofOutcome = 'passed' | 'failed' | 'unproven';

/**
 * What one check has come to. `unavailable`: it could not be made, and may be later; `impossible`: it can never be made here,
 * and nothing asks for it; `skipped`: not asked for at this moment.
 */
export type CheckOutcome = 'passed' | 'failed' | 'unavailable' | 'impossible' | 'skipped';

/** One verification of a mesh; GET /v1/meshes/:mesh/proofs gives them, the newest first. */
export interface ProofStatus {
  readonly id: string;
  /** `running` while it is being made. */
  readonly outcome: ProofOutcome | 'running';
  /** A sentence for people. */
  readonly message: string;
  /** `rotation`: made to let a step pass; `operator`: somebody asked for it, and nothing follows from it. */
  readonly cause: 'rotation' | 'operator';
  readonly by: string;
  /** Absent outside of a rotation. */
  readonly rotationId?: string;
  readonly state: State;
  readonly step: Step;
  readonly generation: number;
  readonly startedAt: string;
  /** Absent while it is being made. */
  readonly finishedAt?: string;
  readonly checks: readonly CheckStatus[];
}

/** One check of a verification. */
export interface CheckStatus {
  readonly name: string;
  readonly outcome: CheckOutcome;
  readonly message: string;
  readonly laggards: readonly Laggard[];
  /** What the outcome rests on, as JSON of any form; in GET /v1/meshes/:mesh/proofs/:id alone. */
  readonly evidence?: Readonly<Record<string, unknown>>;
}

/** POST /v1/meshes/:mesh/proofs; answered with ProofStatus and 202. It changes nothing. */
export interface ProveRequest {
  /** Who asks; as `by` of StartRotationRequest. */
  readonly by: string;
  /** Names of the checks to make; all of them when left out. */
  readonly checks?: readonly string[];
}

/** How far the automatic verification of the present step is; part of MeshStatus. */
export interface VerificationStatus {
  readonly finding: 'running' | 'passed' | 'failed';
  readonly message: string;
  readonly startedAt: string;
  /** Id of the proof; absent while it is being made. */
  readonly proof?: string;
}
