import type { RotationRecord } from '../record.ts';
import { rowAfter, rowOf, type TrustRow } from '../row.ts';
import { everyCluster } from '../wave.ts';

/**
 * Whether a matrix that is not green holds a rotation up. Strategy NONE gives the connection between the two roots up on
 * purpose; its matrix is shown all the same.
 */
export function matrixGates({ rotation }: Pick<RotationRecord, 'rotation'>): boolean {
  return rotation?.strategy !== 'NONE';
}

/**
 * The row that clusters are told next: the row in force while waves of it are to come, else the one after it.
 * @param cluster one that comes from elsewhere has rows of its own; without it, the row of all others
 * @returns undefined where none follows by itself: at rest, on the way back, and under strategy NONE
 */
export function comingRowOf(record: RotationRecord, cluster?: string): TrustRow | undefined {
  const { rotation, direction, state, wave, step } = record;
  if (rotation === undefined || direction === 'back' || state === 'FINISHED' || !matrixGates(record)) return undefined;
  if (wave.through !== everyCluster) return rowOf(record, cluster);
  const next = rowAfter(rotation.strategy, step);
  return next === undefined ? undefined : rowOf({ ...record, step: next }, cluster);
}
