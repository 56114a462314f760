import { entryOf } from './entry-of.ts';
import type { RotationRecord } from './record.ts';
import { baseRowOf, rowOf, type TrustRow } from './row.ts';
import { isReleased } from './wave.ts';

/** What one cluster is told, and under which generation. */
export interface Assignment {
  readonly row: TrustRow;
  readonly generation: number;
}

/**
 * What a cluster of the mesh is told now. It follows from the record alone, so that a crash between the change of the
 * record and the telling is harmless.
 * @returns undefined while the cluster is told nothing: it has joined, and has not yet shown what it holds; or the record was restored
 */
export function assignmentOf(record: RotationRecord, cluster: string): Assignment | undefined {
  return record.restored === undefined ? assignmentWhenResumed(record, cluster) : undefined;
}

/** The same of a restored record, were it known not to be older than the mesh. */
export function assignmentWhenResumed(record: RotationRecord, cluster: string): Assignment | undefined {
  const deviation = entryOf(record.deviations, cluster);
  return deviation === undefined ? memberAssignmentOf(record, cluster) : deviation.told;
}

/** What a cluster is told as a member, or would be. */
export function memberAssignmentOf(record: RotationRecord, cluster: string): Assignment {
  const [row, common] = isReleased(record, cluster)
    ? [rowOf(record, cluster), record.generation]
    : [baseRowOf(record, cluster), record.base.generation];
  return { row, generation: Math.max(common, entryOf(record.ahead, cluster) ?? 0) };
}

/** Whether a cluster counts in the gates. */
export function isMember({ deviations }: Pick<RotationRecord, 'deviations'>, cluster: string): boolean {
  return entryOf(deviations, cluster) === undefined;
}
