import type { Strategy, Verification } from './contract.ts';

/** Whether a rotation goes as the policy of its mesh says, or in an emergency. */
export type RotationPace = 'usual' | 'emergency';

/** What is asked for beyond a usual start: a rotation in an emergency. */
export interface EmergencyRequest {
  /** Why; a sentence that the approver reads and the history keeps. */
  readonly reason: string;
  /** Clusters that the rotation does not wait for while they are silent. */
  readonly excludeSilent?: readonly string[];
}

/** Something that a rotation in an emergency gives up, or risks. */
export interface EmergencyLoss {
  /** Stable CamelCase code; docs/emergency.md lists them. */
  readonly reason: string;
  /** A sentence for people, with what it is in this mesh. */
  readonly message: string;
}

/** POST /v1/meshes/:mesh/emergency: asks what a rotation in an emergency would give up. It starts nothing. */
export interface EmergencyQuestion {
  readonly strategy?: Strategy;
  readonly verification?: Verification;
  readonly excludeSilent?: readonly string[];
}

/** The answer: what would be lost, and how the rotation would go. */
export interface EmergencyOutlook {
  readonly losses: readonly EmergencyLoss[];
  readonly policy: EmergencyPace;
}

/** How a rotation in an emergency goes: what counts in the place of the mesh's policy. */
export interface EmergencyPace {
  readonly strategy: Strategy;
  readonly verification: Verification;
  readonly requiredEvidence: 'written' | 'loaded' | 'published' | 'held';
  /** Whether agents restart istiod replicas. */
  readonly restarts: 'never' | 'when-refused' | 'always';
  readonly workloadRestarts: 'never' | 'when-needed';
}

/** The emergency of the rotation under way or the last one. */
export interface EmergencyStatus extends EmergencyOutlook {
  readonly reason: string;
  readonly excludeSilent: readonly string[];
  /** Who let it begin; absent while it waits for another person, and nobody has been told. */
  readonly approval?: { readonly by: string; readonly at: string; readonly why: string };
}

/**
 * GET /v1/meshes/:mesh/crl: a signed list (RFC 5280 §5) that revokes every intermediate under the root that the mesh has left:
 * the old one of the rotation, or the one that was retired last.
 */
export interface RootCrl {
  /** Fingerprint. */
  readonly root: string;
  readonly pem: string;
  /** Decimal; newer lists have larger ones. */
  readonly number: string;
  readonly thisUpdate: string;
  /** After this, verifiers that go by the list refuse everything of its issuer. */
  readonly nextUpdate: string;
  /** Whose they are; serial numbers in upper-case hex. */
  readonly revoked: readonly { readonly cluster: string; readonly serial: string }[];
  /** Clusters in which something is still signed by the root, by their last report. */
  readonly stillUsedBy: readonly string[];
}
