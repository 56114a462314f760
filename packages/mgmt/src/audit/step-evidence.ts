import { canonicalJson } from '@reroot/shared/audit';
import {
  assignmentOf,
  type CellCounts,
  entryOf,
  type MatrixSurvey,
  memberAssignmentOf,
  type Policy,
  type RotationRecord,
  type Snapshot,
  surveyMatrix,
  tallyCluster,
} from '../rotation/index.ts';
import { mgmtVersion } from '../version.ts';

/** A mesh at the moment when a step passes. */
export interface StepMoment {
  readonly record: RotationRecord;
  readonly snapshot: Snapshot;
  readonly policy: Policy;
  readonly cells: CellCounts;
  readonly nowMs: number;
}

/** Cells that are not green are told by the first clusters of their classes, so many at the most. */
const maxCells = 200;
/** The whole matrix is kept for so many classes at the most: a fleet that is calm has a handful. */
const maxClasses = 200;

/**
 * What the clusters hold and who would accept whom, as JSON for the evidence pack: counts, fingerprints and the whole matrix by
 * classes of clusters that no peer can tell apart, about 700 bytes a cluster. Pure.
 * @param move what the record does at this moment
 */
export function describeStep(moment: StepMoment, move: string): string {
  return canonicalJson(describeMoment(moment, move));
}

/** The same, for whoever adds to it. Pure. */
export function describeMoment(
  moment: StepMoment,
  move: string,
): Readonly<Record<string, unknown>> & { readonly clusters: readonly object[] } {
  const { record, snapshot, nowMs } = moment;
  const { step, state, generation, rotation } = record;
  return {
    ...{ at: new Date(nowMs).toISOString(), move, step, state, generation, rotationId: rotation?.id, mgmtVersion },
    matrix: describeMatrix(moment),
    clusters: snapshot.clusters.map((cluster) => describeCluster(cluster, moment)),
  };
}

function describeCluster(cluster: string, { record, snapshot }: StepMoment): object {
  const assignment = assignmentOf(record, cluster);
  const evidence = snapshot.evidence.get(cluster);
  const { row } = assignment ?? memberAssignmentOf(record, cluster);
  const { kind = 'member', by, why } = entryOf(record.deviations, cluster) ?? {};
  const { written, receivedAtMs } = evidence ?? {};
  return {
    ...{ cluster, membership: kind, excludedBy: by, excludedBecause: why, told: assignment?.generation },
    ...tallyCluster(row, evidence),
    reportedAt: receivedAtMs === undefined ? undefined : new Date(receivedAtMs).toISOString(),
    ...{ bundleSha256: written?.bundleSha256, roots: written?.roots, signer: written?.signer, signerRoot: written?.signerRoot },
    agentVersion: snapshot.links.get(cluster)?.answer?.state.agentVersion,
  };
}

/** `cells`: of each class that shows its leaves, a line with a letter for each class that verifies them: green, red or unknown. */
function describeMatrix({ record, snapshot, policy, cells, nowMs }: StepMoment): object {
  const survey = surveyMatrix(record, snapshot, policy, nowMs);
  const isWhole = survey.classes.length <= maxClasses;
  return {
    counts: cells,
    notGreen: cells.red + cells.unknown === 0 ? [] : listCells(survey),
    classCount: survey.classes.length,
    classes: isWhole ? survey.classes.map(({ clusters }) => clusters) : undefined,
    cells: isWhole ? lettersOf(survey) : undefined,
  };
}

function lettersOf({ classes, stateOf }: MatrixSurvey): readonly string[] {
  return classes.map((from) => classes.map((to) => stateOf(from, to).charAt(0)).join(''));
}

function listCells({ classes, stateOf }: MatrixSurvey): object[] {
  const found: object[] = [];
  for (const from of classes) {
    for (const to of classes) {
      const state = stateOf(from, to);
      if (state === 'green') continue;
      found.push({
        state,
        from: from.clusters[0],
        ofClusters: from.clusters.length,
        to: to.clusters[0],
        inClusters: to.clusters.length,
      });
      if (found.length === maxCells) return found;
    }
  }
  return found;
}
