import { RerootError } from '@reroot/shared/errors';
import { isMember } from './assignment.ts';
import { entryOf } from './entry-of.ts';
import type { RotationRecord } from './record.ts';

/**
 * Refuses a start that would have nobody to tell: such a rotation waits for ever, and keeps every other from starting.
 * @throws RR_ROTATION_NO_MEMBER
 */
export function requireMember(record: RotationRecord, clusters: readonly string[]): void {
  if (clusters.some((cluster) => isMember(record, cluster))) return;
  throw new RerootError('RR_ROTATION_NO_MEMBER', nobodyTakesPart(record, clusters), { place: record.mesh });
}

/** Why no cluster takes part, as a sentence. */
export function nobodyTakesPart({ deviations }: Pick<RotationRecord, 'deviations'>, clusters: readonly string[]): string {
  if (clusters.length === 0) return 'the mesh has no cluster';
  const excluded = clusters.filter((cluster) => entryOf(deviations, cluster)?.kind === 'excluded').length;
  const parts = [
    ...(excluded > 0 ? [`${excluded} excluded`] : []),
    ...(clusters.length > excluded
      ? [`${clusters.length - excluded} held back until they are adopted or led to the others`]
      : []),
  ];
  return `no cluster of the mesh takes part: ${parts.join(', ')}`;
}
