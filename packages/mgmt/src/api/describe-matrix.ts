import type { ProjectedMatrix, TrustBundle, TrustClassStatus, TrustLeaf, TrustMatrix, TrustPair } from '@reroot/shared/api';
import {
  anchorsOf,
  type CellExplanation,
  explainPair,
  isMember,
  type MatrixSurvey,
  matrixGates,
  type NextMatrix,
  placeText,
  type RotationRecord,
  surveyMatrix,
  unknownText,
  verdictOfFindings,
} from '../rotation/index.ts';
import type { MeshMoment } from '../runner/index.ts';
import { timestamp } from './describe-cluster.ts';

/** More classes make more cells than anybody reads, and an answer of megabytes. */
const maxClasses = 1_000;

/** Of the places that hold the same, so many are named. */
const maxPlaces = 10;

/** What the API says of the trust between the clusters of a mesh. Pure. */
export function describeMatrix({ view, snapshot, policy, nowMs }: MeshMoment): TrustMatrix {
  const { record } = view.stored;
  const survey = surveyMatrix(record, snapshot, policy, nowMs);
  const { counts, classes, refusals, next, stateOf } = survey;
  const cells = describeCells(survey, stateOf);
  return {
    mesh: record.mesh,
    takenAt: timestamp(nowMs),
    gate: matrixGates(record) ? 'asked' : 'given-up',
    counts,
    classes: classes.map((each) => describeClass(each, record)),
    ...(cells === undefined ? {} : { cells }),
    ...(refusals === undefined ? {} : { refusals: verdictOfFindings(refusals) }),
    ...(next === undefined ? {} : { next: describeNext(survey, next) }),
  };
}

/** What the API says of one pair of clusters. Pure. */
export function describePair({ view, snapshot, policy, nowMs }: MeshMoment, from: string, to: string): TrustPair {
  const { state, reason, message, leaf, bundle, unknown } = explainPair(from, to, snapshot, policy, nowMs);
  return {
    ...{ mesh: view.stored.record.mesh, from, to, state, reason, message },
    ...(leaf === undefined ? {} : { leaf: describeLeaf(leaf) }),
    ...(bundle === undefined ? {} : { bundle: describeBundle(bundle) }),
    unknown: [
      ...unknown.leaves.map((each) => `leaves of ${from}: ${unknownText(each)}`),
      ...unknown.bundles.map((each) => `bundles of ${to}: ${unknownText(each)}`),
    ].slice(0, 2 * maxPlaces),
  };
}

function describeClass({ clusters, face }: MatrixSurvey['classes'][number], record: RotationRecord): TrustClassStatus {
  const { leaves, bundles, leavesKnown, bundlesKnown } = face;
  return {
    clusters: clusters.filter((cluster) => isMember(record, cluster)),
    others: clusters.filter((cluster) => !isMember(record, cluster)),
    ...{ leaves, bundles, leavesKnown, bundlesKnown },
  };
}

function describeCells({ classes }: MatrixSurvey, stateOf: MatrixSurvey['stateOf']): readonly string[] | undefined {
  if (classes.length > maxClasses) return undefined;
  return classes.map((from) => classes.map((to) => stateOf(from, to).charAt(0)).join(''));
}

function describeNext(survey: MatrixSurvey, { row, counts, losses, stateOf }: NextMatrix): ProjectedMatrix {
  const cells = describeCells(survey, stateOf);
  return {
    ...{ step: row.step, roots: row.roots, signer: row.signer, counts },
    ...(cells === undefined ? {} : { cells }),
    losses: losses?.list() ?? [],
    lossCount: losses?.count ?? 0,
  };
}

function describeLeaf({ holding, places }: NonNullable<CellExplanation['leaf']>): TrustLeaf {
  const { signer } = holding;
  const named = places.slice(0, maxPlaces).map(placeText);
  return { ...(signer === undefined ? {} : { signer }), roots: anchorsOf(holding), places: named };
}

function describeBundle({ holding, places }: NonNullable<CellExplanation['bundle']>): TrustBundle {
  return { sha256: holding.bundleSha256, roots: holding.roots, places: places.slice(0, maxPlaces).map(placeText) };
}
