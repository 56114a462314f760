import type { Laggard } from '@reroot/shared/api';
import { isMember } from '../assignment.ts';
import type { Snapshot } from '../evidence.ts';
import type { RotationRecord } from '../record.ts';
import { areApart, groupsOf } from './apart.ts';
import { findRefusals } from './find-refusals.ts';
import { lookAt, type MatrixPolicy } from './look-at.ts';
import { type CellCounts, type CellState, classify } from './trust-classes.ts';

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
  const all = { members, lookOf, classes };
  const groups = areApart(record) ? groupsOf(record, all) : [all];
  const counts = groups.map((group) => group.classes.counts());
  const sum = (state: CellState): number => counts.reduce((total, each) => total + each[state], 0);
  return {
    counts: { green: sum('green'), red: sum('red'), unknown: sum('unknown') },
    laggards: groups.flatMap((group) => findRefusals(group)?.list() ?? []),
  };
}
