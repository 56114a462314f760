import type { State, Strategy, Verification } from '@reroot/shared/api';
import type { Step } from '@reroot/shared/protocol';

/** All that mgmt knows of one mesh's rotation; everything that clusters are told derives from it alone. */
export interface RotationRecord {
  readonly mesh: string;
  /** Grows with each change of the row in force and with each answer of an operator; agents refuse a lower one. */
  readonly generation: number;
  readonly state: State;
  /** The row of the table in force. */
  readonly step: Step;
  /** Which way the row was entered. */
  readonly direction: 'forward' | 'back';
  /** The rotation under way, or the last one while it is still shown. */
  readonly rotation: Rotation | undefined;
  /** Every root that a row may name, oldest first. */
  readonly roots: readonly RootGeneration[];
  /** Fingerprint of the root in force outside of a rotation. */
  readonly currentRoot: string;
  readonly enteredAtMs: number;
}

/** One change of root. */
export interface Rotation {
  readonly id: string;
  readonly strategy: Strategy;
  readonly verification: Verification;
  /** Fingerprint of the root that is to go. */
  readonly old: string;
  /** Fingerprint of the root that is to come. */
  readonly target: string;
  readonly startedBy: string;
  readonly startedAtMs: number;
  /** The state in which the rotation failed; `retry` returns to it. */
  readonly failedIn: State | undefined;
}

/** One root certificate, by fingerprint (lower-case hex SHA-256 of its DER). */
export interface RootGeneration {
  readonly fingerprint: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
}

/** A dated entry of the history; the seed's CertificateRotationCondition. */
export interface RotationCondition {
  readonly atMs: number;
  readonly state: State;
  readonly step: Step;
  readonly rotationId: string | undefined;
  readonly generation: number;
  readonly message: string;
  readonly errors: readonly string[];
}

/** A change of the record and the entry of the history that goes with it. */
export interface Transition {
  readonly record: RotationRecord;
  readonly condition: RotationCondition;
}

/** The record of a mesh that has never rotated. */
export function newRecord(mesh: string, root: RootGeneration, nowMs: number): RotationRecord {
  return {
    mesh,
    generation: 1,
    state: 'NOT_ROTATING',
    step: 'PREVIOUS_CA',
    direction: 'forward',
    rotation: undefined,
    roots: [root],
    currentRoot: root.fingerprint,
    enteredAtMs: nowMs,
  };
}
