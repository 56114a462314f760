import type { Laggard } from '@reroot/shared/api';
import { isMember } from '../assignment.ts';
import type { Snapshot } from '../evidence.ts';
import type { RotationRecord } from '../record.ts';
import { groupsOf } from './apart.ts';
import { findRefusals } from './find-refusals.ts';
import { lookAt, type MatrixPolicy } from './look-at.ts';
import { type CellCounts, classify } from './trust-classes.ts';

/** How many cells are of which state, and the first of what keeps the matrix from being green. */
export interface MatrixSummary {
  readonly counts: CellCounts;
  readonly laggards: readonly Laggard[];
}

/** The trust matrix of the members of a mesh, in short. */
export function summarizeMatrix(record: RotationRecord, snapshot: Snapshot, policy: MatrixPolicy, nowMs: number): MatrixSummary {
  const members = snapshot.clusters.filter((cluster) => isMember(record, cluster));
  const lookOf = (cluster: string): ReturnType<typeof lookAt> => lookAt(cluster, snapshot, policy, nowMs);
  const classes = classify(members, lookOf);
  const { pairs } = groupsOf(record, { members, classes });
  const laggards = findRefusals({ members, lookOf, classes, pairs })?.list() ?? [];
  return { counts: (pairs ?? classes).counts(), laggards };
}
