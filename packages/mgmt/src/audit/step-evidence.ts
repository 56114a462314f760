import { canonicalJson } from '@reroot/shared/audit';
import {
  assignmentOf,
  type CellCounts,
  entryOf,
  memberAssignmentOf,
  type Policy,
  type RotationRecord,
  type Snapshot,
  surveyMatrix,
  tallyCluster,
} from '../rotation/index.ts';

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

/**
 * What the clusters hold and who would accept whom, as JSON for the evidence pack: counts and fingerprints, about 700 bytes a cluster.
 * Pure.
 * @param move what the record does at this moment
 */
export function describeStep(moment: StepMoment, move: string): string {
  const { record, snapshot, cells, nowMs } = moment;
  const { step, state, generation, rotation } = record;
  return canonicalJson({
    ...{ at: new Date(nowMs).toISOString(), move, step, state, generation, rotationId: rotation?.id },
    matrix: { counts: cells, notGreen: cells.red + cells.unknown === 0 ? [] : listCells(moment) },
    clusters: snapshot.clusters.map((cluster) => describeCluster(cluster, moment)),
  });
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

function listCells({ record, snapshot, policy, nowMs }: StepMoment): object[] {
  const { classes, stateOf } = surveyMatrix(record, snapshot, policy, nowMs);
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
