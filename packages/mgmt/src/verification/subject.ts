import type { Verdict } from '@reroot/shared/api';
import type { KeptRoot } from '../authorities/index.ts';
import type { MeshSpec } from '../mesh/index.ts';
import {
  type AutomaticPolicy,
  defaultAutomaticPolicy,
  effectivePolicyOf,
  type MatrixPolicy,
  type RotationRecord,
  type Snapshot,
} from '../rotation/index.ts';

/** What is verified: a mesh at one moment, with all that is known of it. */
export interface Subject {
  readonly spec: MeshSpec;
  readonly record: RotationRecord;
  readonly snapshot: Snapshot;
  /** Every root that the mesh ever named, by fingerprint. */
  readonly roots: ReadonlyMap<string, KeptRoot>;
  /** How long a cluster may keep silent before its last report no longer counts. */
  readonly silentAfterMs: number;
  /** What the gates say at this moment. */
  readonly verdict: Verdict;
}

/** What the spec asks of automatic verification. It counts at once, whatever the rotation was started with. */
export function automaticPolicyOf({ spec, record }: Pick<Subject, 'spec' | 'record'>): AutomaticPolicy {
  return effectivePolicyOf(spec.rotation, record).automatic ?? defaultAutomaticPolicy;
}

/** What of the policy decides what the trust matrix may not know. */
export function matrixPolicyOf({
  spec,
  record,
  silentAfterMs,
}: Pick<Subject, 'spec' | 'record' | 'silentAfterMs'>): MatrixPolicy {
  return { requiredEvidence: effectivePolicyOf(spec.rotation, record).requiredEvidence, silentAfterMs };
}
