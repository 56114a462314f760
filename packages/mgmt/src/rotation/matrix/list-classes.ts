import { isMember } from '../assignment.ts';
import type { Snapshot } from '../evidence.ts';
import type { RotationRecord } from '../record.ts';
import type { Face } from './face.ts';
import { lookAt, type MatrixPolicy } from './look-at.ts';
import { classify, type TrustClass, type TrustClasses } from './trust-classes.ts';

/** Members that no peer can tell apart. */
export interface ListedClass {
  readonly face: Face;
  /** By name; the first ones may stand for the others. */
  readonly clusters: readonly ClassMember[];
}

/** A cluster of a class, with what can speak for it. */
export interface ClassMember {
  readonly cluster: string;
  /** The istiod replicas that its last report has proven to sign, by name. */
  readonly replicas: readonly string[];
}

/**
 * The members of a mesh by classes, the largest first: whoever samples one pair of each two classes, and one of each cluster, has
 * seen every kind of pair there is.
 */
export function matrixClasses(
  record: RotationRecord,
  snapshot: Snapshot,
  policy: MatrixPolicy,
  nowMs: number,
): readonly ListedClass[] {
  const members = snapshot.clusters.filter((cluster) => isMember(record, cluster));
  const classes = classify(members, (cluster) => lookAt(cluster, snapshot, policy, nowMs));
  return sortClasses(classes).map(({ face, clusters }) => ({
    face,
    clusters: clusters.map((cluster) => ({ cluster, replicas: provenReplicas(cluster, snapshot) })),
  }));
}

/** A class as it is shown: its clusters by name. */
export interface SortedClass {
  readonly of: TrustClass;
  readonly face: Face;
  readonly clusters: readonly string[];
}

/** The largest first, those of one size by their first cluster. */
export function sortClasses(classes: TrustClasses): readonly SortedClass[] {
  return [...classes.all()]
    .map((each) => ({ of: each, face: each.face, clusters: [...each.clusters].toSorted() }))
    .toSorted((a, b) => b.clusters.length - a.clusters.length || ((a.clusters[0] ?? '') < (b.clusters[0] ?? '') ? -1 : 1));
}

function provenReplicas(cluster: string, { evidence }: Snapshot): readonly string[] {
  const replicas = evidence.get(cluster)?.replicas ?? [];
  return replicas
    .filter(({ holding }) => holding !== undefined)
    .map(({ replica }) => replica)
    .toSorted();
}
