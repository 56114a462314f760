import type { Step } from '../protocol/index.ts';
import type { Laggard, Verdict } from './contract.ts';

/** Whether every live leaf of one cluster is accepted by every live bundle of another. */
export type TrustState = 'green' | 'red' | 'unknown';

/** How many ordered pairs of members there are of each state; a cluster with itself is one. */
export type TrustCounts = Readonly<Record<TrustState, number>>;

/** GET /v1/meshes/:mesh/matrix */
export interface TrustMatrix {
  readonly mesh: string;
  readonly takenAt: string;
  /** Whether it holds a rotation up where it is not green. */
  readonly gate: 'asked' | 'given-up';
  /** Of members alone. */
  readonly counts: TrustCounts;
  /** The largest first. */
  readonly classes: readonly TrustClassStatus[];
  /**
   * One text for each class that shows leaves, one letter in it for each class that verifies them: g, r or u. Left out with more
   * than 1,000 classes.
   */
  readonly cells?: readonly string[];
  /** What keeps it from being green, the first ones explained; absent where nothing does. */
  readonly refusals?: Verdict;
  /** What it will be while the next row is put in force; absent where none is to come. */
  readonly next?: ProjectedMatrix;
}

/** Clusters that no peer can tell apart. */
export interface TrustClassStatus {
  /** Members, by name. */
  readonly clusters: readonly string[];
  /** Clusters that do not count, excluded ones or returning. */
  readonly others: readonly string[];
  /** Of each live leaf chain, the roots that it verifies under; none for a chain under no root. */
  readonly leaves: readonly (readonly string[])[];
  /** The roots of each live bundle. */
  readonly bundles: readonly (readonly string[])[];
  readonly leavesKnown: 'all' | 'not-all';
  readonly bundlesKnown: 'all' | 'not-all';
}

/** The matrix while a row is put in force, given what is known today. */
export interface ProjectedMatrix {
  readonly step: Step;
  readonly roots: readonly string[];
  readonly signer: string;
  readonly counts: TrustCounts;
  /** As those of the matrix, by the same classes. */
  readonly cells?: readonly string[];
  /** Places that would lose somebody, the first ones. */
  readonly losses: readonly Laggard[];
  readonly lossCount: number;
}

/** GET /v1/meshes/:mesh/matrix/:from/:to */
export interface TrustPair {
  readonly mesh: string;
  /** The cluster that shows its leaves. */
  readonly from: string;
  /** The one that verifies them. */
  readonly to: string;
  readonly state: TrustState;
  /** Stable CamelCase code. */
  readonly reason: string;
  readonly message: string;
  /** The chain that is refused, or an example of one that is accepted; absent where none is known. */
  readonly leaf?: TrustLeaf;
  readonly bundle?: TrustBundle;
  /** What is not known, as sentences. */
  readonly unknown: readonly string[];
}

/** A live leaf chain. */
export interface TrustLeaf {
  /** Fingerprint of the certificate that signs; absent where a root signs by itself. */
  readonly signer?: string;
  /** The roots that it verifies under. */
  readonly roots: readonly string[];
  /** Where it is shown. */
  readonly places: readonly string[];
}

/** A live bundle. */
export interface TrustBundle {
  /** SHA-256 of its exact bytes. */
  readonly sha256: string;
  readonly roots: readonly string[];
  readonly places: readonly string[];
}
