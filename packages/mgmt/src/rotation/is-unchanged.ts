import type { ClusterEvidence } from './evidence.ts';

/**
 * Whether a report says the same as the one before, by the same objects: those of a report that was read once and came again.
 * Equal parts that were read anew count as changed.
 */
export function isUnchanged(before: ClusterEvidence | undefined, now: ClusterEvidence): boolean {
  if (before === undefined) return false;
  if (before === now) return true;
  const keys = Object.keys(now) as (keyof ClusterEvidence)[];
  return Object.keys(before).length === keys.length && keys.every((key) => key === 'receivedAtMs' || before[key] === now[key]);
}
