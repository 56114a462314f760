import type { AutomaticPolicy, PathProbe } from '../rotation/index.ts';
import type { Evidence } from '../store/index.ts';
import type { Subject } from './subject.ts';

/** A handshake that is to be made, and what shall come of it. */
export interface PlannedHandshake {
  /** The same for the same handshake, whenever it is planned. */
  readonly id: string;
  readonly client: string;
  readonly server: string;
  /** `refused`: one end presents a leaf that the other one must not trust. */
  readonly expects: 'accepted' | 'refused';
}

/** What has come of one. */
export interface HandshakeOutcome {
  readonly id: string;
  readonly client: string;
  readonly server: string;
  /**
   * `accepted`: each end trusts the other. `refused`: one end does not. `unavailable`: it could not be brought to an end, which
   * says nothing of trust. `impossible`: it can never be.
   */
  readonly outcome: 'accepted' | 'refused' | 'unavailable' | 'impossible';
  /** Who refused or could not be had; the client where neither is to blame more. */
  readonly laggard: string;
  readonly message: string;
  readonly evidence: Evidence;
}

/** How it is proven that old roots are no longer trusted, or why it cannot be; `left` says why of those that it cannot be of. */
export type NegativePlan =
  | { readonly kind: 'planned'; readonly handshakes: readonly PlannedHandshake[]; readonly left: readonly string[] }
  | { readonly kind: 'impossible'; readonly why: string };

/** Which handshakes must be accepted. */
export interface PositivePlan {
  readonly handshakes: readonly PlannedHandshake[];
  /** Why they are fewer than the policy asks for, as a sentence; undefined where they are not. */
  readonly fewer: string | undefined;
}

/** Has the agents of a mesh shake hands with one another. */
export interface HandshakeConductor {
  /** Handshakes that must be accepted: some for each class of clusters, or every cluster with every other. */
  planPositive(subject: Subject, coverage: Exclude<AutomaticPolicy['handshakes'], 'off'>): PositivePlan;
  /** Handshakes with a leaf of the old root, which every cluster must refuse; beside each a control with a good one is made. */
  planNegative(subject: Subject): NegativePlan;
  /** Handshakes through real addresses. */
  planPaths(subject: Subject, probes: readonly PathProbe[]): readonly PlannedHandshake[];
  /**
   * Makes them, as many at a time as it sees fit.
   * @param handshakes that it has planned itself
   * @throws the signal's reason
   */
  conduct(
    subject: Subject,
    handshakes: readonly PlannedHandshake[],
    options: { readonly signal: AbortSignal; readonly onOutcome: (outcome: HandshakeOutcome) => void },
  ): Promise<void>;
}
