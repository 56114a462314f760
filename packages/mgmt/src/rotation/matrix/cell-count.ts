import type { Face, Known, RootSet } from './face.ts';
import { createRootNumbers, hasBit, type RootNumbers, withBit } from './root-numbers.ts';

/** Leaves that clusters show. Those that show the same are one group, whatever they trust. */
export interface LeafGroup {
  readonly key: string;
  /** Numbers of their kinds. */
  readonly kinds: readonly number[];
  readonly known: Known;
  /** How many clusters. */
  size: number;
}

/** Bundles that clusters have. Those that have the same are one group, whatever they show. */
export interface BundleGroup {
  readonly key: string;
  readonly bundles: readonly (readonly number[])[];
  readonly known: Known;
  size: number;
  /** The kinds of leaves that every bundle of the group accepts, of those that it has heard of. */
  bits: Uint32Array;
  /** How many kinds it has heard of. */
  heard: number;
  /** How many clusters show leaves that it accepts: all of those known, and not all. */
  readonly shown: Record<Known, number>;
}

/** How many ordered pairs of clusters accept each other's leaves: all of it known, and not all. */
export type Accepting = Readonly<Record<Known, number>>;

/** Counts the pairs of a matrix without ever going through them. */
export interface CellCount {
  /** The group of a face's leaves; it counts once a cluster is put into it. */
  leavesOf(face: Face): LeafGroup;
  bundlesOf(face: Face): BundleGroup;
  /** One cluster more, or less, in both. */
  resize(leaves: LeafGroup, bundles: BundleGroup, by: 1 | -1): void;
  /** Whether every bundle of the one accepts every leaf of the other. */
  accepts(bundles: BundleGroup, leaves: LeafGroup): boolean;
  accepting(): Accepting;
  /** How many numbers of roots and kinds were given. */
  given(): number;
}

/**
 * Starts without clusters. Before anybody asks, clusters are only put together; the first count goes through what each group of
 * bundles accepts. After that each change costs a step for each group of bundles.
 */
export function createCellCount(): CellCount {
  const numbers = createRootNumbers();
  const leafGroups = new Map<string, LeafGroup>();
  const bundleGroups = new Map<string, BundleGroup>();
  const pairs: Record<Known, number> = { all: 0, 'not-all': 0 };
  let counted: 'yes' | 'no' = 'no';

  const accepts = (bundles: BundleGroup, { kinds }: LeafGroup): boolean => {
    if (bundles.bundles.length === 0) return true;
    if (bundles.heard < numbers.kinds()) learn(bundles, numbers);
    for (const kind of kinds) if (!hasBit(bundles.bits, kind)) return false;
    return true;
  };
  const count = (): void => {
    const byFirstKind = groupByFirstKind(leafGroups.values());
    pairs.all = 0;
    pairs['not-all'] = 0;
    for (const group of bundleGroups.values()) {
      group.shown.all = 0;
      group.shown['not-all'] = 0;
      if (group.bundles.length > 0 && group.heard < numbers.kinds()) learn(group, numbers);
      const within = group.bundles.length === 0 ? leafGroups.values() : candidatesOf(group, numbers, byFirstKind);
      for (const leaves of within) if (accepts(group, leaves)) group.shown[leaves.known] += leaves.size;
      addPairs(pairs, group, group.size);
    }
    counted = 'yes';
  };

  const recount = (leaves: LeafGroup, bundles: BundleGroup, by: 1 | -1): void => {
    for (const group of bundleGroups.values()) {
      if (!accepts(group, leaves)) continue;
      group.shown[leaves.known] += by;
      pairs[bothKnown(leaves.known, group.known)] += by * group.size;
    }
    addPairs(pairs, bundles, by);
  };

  return {
    accepts,
    leavesOf: ({ leaves, leavesKnown }) => {
      const key = keyOf(leaves, leavesKnown);
      const known = leafGroups.get(key);
      if (known !== undefined) return known;
      const group: LeafGroup = { key, kinds: leaves.map(numbers.kindOf), known: leavesKnown, size: 0 };
      leafGroups.set(key, group);
      return group;
    },
    bundlesOf: ({ bundles, bundlesKnown }) => {
      const key = keyOf(bundles, bundlesKnown);
      const known = bundleGroups.get(key);
      if (known !== undefined) return known;
      const shown = { all: 0, 'not-all': 0 };
      const sets = bundles.map(numbers.bundleOf);
      const bits = new Uint32Array(0);
      const group: BundleGroup = { key, bundles: sets, known: bundlesKnown, size: 0, bits, heard: 0, shown };
      bundleGroups.set(key, group);
      if (counted === 'yes') {
        for (const leaves of leafGroups.values()) if (accepts(group, leaves)) shown[leaves.known] += leaves.size;
      }
      return group;
    },
    resize: (leaves, bundles, by) => {
      if (counted === 'yes') recount(leaves, bundles, by);
      leaves.size += by;
      bundles.size += by;
      // A group that all have left is forgotten: there is no end to what may be reported.
      if (leaves.size === 0) leafGroups.delete(leaves.key);
      if (bundles.size === 0) bundleGroups.delete(bundles.key);
    },
    accepting: () => {
      if (counted === 'no') count();
      return pairs;
    },
    given: numbers.given,
  };
}

function addPairs(pairs: Record<Known, number>, { shown, known }: BundleGroup, clusters: number): void {
  pairs[bothKnown('all', known)] += clusters * shown.all;
  pairs['not-all'] += clusters * shown['not-all'];
}

function bothKnown(leaves: Known, bundles: Known): Known {
  return leaves === 'all' ? bundles : 'not-all';
}

function keyOf(sets: readonly RootSet[], known: Known): string {
  return `${known};${sets.length};${sets.map((set) => set.join()).join(';')}`;
}

/** Notes which kinds a group accepts, of those that it has not heard of. */
function learn(group: BundleGroup, numbers: RootNumbers): void {
  const [first = [], ...others] = group.bundles;
  if (group.heard === 0) {
    for (const kind of numbers.accepted(first)) {
      if (others.every((bundle) => numbers.accepts(bundle, kind))) group.bits = withBit(group.bits, kind);
    }
  } else {
    for (let kind = group.heard; kind < numbers.kinds(); kind += 1) {
      if (group.bundles.every((bundle) => numbers.accepts(bundle, kind))) group.bits = withBit(group.bits, kind);
    }
  }
  group.heard = numbers.kinds();
}

/** Groups by their first kind; -1 for those that show no leaf. */
function groupByFirstKind(groups: Iterable<LeafGroup>): ReadonlyMap<number, readonly LeafGroup[]> {
  const found = new Map<number, LeafGroup[]>();
  for (const group of groups) {
    const first = group.kinds[0] ?? -1;
    const same = found.get(first);
    if (same === undefined) found.set(first, [group]);
    else same.push(group);
  }
  return found;
}

/** The groups that these bundles could accept: whoever accepts all leaves of a group accepts its first one. */
function* candidatesOf(
  { bundles }: BundleGroup,
  numbers: RootNumbers,
  byFirstKind: ReadonlyMap<number, readonly LeafGroup[]>,
): Iterable<LeafGroup> {
  yield* byFirstKind.get(-1) ?? [];
  for (const kind of new Set(numbers.accepted(bundles[0] ?? []))) yield* byFirstKind.get(kind) ?? [];
}
