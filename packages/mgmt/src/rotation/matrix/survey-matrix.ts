import { isMember } from '../assignment.ts';
import type { Snapshot } from '../evidence.ts';
import type { Findings } from '../findings.ts';
import type { RotationRecord } from '../record.ts';
import type { TrustRow } from '../row.ts';
import { comingRowOf } from './coming-row.ts';
import { faceOf } from './face.ts';
import { findLosses, type Looking, projectFace } from './find-losses.ts';
import { findRefusals } from './find-refusals.ts';
import { type SortedClass, sortClasses } from './list-classes.ts';
import { lookAt, type MatrixPolicy } from './look-at.ts';
import { type CellCounts, type CellState, classify, createTrustClasses, type TrustClasses } from './trust-classes.ts';

/** The whole matrix of a mesh, for whoever looks at it. */
export interface MatrixSurvey {
  /** Of every cluster, member or not. */
  readonly classes: readonly SortedClass[];
  readonly stateOf: (from: SortedClass, to: SortedClass) => CellState;
  /** Of members alone. */
  readonly counts: CellCounts;
  readonly refusals: Findings | undefined;
  /** While the row to come is put in force; undefined where none is. */
  readonly next: NextMatrix | undefined;
}

/** The matrix while a row is put in force. */
export interface NextMatrix {
  readonly row: TrustRow;
  readonly stateOf: (from: SortedClass, to: SortedClass) => CellState;
  readonly counts: CellCounts;
  readonly losses: Findings | undefined;
}

/** Looks at all of it from scratch. */
export function surveyMatrix(record: RotationRecord, snapshot: Snapshot, policy: MatrixPolicy, nowMs: number): MatrixSurvey {
  const lookOf = (cluster: string): ReturnType<typeof lookAt> => lookAt(cluster, snapshot, policy, nowMs);
  const members = snapshot.clusters.filter((cluster) => isMember(record, cluster));
  const all = classify(snapshot.clusters, lookOf);
  const looking: Looking = { members, lookOf, classes: classify(members, lookOf) };
  const row = comingRowOf(record);
  return {
    classes: sortClasses(all),
    stateOf: (from, to) => all.stateOf(from.of, to.of),
    counts: looking.classes.counts(),
    refusals: findRefusals(looking),
    next: row === undefined ? undefined : surveyNext(row, snapshot.clusters, looking),
  };
}

function surveyNext(row: TrustRow, clusters: readonly string[], looking: Looking): NextMatrix {
  const { members, lookOf } = looking;
  const project = (some: readonly string[]): TrustClasses => {
    const classes = createTrustClasses();
    for (const cluster of some) classes.put(cluster, projectFace(faceOf(lookOf(cluster)), row));
    return classes;
  };
  const all = project(clusters);
  const classOf = ({ clusters: [first = ''] }: SortedClass): ReturnType<TrustClasses['classOf']> => all.classOf(first);
  return {
    row,
    stateOf: (from, to) => {
      const [shower, verifier] = [classOf(from), classOf(to)];
      return shower === undefined || verifier === undefined ? 'unknown' : all.stateOf(shower, verifier);
    },
    counts: project(members).counts(),
    losses: findLosses(row, looking),
  };
}
