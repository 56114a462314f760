import type { TrustRow } from '../row.ts';
import { type Face, faceOf, withTrust } from './face.ts';
import { sortClasses } from './list-classes.ts';
import type { Look } from './live-places.ts';
import { type CellCounts, createTrustClasses } from './trust-classes.ts';

/** What a cluster holds everywhere. */
export type HeldTrust = Pick<TrustRow, 'roots' | 'signer'>;

/** Clusters of which each shows leaves that each of the others refuses. */
export interface Refusal {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** What a matrix would be. */
export interface Supposed {
  readonly counts: CellCounts;
  /** The red cells, grouped by classes: the largest classes first. */
  readonly refusals: readonly Refusal[];
}

const nothing: Face = { leaves: [], bundles: [], leavesKnown: 'all', bundlesKnown: 'all', key: '' };

/**
 * The matrix if clusters held something else than today: which pairs would be red when one was left on one row and the others
 * went to another.
 * @param heldBy what a cluster is supposed to hold in every place; undefined for what is known of it today
 * @param lookOf how it is looked at today
 */
export function supposeMatrix(
  clusters: readonly string[],
  heldBy: (cluster: string) => HeldTrust | undefined,
  lookOf: (cluster: string) => Look,
): Supposed {
  const classes = createTrustClasses();
  for (const cluster of clusters) {
    const held = heldBy(cluster);
    classes.put(cluster, held === undefined ? faceOf(lookOf(cluster)) : faceHolding(held));
  }
  const sorted = sortClasses(classes);
  const refusals = sorted.flatMap((from) =>
    sorted.filter((to) => classes.stateOf(from.of, to.of) === 'red').map((to) => ({ from: from.clusters, to: to.clusters })),
  );
  return { counts: classes.counts(), refusals };
}

function faceHolding({ roots, signer }: HeldTrust): Face {
  return withTrust(nothing, { leaf: [signer], bundle: roots });
}
