import type { Laggard } from '@reroot/shared/api';
import { type Findings, findingsOf, maxListedOfCluster } from '../findings.ts';
import { maxListedLaggards, trustReasons } from '../verdict.ts';
import { explainCell } from './explain-cell.ts';
import type { Looking } from './find-losses.ts';
import { type UnknownPlace, visitPlaces } from './live-places.ts';
import { placeNames, unknownText } from './place-text.ts';
import type { TrustClass, TrustClasses } from './trust-classes.ts';

/** How many red cells are explained in a verdict; it counts them all. Each costs a look at two whole clusters. */
const maxListedCells = 20;

/**
 * What keeps the matrix from being green: its red cells or, where there are none, the places of which too little is known.
 * @returns undefined when every cell is green
 */
export function findRefusals(looking: Looking): Findings | undefined {
  const { red, unknown } = (looking.pairs ?? looking.classes).counts();
  if (red > 0) return findingsOf(trustReasons.red, red, () => listRed(looking));
  return unknown > 0 ? findUnknown(looking) : undefined;
}

/** The first red cells, cluster by cluster. */
function listRed({ members, lookOf, classes, pairs }: Looking): readonly Laggard[] {
  const refusers = createRefusers(classes);
  const listed: Laggard[] = [];
  for (const cluster of members) {
    const from = classes.classOf(cluster);
    if (from === undefined) continue;
    let ofCluster = 0;
    for (const other of refusers(from).size === 0 ? [] : members) {
      const to = classes.classOf(other);
      if (to === undefined || !refusers(from).has(to) || pairs?.has(cluster, other) === false) continue;
      const { message, leaf } = explainCell({ cluster, look: lookOf(cluster) }, { cluster: other, look: lookOf(other) });
      listed.push({ cluster, reason: trustReasons.red, ...placeNames(leaf?.places[0]), message });
      ofCluster += 1;
      if (listed.length === maxListedCells) return listed;
      if (ofCluster === maxListedOfCluster) break;
    }
  }
  return listed;
}

/** The classes that refuse a class; found once for each. */
function createRefusers(classes: TrustClasses): (from: TrustClass) => ReadonlySet<TrustClass> {
  const found = new Map<TrustClass, ReadonlySet<TrustClass>>();
  return (from) => {
    const known = found.get(from) ?? new Set([...classes.all()].filter((to) => classes.stateOf(from, to) === 'red'));
    found.set(from, known);
    return known;
  };
}

function findUnknown({ members, lookOf, classes, pairs }: Looking): Findings | undefined {
  const found = members
    .filter((cluster) => isPartlyUnknown(classes.classOf(cluster)))
    .map((cluster) => ({ cluster, places: unknownPlacesOf(cluster, lookOf) }));
  const count = found.reduce((sum, { places }) => sum + places.length, 0);
  const othersOf = (cluster: string): string => {
    const count = pairs === undefined ? members.length : members.filter((other) => pairs.has(cluster, other)).length;
    return count === 1 ? 'its own workloads' : `${count} clusters`;
  };
  return findingsOf(trustReasons.unknown, count, () =>
    found
      .flatMap(({ cluster, places }) =>
        places.slice(0, maxListedOfCluster).map((unknown) => ({
          cluster,
          reason: trustReasons.unknown,
          ...placeNames(unknown.place),
          message: `whether ${cluster} and ${othersOf(cluster)} verify each other is not known: ${unknownText(unknown)}`,
        })),
      )
      .slice(0, maxListedLaggards),
  );
}

function isPartlyUnknown(each: TrustClass | undefined): boolean {
  return each !== undefined && (each.face.leavesKnown === 'not-all' || each.face.bundlesKnown === 'not-all');
}

function unknownPlacesOf(cluster: string, lookOf: Looking['lookOf']): readonly UnknownPlace[] {
  const places: UnknownPlace[] = [];
  visitPlaces(lookOf(cluster), { live: () => undefined, unknown: (found) => places.push(found) });
  return places;
}
