import { shortFingerprint } from '@reroot/shared/api';
import { type Finding, type Findings, findingsOf, maxListedOfCluster } from '../findings.ts';
import type { TrustRow } from '../row.ts';
import { maxListedLaggards, trustReasons } from '../verdict.ts';
import { isAccepted, leafText, rootsText } from './explain-cell.ts';
import { type Face, withTrust } from './face.ts';
import { hasLeaf, type LivePlace, type Look, visitPlaces } from './live-places.ts';
import { countOf, placeNames, placeText, verbFor } from './place-text.ts';
import type { CellCounts, TrustClasses } from './trust-classes.ts';

/** The row to come, and what it asks of every other place. */
export type ComingTrust = Pick<TrustRow, 'step' | 'roots' | 'signer'>;

/** What looking for losses goes through. */
export interface Looking {
  /** The clusters that count, in the order in which they are listed. */
  readonly members: readonly string[];
  readonly lookOf: (cluster: string) => Look;
  /** Of the members at least. */
  readonly classes: TrustClasses;
  /** The pairs that count; undefined where all of them do. */
  readonly pairs?: JudgedPairs | undefined;
}

/** Pairs of clusters that are to verify each other, where not all are. */
export interface JudgedPairs {
  has(from: string, to: string): boolean;
  /** Of their cells. */
  counts(): CellCounts;
}

/**
 * What a cluster shows and trusts while a row is being put in force: some replicas sign with the next signer and hand out the
 * next roots, and everything else is as it is today.
 */
export function projectFace(face: Face, { roots, signer }: ComingTrust): Face {
  return withTrust(face, { leaf: [signer], bundle: roots });
}

/**
 * The places that would lose somebody once the row to come is in force anywhere: those that do not trust its signer, and
 * those whose leaf its roots do not verify. Clusters are looked at one by one only where their class says so.
 * @returns undefined when there is none
 */
export function findLosses(row: ComingTrust, { members, lookOf, classes }: Looking): Findings | undefined {
  const losing = new Set<string>();
  for (const { face, clusters } of classes.all()) {
    if (losesBy(face, row)) for (const cluster of clusters) losing.add(cluster);
  }
  const losers = losing.size === 0 ? [] : members.filter((cluster) => losing.has(cluster));
  if (losers.length === 0) return undefined;
  const found = losers.map((cluster) => ({ cluster, places: placesLosing(lookOf(cluster), row) }));
  const count = found.reduce((sum, { places }) => sum + places.length, 0);
  return findingsOf(trustReasons.losing, count, () =>
    found
      .flatMap(({ cluster, places }) =>
        places.slice(0, maxListedOfCluster).map((place) => ({
          cluster,
          reason: trustReasons.losing,
          ...lossOf(cluster, place, row),
        })),
      )
      .slice(0, maxListedLaggards),
  );
}

function losesBy({ leaves, bundles }: Face, { roots, signer }: ComingTrust): boolean {
  return (
    leaves.some((anchors) => !anchors.some((root) => roots.includes(root))) || bundles.some((bundle) => !bundle.includes(signer))
  );
}

function placesLosing(look: Look, row: ComingTrust): readonly LivePlace[] {
  const places: LivePlace[] = [];
  visitPlaces(look, {
    live: ({ roots }, place) => {
      if (!roots.includes(row.signer) || refusesLeaf(place, row)) places.push(place);
    },
    unknown: () => undefined,
  });
  return places;
}

function refusesLeaf({ holding }: LivePlace, row: ComingTrust): boolean {
  return holding !== undefined && hasLeaf(holding) && !isAccepted(holding, row);
}

function lossOf(cluster: string, place: LivePlace, row: ComingTrust): Finding {
  const { holding } = place;
  const why =
    holding !== undefined && !holding.roots.includes(row.signer)
      ? `${verbFor(place, 'trusts', 'trust')} ${rootsText(holding)}, and not ${shortFingerprint(row.signer)}, which signs at ${row.step}`
      : `${verbFor(place, 'shows', 'show')} a leaf under ${holding === undefined ? '' : leafText(holding)}, which ${row.step} does not trust`;
  return {
    ...placeNames(place),
    message: `would lose trust: ${cluster} / ${placeText(place)}: ${countOf(place) === 1 ? 'it' : 'they'} ${why}`,
  };
}
