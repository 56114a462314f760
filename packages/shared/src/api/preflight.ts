import type { EmergencyOutlook, RotationPace } from './emergency.ts';

/** POST /v1/meshes/:mesh/preflight: whether a rotation that started now would get through. It changes nothing. */
export interface PreflightReport {
  readonly mesh: string;
  /** RFC 3339. */
  readonly takenAt: string;
  /** The worst of the checks: `fatal` keeps a rotation from starting. */
  readonly outcome: 'passed' | 'warnings' | 'fatal';
  /** In the order in which they are shown, those of one category beside each other. */
  readonly checks: readonly PreflightCheck[];
  /** Of a rotation in an emergency: by what it is judged, and what would be lost by it. */
  readonly emergency?: EmergencyOutlook;
}

/** What one check has found. */
export interface PreflightCheck {
  /** Never changed: docs/preflight.md has an anchor of this name, and a start is overridden by it. */
  readonly id: string;
  readonly category: string;
  /** `unknown`: nothing was found to be wrong, and not all of it could be looked at. */
  readonly outcome: 'passed' | 'warning' | 'fatal' | 'unknown';
  /** A sentence. */
  readonly message: string;
  /** The first ones, those that are wrong before those that are not known. */
  readonly findings: readonly PreflightFinding[];
  /** How many there are, listed or not. */
  readonly findingCount: number;
  /** How many clusters they are about. */
  readonly clusterCount: number;
  /** What to do about it; absent where the check has passed. */
  readonly hint?: string;
}

/** One thing that a check has found. */
export interface PreflightFinding {
  /** Absent where it is about mgmt or the mesh. */
  readonly cluster?: string;
  readonly kind: 'failing' | 'unknown';
  readonly message: string;
}

/** Starts a rotation although a fatal check fails. */
export interface PreflightOverride {
  /** Id of the check. */
  readonly check: string;
  readonly why: string;
}

/** POST /v1/meshes/:mesh/preflight */
export interface PreflightRequest {
  /** As of StartRotationRequest: what the rotation would be. */
  readonly strategy?: 'MULTI_ROOT' | 'NONE';
  readonly targetRoot?: string;
  /** `usual` when left out. */
  readonly pace?: RotationPace;
}

/** Where the page of the checks is; `#ID` leads to one. */
export const preflightPage = 'docs/preflight.md';
