import { RerootError } from '@reroot/shared/errors';
import { type BundleGroup, type CellCount, createCellCount, type LeafGroup } from './cell-count.ts';
import { type Face, faceOf } from './face.ts';
import type { Look } from './live-places.ts';

/** Whether every live leaf of one cluster is accepted by every live bundle of another. */
export type CellState = 'green' | 'red' | 'unknown';

/** How many ordered pairs of clusters there are of each state; a cluster with itself is one. */
export type CellCounts = Readonly<Record<CellState, number>>;

/** Clusters with equal faces. */
export interface TrustClass {
  readonly face: Face;
  readonly clusters: ReadonlySet<string>;
}

/** The trust matrix of a set of clusters, kept by classes of equal ones; it is right after each change. */
export interface TrustClasses {
  /** Puts a cluster in, or in the place of what it was before. */
  put(cluster: string, face: Face): void;
  drop(cluster: string): void;
  classOf(cluster: string): TrustClass | undefined;
  /** In no particular order. */
  all(): Iterable<TrustClass>;
  /** Whether leaves of one class are accepted by bundles of another, which may be the same. */
  stateOf(from: TrustClass, to: TrustClass): CellState;
  counts(): CellCounts;
}

/** A class while it is kept. */
interface Entry extends TrustClass {
  readonly clusters: Set<string>;
  readonly leaves: LeafGroup;
  readonly bundles: BundleGroup;
}

/** Numbers that no class uses are kept for as long as there are no more of them than this and the double of those in use. */
const spareNumbers = 256;

/** Starts without clusters. */
export function createTrustClasses(): TrustClasses {
  let cells: CellCount = createCellCount();
  const entries = new Map<string, Entry>();
  const places = new Map<string, Entry>();
  let inUse = 0;

  const open = (face: Face): Entry => {
    const entry: Entry = { face, clusters: new Set(), leaves: cells.leavesOf(face), bundles: cells.bundlesOf(face) };
    entries.set(face.key, entry);
    inUse += sizeOf(face);
    return entry;
  };
  const drop = (cluster: string): void => {
    const entry = places.get(cluster);
    if (entry === undefined) return;
    places.delete(cluster);
    entry.clusters.delete(cluster);
    cells.resize(entry.leaves, entry.bundles, -1);
    if (entry.clusters.size > 0) return;
    entries.delete(entry.face.key);
    inUse -= sizeOf(entry.face);
  };
  const put = (cluster: string, face: Face): void => {
    const known = entries.get(face.key);
    if (known !== undefined && places.get(cluster) === known) return;
    drop(cluster);
    const entry = known !== undefined && known.clusters.size > 0 ? known : open(face);
    entry.clusters.add(cluster);
    places.set(cluster, entry);
    cells.resize(entry.leaves, entry.bundles, 1);
    if (cells.given() > spareNumbers + 2 * inUse) renumber();
  };
  /** Whoever reports new roots again and again must not make mgmt grow. */
  const renumber = (): void => {
    const held = [...places].map(([cluster, { face }]) => [cluster, face] as const);
    cells = createCellCount();
    entries.clear();
    places.clear();
    inUse = 0;
    for (const [cluster, face] of held) put(cluster, face);
  };

  return {
    put,
    drop,
    classOf: (cluster) => places.get(cluster),
    all: () => entries.values(),
    stateOf: (from, to) => {
      const [{ leaves }, { bundles }] = [requireEntry(from, entries), requireEntry(to, entries)];
      if (!cells.accepts(bundles, leaves)) return 'red';
      return leaves.known === 'all' && bundles.known === 'all' ? 'green' : 'unknown';
    },
    counts: () => {
      const { all: green, 'not-all': unknown } = cells.accepting();
      return { green, red: places.size ** 2 - green - unknown, unknown };
    },
  };
}

/** The matrix of some clusters, from scratch. */
export function classify(clusters: readonly string[], lookOf: (cluster: string) => Look): TrustClasses {
  const classes = createTrustClasses();
  for (const cluster of clusters) classes.put(cluster, faceOf(lookOf(cluster)));
  return classes;
}

/** At least as many numbers as the class needs. */
function sizeOf({ leaves, bundles }: Face): number {
  const ofLeaves = leaves.reduce((sum, anchors) => sum + anchors.length + 1, 0);
  return bundles.reduce((sum, bundle) => sum + bundle.length, ofLeaves);
}

/** @throws RR_INTERNAL for a class that all of its clusters have left */
function requireEntry({ face }: TrustClass, entries: ReadonlyMap<string, Entry>): Entry {
  const entry = entries.get(face.key);
  if (entry === undefined) throw new RerootError('RR_INTERNAL', `no cluster has the face ${face.key}`);
  return entry;
}
