import type { ClusterEvidence, Holding } from '../evidence.ts';
import type { RequiredEvidence } from '../policy.ts';
import { anchorsOf, hasLeaf, type Look, visitPlaces } from './live-places.ts';

/** Whether everything that is asked for is known. */
export type Known = 'all' | 'not-all';

/**
 * What a cluster shows to others and what it verifies others by, reduced to what decides a handshake. Clusters with equal
 * faces cannot be told apart by any peer.
 */
export interface Face {
  /** Of each live leaf chain, the roots that it verifies under, sorted; empty for one that verifies under none. Each set once. */
  readonly leaves: readonly RootSet[];
  /** Of each live bundle, its roots, sorted. Each set once. */
  readonly bundles: readonly RootSet[];
  readonly leavesKnown: Known;
  readonly bundlesKnown: Known;
  /** The same for equal faces, and for no others. */
  readonly key: string;
}

/** Fingerprints, sorted, each once. */
export type RootSet = readonly string[];

/** What was found for a report, for as long as it is kept: it says the same each time, and the clock adds only silence. */
const faces = new WeakMap<ClusterEvidence, { readonly required: RequiredEvidence; readonly face: Face }>();

/** Reduces what is known of one cluster. */
export function faceOf(look: Look): Face {
  const { evidence, presence, required } = look;
  if (evidence === undefined || presence !== 'reporting') return reduce(look);
  const known = faces.get(evidence);
  if (known?.required === required) return known.face;
  const face = reduce(look);
  faces.set(evidence, { required, face });
  return face;
}

/** Places that hold the same share one holding, so each is looked at once. */
function reduce(look: Look): Face {
  const holdings = new Set<Holding>();
  let [leavesKnown, bundlesKnown]: [Known, Known] = ['all', 'all'];
  visitPlaces(look, {
    live: (holding) => holdings.add(holding),
    unknown: ({ why }) => {
      leavesKnown = 'not-all';
      if (why !== 'no-leaf') bundlesKnown = 'not-all';
    },
  });
  const leaves = new Map<string, RootSet>();
  const bundles = new Map<string, RootSet>();
  for (const holding of holdings) {
    if (hasLeaf(holding)) put(leaves, anchorsOf(holding));
    put(bundles, holding.roots);
  }
  return makeFace(leaves, bundles, leavesKnown, bundlesKnown);
}

/** The face of a cluster that besides shows one more leaf and has one more bundle. */
export function withTrust(face: Face, { leaf, bundle }: { readonly leaf: RootSet; readonly bundle: RootSet }): Face {
  const leaves = new Map(face.leaves.map((set) => [set.join(), set]));
  const bundles = new Map(face.bundles.map((set) => [set.join(), set]));
  put(leaves, leaf);
  put(bundles, bundle);
  return makeFace(leaves, bundles, face.leavesKnown, face.bundlesKnown);
}

function put(sets: Map<string, RootSet>, roots: readonly string[]): void {
  const set = roots.length < 2 ? roots : [...new Set(roots)].toSorted();
  sets.set(set.join(), set);
}

function makeFace(
  leaves: ReadonlyMap<string, RootSet>,
  bundles: ReadonlyMap<string, RootSet>,
  leavesKnown: Known,
  bundlesKnown: Known,
): Face {
  const [leafKeys, bundleKeys] = [sortedKeys(leaves), sortedKeys(bundles)];
  return {
    leaves: leafKeys.map((key) => leaves.get(key) ?? []),
    bundles: bundleKeys.map((key) => bundles.get(key) ?? []),
    leavesKnown,
    bundlesKnown,
    // Counted first: a bundle without roots is not the same as no bundle.
    key: [leafKeys.length, ...leafKeys, leavesKnown, bundleKeys.length, ...bundleKeys, bundlesKnown].join(';'),
  };
}

function sortedKeys(sets: ReadonlyMap<string, RootSet>): readonly string[] {
  const keys = [...sets.keys()];
  return keys.length < 2 ? keys : keys.toSorted();
}
