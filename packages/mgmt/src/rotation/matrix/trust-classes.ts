import { RerootError } from '@reroot/shared/errors';
import { type Face, faceOf, type RootSet } from './face.ts';
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
  /** Places in the list of leaf kinds. */
  readonly leaves: readonly number[];
  /** The roots of each bundle, as numbers. */
  readonly bundles: readonly (readonly number[])[];
  /** One bit for each leaf kind: whether every bundle of the class accepts it. */
  accepts: Uint32Array;
}

/** The numbers that leaf chains and roots are known by. */
interface Numbers {
  readonly roots: Map<string, number>;
  /** Chains that verify under the same roots are of one kind; nearly always that is one root. */
  readonly kinds: Map<string, number>;
  /** The roots of each kind. */
  readonly anchors: (readonly number[])[];
}

const states = ['green', 'red', 'unknown'] as const satisfies readonly CellState[];
const [green, red, unknown] = [0, 1, 2];

/** Numbers that no class uses are kept for as long as there are no more of them than this and the double of those in use. */
const spareNumbers = 256;

/**
 * Starts without clusters. A change costs one step for each class; nothing is ever done for each pair of clusters, and
 * the number of cells of each state is kept by what each change adds to it.
 */
export function createTrustClasses(): TrustClasses {
  let numbers: Numbers = { roots: new Map(), kinds: new Map(), anchors: [] };
  const entries = new Map<string, Entry>();
  const places = new Map<string, Entry>();
  const cells = new Float64Array(states.length);
  let inUse = 0;

  const change = (entry: Entry, cluster: string, by: 1 | -1): void => {
    weigh(entry, by, entries.values(), cells);
    if (by === 1) entry.clusters.add(cluster);
    else entry.clusters.delete(cluster);
  };
  const open = (face: Face): Entry => {
    const before = numbers.anchors.length;
    const entry = makeEntry(face, numbers);
    if (numbers.anchors.length > before) for (const other of entries.values()) learn(other, numbers, before);
    learn(entry, numbers, 0);
    entries.set(face.key, entry);
    inUse += sizeOf(entry.face);
    return entry;
  };
  const drop = (cluster: string): void => {
    const entry = places.get(cluster);
    if (entry === undefined) return;
    change(entry, cluster, -1);
    places.delete(cluster);
    if (entry.clusters.size > 0) return;
    entries.delete(entry.face.key);
    inUse -= sizeOf(entry.face);
  };
  const put = (cluster: string, face: Face): void => {
    const entry = entries.get(face.key) ?? open(face);
    if (places.get(cluster) === entry) return;
    change(entry, cluster, 1);
    drop(cluster);
    places.set(cluster, entry);
    if (numbers.anchors.length + numbers.roots.size > spareNumbers + 2 * inUse) renumber();
  };
  /** Whoever reports new roots again and again must not make mgmt grow. */
  const renumber = (): void => {
    const held = [...places].map(([cluster, { face }]) => [cluster, face] as const);
    numbers = { roots: new Map(), kinds: new Map(), anchors: [] };
    entries.clear();
    places.clear();
    cells.fill(0);
    inUse = 0;
    for (const [cluster, face] of held) put(cluster, face);
  };

  return {
    put,
    drop,
    classOf: (cluster) => places.get(cluster),
    all: () => entries.values(),
    stateOf: (from, to) => states[stateOf(requireEntry(from, entries), requireEntry(to, entries))] ?? 'unknown',
    counts: () => ({ green: cells[green] ?? 0, red: cells[red] ?? 0, unknown: cells[unknown] ?? 0 }),
  };
}

/** The matrix of some clusters, from scratch. */
export function classify(clusters: readonly string[], lookOf: (cluster: string) => Look): TrustClasses {
  const classes = createTrustClasses();
  for (const cluster of clusters) classes.put(cluster, faceOf(lookOf(cluster)));
  return classes;
}

/** Adds what one cluster more, or less, makes to the number of cells: its row, its column, and itself once. */
function weigh(entry: Entry, by: 1 | -1, entries: Iterable<Entry>, cells: Float64Array): void {
  for (const other of entries) {
    const pairs = by * other.clusters.size;
    if (pairs === 0) continue;
    addTo(cells, stateOf(entry, other), pairs);
    addTo(cells, stateOf(other, entry), pairs);
  }
  addTo(cells, stateOf(entry, entry), 1);
}

function addTo(cells: Float64Array, state: number, pairs: number): void {
  cells[state] = (cells[state] ?? 0) + pairs;
}

function stateOf(from: Entry, to: Entry): number {
  const { accepts } = to;
  for (const kind of from.leaves) if ((((accepts[kind >>> 5] ?? 0) >>> (kind & 31)) & 1) === 0) return red;
  return from.face.leavesKnown === 'all' && to.face.bundlesKnown === 'all' ? green : unknown;
}

function makeEntry(face: Face, numbers: Numbers): Entry {
  const bundles = face.bundles.map((bundle) => bundle.map((root) => numberOf(numbers.roots, root)));
  const leaves = face.leaves.map((anchors) => kindOf(anchors, numbers));
  return { face, clusters: new Set(), leaves, bundles, accepts: new Uint32Array(0) };
}

function kindOf(anchors: RootSet, { roots, kinds, anchors: known }: Numbers): number {
  const kind = numberOf(kinds, anchors.join());
  known[kind] ??= anchors.map((root) => numberOf(roots, root));
  return kind;
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}

/** Notes which kinds of leaves a class accepts, from the first one on that it has not heard of. */
function learn(entry: Entry, { anchors }: Numbers, from: number): void {
  const words = (anchors.length + 31) >>> 5;
  if (entry.accepts.length < words) {
    // Room for as many again: each kind that comes would move all of them else.
    const grown = new Uint32Array(words * 2);
    grown.set(entry.accepts);
    entry.accepts = grown;
  }
  const { accepts, bundles } = entry;
  for (let kind = from; kind < anchors.length; kind += 1) {
    const above = anchors[kind] ?? [];
    if (bundles.every((bundle) => above.some((root) => bundle.includes(root)))) {
      accepts[kind >>> 5] = (accepts[kind >>> 5] ?? 0) | (1 << (kind & 31));
    }
  }
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
