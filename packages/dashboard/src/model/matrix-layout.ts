import type { TrustClassStatus, TrustState } from '@reroot/shared/api';

/** A row, and a column, of the heat map: one cluster, or all those that no peer can tell apart. */
export interface Band {
  /** Index of the class. */
  readonly index: number;
  readonly label: string;
  /** What stands beside it: its name, or the number that its class has in the table. */
  readonly mark: string;
  readonly clusters: readonly string[];
  /** Along the axis. */
  readonly start: number;
  readonly size: number;
}

/** The heat map: the same bands along both axes. */
export interface MatrixLayout {
  readonly bands: readonly Band[];
  readonly by: 'cluster' | 'class';
  readonly extent: number;
}

/** More clusters than this are shown by classes: a band must be wide enough to be hit. */
const maxClusters = 64;
/** A class of one cluster among a thousand must be seen. */
const leastBand = 14;

const collator = new Intl.Collator('en', { numeric: true });

/** Divides an axis among the clusters, or among their classes by how many clusters are in each. */
export function layOutMatrix(classes: readonly TrustClassStatus[], extent: number): MatrixLayout {
  const all = classes.map((each, index) => ({ index, clusters: [...each.clusters, ...each.others] }));
  const count = all.reduce((sum, { clusters }) => sum + clusters.length, 0);
  if (count <= maxClusters) {
    const single = all
      .flatMap(({ index, clusters }) => clusters.map((name) => ({ index, label: name, mark: name, clusters: [name] })))
      .toSorted((a, b) => collator.compare(a.label, b.label));
    return { by: 'cluster', extent, bands: divide(single, () => 1, extent) };
  }
  const grouped = all.map(({ index, clusters }) => ({
    ...{ index, clusters },
    label: labelOf(clusters),
    mark: String(index + 1),
  }));
  return { by: 'class', extent, bands: divide(grouped, ({ clusters }) => clusters.length, extent) };
}

const longestSide = 640;
/** Larger cells say no more. */
const largestCell = 56;
/** Names stand beside bands that are as high as a line. */
const namedFrom = 15;
const marginForNames = 104;
const marginForNumbers = 28;

/** How large the map is where so much width is to be had, and the room for names before it: above, and to the left. */
export function sideOf(classes: readonly TrustClassStatus[], width: number): { readonly side: number; readonly margin: number } {
  const count = classes.reduce((sum, each) => sum + each.clusters.length + each.others.length, 0);
  const named = Math.min(longestSide, width - marginForNames, count * largestCell);
  if (count > maxClusters) return { side: Math.min(longestSide, width - marginForNumbers), margin: marginForNumbers };
  return named / Math.max(1, count) >= namedFrom
    ? { side: named, margin: marginForNames }
    : { side: Math.min(longestSide, width, count * largestCell), margin: 0 };
}

function labelOf(clusters: readonly string[]): string {
  const [first = ''] = clusters;
  return clusters.length === 1 ? first : `${first} and ${clusters.length - 1} more`;
}

type Unplaced = Omit<Band, 'start' | 'size'>;

/** By weight, but none smaller than can be seen, where there is room for that. */
function divide(among: readonly Unplaced[], weigh: (each: Unplaced) => number, extent: number): readonly Band[] {
  const least = Math.min(leastBand, extent / Math.max(1, among.length));
  const spare = extent - least * among.length;
  const total = among.reduce((sum, each) => sum + weigh(each), 0);
  let start = 0;
  return among.map((each) => {
    const size = least + (total === 0 ? 0 : (spare * weigh(each)) / total);
    const band = { ...each, start, size };
    start += size;
    return band;
  });
}

const states: Readonly<Record<string, TrustState>> = { g: 'green', r: 'red', u: 'unknown' };

/** What a cell of the matrix is; undefined where the answer has no cells. */
export function cellState(cells: readonly string[] | undefined, from: Band, to: Band): TrustState | undefined {
  return states[cells?.[from.index]?.[to.index] ?? ''];
}

/** The band at a place of the axis; -1 before the first. */
export function bandAt({ bands }: MatrixLayout, place: number): number {
  return bands.findLastIndex(({ start }) => place >= start);
}

/** The band that a cluster is in; -1 for none. */
export function bandOf({ bands }: MatrixLayout, cluster: string | undefined): number {
  return cluster === undefined ? -1 : bands.findIndex(({ clusters }) => clusters.includes(cluster));
}
