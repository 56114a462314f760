import { isMember } from '../assignment.ts';
import { excludeCluster } from '../cluster-act.ts';
import type { Snapshot } from '../evidence.ts';
import type { Policy } from '../policy.ts';
import type { RotationRecord, Transition } from '../record.ts';
import { isSilent } from '../silence.ts';

/**
 * Takes the first cluster out of the gates that was named at the start of a rotation in an emergency, and is silent. One that
 * speaks is waited for like any other. By an operator's act, and not by silence: it does not come back by itself, for what has
 * made it silent may be whoever has the key.
 */
export function excludeNamed(
  record: RotationRecord,
  { clusters, evidence, heardSinceMs }: Snapshot,
  policy: Pick<Policy, 'silentAfterMs'>,
  nowMs: number,
): Transition | undefined {
  const { rotation, state } = record;
  const emergency = rotation?.emergency;
  if (emergency?.approval === undefined || !isReaching(state)) return undefined;
  // mgmt itself has not listened for long enough to call anybody silent.
  if (nowMs - heardSinceMs <= policy.silentAfterMs) return undefined;
  const members = clusters.filter((cluster) => isMember(record, cluster));
  const silent = emergency.excludeSilent.find(
    (cluster) => members.includes(cluster) && isSilent(evidence.get(cluster), policy, nowMs),
  );
  if (silent === undefined || members.length === 1) return undefined;
  const why = `it is silent, and was named when the emergency rotation was started, approved by ${emergency.approval.by}: ${emergency.reason}`;
  return excludeCluster(record, silent, { by: rotation?.startedBy ?? '', why, cause: 'operator', members: clusters }, nowMs);
}

/** While a step is being given to the clusters, or people look at it: a rotation that has failed or is taken back waits. */
function isReaching(state: RotationRecord['state']): boolean {
  return (
    state === 'ADDING_NEW_ROOT' ||
    state === 'PROPAGATING_NEW_INTERMEDIATE' ||
    state === 'DELETING_OLD_ROOT' ||
    state === 'VERIFYING' ||
    state === 'VERIFIED'
  );
}
