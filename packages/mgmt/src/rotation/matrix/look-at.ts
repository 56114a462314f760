import type { Policy } from '../policy.ts';
import { type Ear, isSilent } from '../silence.ts';
import type { Look } from './live-places.ts';

/** What of the policy decides what may be unknown. */
export type MatrixPolicy = Pick<Policy, 'requiredEvidence' | 'silentAfterMs'>;

/** What is known of a cluster at a moment. Of one that is silent, nothing. */
export function lookAt(cluster: string, { evidence }: Pick<Ear, 'evidence'>, policy: MatrixPolicy, nowMs: number): Look {
  const last = evidence.get(cluster);
  const presence = last === undefined ? 'never-seen' : isSilent(last, policy, nowMs) ? 'silent' : 'reporting';
  return { evidence: last, presence, required: policy.requiredEvidence };
}
