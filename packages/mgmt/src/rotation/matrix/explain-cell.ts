import { shortFingerprint } from '@reroot/shared/api';
import type { Holding, Snapshot } from '../evidence.ts';
import { anchorsOf, hasLeaf, type LivePlace, type Look, type UnknownPlace, visitPlaces } from './live-places.ts';
import { lookAt, type MatrixPolicy } from './look-at.ts';
import { placeText, unknownText, verbFor } from './place-text.ts';
import type { CellState } from './trust-classes.ts';

/** Why a cell is what it is; stable. */
export type CellReason =
  /** Green. */
  | 'EveryLeafTrusted'
  /** Red: the bundle has none of the roots that the leaf verifies under. */
  | 'RootNotTrusted'
  /** Red: the chain verifies under no root that anybody knows, or has expired. */
  | 'ChainUnderNoRoot'
  /** Red: the bundle has no root at all. */
  | 'BundleEmpty'
  /** Unknown. */
  | 'EvidenceMissing';

/** A leaf chain, or a bundle, and every place of the cluster that holds it. */
export interface Side {
  readonly holding: Holding;
  readonly places: readonly LivePlace[];
}

/** One ordered pair of clusters, with what makes it so. */
export interface CellExplanation {
  readonly state: CellState;
  readonly reason: CellReason;
  readonly message: string;
  /** The chain that is refused, or an example of one that is accepted; undefined where none is known. */
  readonly leaf: Side | undefined;
  /** The bundle that refuses it, or an example of one that accepts it. */
  readonly bundle: Side | undefined;
  /** What is not known on the side of the leaves, and on that of the bundles. */
  readonly unknown: { readonly leaves: readonly UnknownPlace[]; readonly bundles: readonly UnknownPlace[] };
}

/** A cluster and what is known of it. */
export interface Looked {
  readonly cluster: string;
  readonly look: Look;
}

/** Compares every leaf chain of one cluster with every bundle of another, which may be the same one. */
export function explainCell(from: Looked, to: Looked): CellExplanation {
  const [shown, held] = [sidesOf(from.look), sidesOf(to.look)];
  const unknown = { leaves: shown.unknown, bundles: held.unknown.filter(({ why }) => why !== 'no-leaf') };
  for (const leaf of shown.leaves) {
    for (const bundle of held.bundles) {
      if (isAccepted(leaf.holding, bundle.holding)) continue;
      const reason = refusalReason(leaf.holding, bundle.holding);
      return { state: 'red', reason, message: refusalText(from, leaf, to, bundle, reason), leaf, bundle, unknown };
    }
  }
  const [leaf, bundle] = [shown.leaves[0], held.bundles[0]];
  if (unknown.leaves.length + unknown.bundles.length > 0) {
    return { state: 'unknown', reason: 'EvidenceMissing', message: missingText(from, to, unknown), leaf, bundle, unknown };
  }
  const message = `every live leaf of ${from.cluster} verifies under every live bundle of ${to.cluster}`;
  return { state: 'green', reason: 'EveryLeafTrusted', message, leaf, bundle, unknown };
}

/** Whether whoever holds the bundle of one place accepts the leaf chain of the other. */
export function isAccepted(leaf: Holding, { roots }: Pick<Holding, 'roots'>): boolean {
  return anchorsOf(leaf).some((root) => roots.includes(root));
}

/** What a leaf hangs from, as a part of a sentence. */
export function leafText(leaf: Holding): string {
  const anchors = anchorsOf(leaf);
  if (anchors.length === 0) return 'a chain that verifies under no known root';
  return `${anchors.length === 1 ? 'root' : 'roots'} ${anchors.map(shortFingerprint).join(' or ')}`;
}

interface Sides {
  readonly leaves: readonly Side[];
  readonly bundles: readonly Side[];
  readonly unknown: readonly UnknownPlace[];
}

/** Places that differ neither in their chain nor in their bundle are one side. */
function sidesOf(look: Look): Sides {
  const leaves = new Map<string, { holding: Holding; places: LivePlace[] }>();
  const bundles = new Map<string, { holding: Holding; places: LivePlace[] }>();
  const unknown: UnknownPlace[] = [];
  const put = (sides: typeof leaves, key: string, holding: Holding, place: LivePlace): void => {
    const side = sides.get(key) ?? { holding, places: [] };
    sides.set(key, side);
    side.places.push(place);
  };
  visitPlaces(look, {
    live: (holding, place) => {
      if (hasLeaf(holding)) put(leaves, [holding.signer, ...anchorsOf(holding)].join(), holding, place);
      put(bundles, [holding.bundleSha256, ...holding.roots].join(), holding, place);
    },
    unknown: (found) => unknown.push(found),
  });
  return { leaves: [...leaves.values()], bundles: [...bundles.values()], unknown };
}

function refusalReason(leaf: Holding, bundle: Holding): CellReason {
  if (anchorsOf(leaf).length === 0) return 'ChainUnderNoRoot';
  return bundle.roots.length === 0 ? 'BundleEmpty' : 'RootNotTrusted';
}

function refusalText(from: Looked, leaf: Side, to: Looked, bundle: Side, reason: CellReason): string {
  const [shower, verifier] = [leaf.places[0], bundle.places[0]];
  if (shower === undefined || verifier === undefined) return '';
  const shows = `${placeText(shower)}${moreText(leaf)} of ${from.cluster} ${verbFor(shower, 'shows', 'show')}`;
  const chain = reason === 'ChainUnderNoRoot' ? leafText(leaf.holding) : `a leaf under ${leafText(leaf.holding)}`;
  const trusts = reason === 'BundleEmpty' ? 'no root at all' : rootsText(bundle.holding);
  return `${shows} ${chain}; ${placeText(verifier)}${moreText(bundle)} of ${to.cluster} ${verbFor(verifier, 'trusts', 'trust')} ${trusts}`;
}

function moreText({ places }: Side): string {
  return places.length === 1 ? '' : ` and ${places.length - 1} more ${places.length === 2 ? 'place' : 'places'}`;
}

/** The roots of a bundle, as a part of a sentence. */
export function rootsText({ roots }: Pick<Holding, 'roots'>): string {
  return roots.length === 0 ? 'no root' : [...new Set(roots)].map(shortFingerprint).join(', ');
}

function missingText(from: Looked, to: Looked, { leaves, bundles }: CellExplanation['unknown']): string {
  const [leaf] = leaves;
  if (leaf !== undefined) return `what leaves ${from.cluster} shows is not all known: ${unknownText(leaf)}`;
  const [bundle] = bundles;
  return `what ${to.cluster} trusts is not all known: ${bundle === undefined ? '' : unknownText(bundle)}`;
}

/** One pair of clusters as it is at a moment. */
export function explainPair(
  from: string,
  to: string,
  snapshot: Pick<Snapshot, 'evidence'>,
  policy: MatrixPolicy,
  nowMs: number,
): CellExplanation {
  const look = (cluster: string): Looked => ({ cluster, look: lookAt(cluster, snapshot, policy, nowMs) });
  return explainCell(look(from), look(to));
}
