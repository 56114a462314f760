import type { EmergencyStatus } from '@reroot/shared/api';
import type { MeshSpec } from '../mesh/index.ts';
import type { Rotation } from '../rotation/index.ts';
import { paceOf } from '../runner/index.ts';
import { timestamp } from './describe-cluster.ts';

/** What the API says of the emergency of a rotation; undefined for a usual one. Pure. */
export function describeEmergency(
  { emergency, strategy, verification }: Rotation,
  { rotation: policy }: MeshSpec,
): EmergencyStatus | undefined {
  if (emergency === undefined) return undefined;
  const { reason, excludeSilent, losses, approval } = emergency;
  const approved =
    approval === undefined ? {} : { approval: { by: approval.by, at: timestamp(approval.atMs), why: approval.why } };
  return { reason, excludeSilent, losses, policy: paceOf(policy, { strategy, verification }), ...approved };
}
