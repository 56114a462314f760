import type { TrustClassStatus, TrustCounts, TrustMatrix, TrustPair, TrustState } from './matrix.ts';
import { type Cell, type Paint, printable, renderTable, type Tone } from './render-table.ts';
import { shorten, shortFingerprint } from './wording.ts';

const tones: Readonly<Record<TrustState, Tone>> = { green: 'good', red: 'bad', unknown: 'waiting' };
const marks: Readonly<Record<string, Cell>> = {
  g: { text: '✓', tone: 'good' },
  r: { text: '✗', tone: 'bad' },
  u: { text: '?', tone: 'waiting' },
};

/** More clusters than this are shown by classes. */
const maxClusters = 12;
/** More classes than this are listed without a table of their cells. */
const maxClasses = 24;
const maxListedClasses = 50;
const maxNamesWidth = 60;
const maxListed = 10;

/**
 * The matrix as text: each cluster against each where there are few, else the classes of equal ones.
 * @param which as it is, or as it will be while the next row is put in force
 */
export function renderMatrix(matrix: TrustMatrix, which: 'present' | 'projected', paint: Paint): readonly string[] {
  const { mesh, classes, next } = matrix;
  if (which === 'projected') {
    if (next === undefined) return [`mesh ${paint('strong', mesh)}: no row is to come that is put in force by itself`];
    const losses = next.losses.slice(0, maxListed).map(({ message }) => paint('bad', printable(message)));
    return [
      `mesh ${paint('strong', mesh)} while ${next.step} is put in force: ${countsText(next.counts, paint)}`,
      ...renderCells(classes, next.cells, paint),
      ...(losses.length === 0 ? [] : ['', ...losses, ...moreText(next.lossCount - losses.length)]),
    ];
  }
  const gate = matrix.gate === 'given-up' ? ' · strategy NONE is not held up by it' : '';
  const laggards = matrix.refusals?.laggards.slice(0, maxListed) ?? [];
  const lost = next === undefined || next.lossCount === 0 ? [] : ['', paint('bad', lossText(next))];
  return [
    `mesh ${paint('strong', mesh)}: ${countsText(matrix.counts, paint)}${gate}`,
    ...renderCells(classes, matrix.cells, paint),
    ...(laggards.length === 0 ? [] : ['', ...laggards.map(({ message }) => paint('bad', printable(message)))]),
    ...moreText((matrix.refusals?.laggardCount ?? 0) - laggards.length),
    ...lost,
  ];
}

/** One pair, with both sides. */
export function renderPair(pair: TrustPair, paint: Paint): readonly string[] {
  const { from, to, state, reason, message, leaf, bundle, unknown } = pair;
  const heading = `${printable(from)} → ${printable(to)}: ${paint(tones[state], state)} (${reason})`;
  return [
    heading,
    printable(message),
    ...(leaf === undefined
      ? []
      : ['', `leaf    under ${rootsText(leaf.roots)}${signerText(leaf.signer)}`, ...leaf.places.map(placeText)]),
    ...(bundle === undefined
      ? []
      : ['', `bundle  ${shortFingerprint(bundle.sha256)} of ${rootsText(bundle.roots)}`, ...bundle.places.map(placeText)]),
    ...(unknown.length === 0 ? [] : ['', ...unknown.map((each) => paint('waiting', printable(each)))]),
  ];
}

function countsText({ green, red, unknown }: TrustCounts, paint: Paint): string {
  const parts = [
    paint('good', `${green} of ${green + red + unknown} pairs green`),
    ...(red === 0 ? [] : [paint('bad', `${red} red`)]),
    ...(unknown === 0 ? [] : [paint('waiting', `${unknown} unknown`)]),
  ];
  return parts.join(', ');
}

function lossText({ step, lossCount }: NonNullable<TrustMatrix['next']>): string {
  return `${lossCount} ${lossCount === 1 ? 'place' : 'places'} would lose trust by ${step}: --projected shows them`;
}

function renderCells(
  classes: readonly TrustClassStatus[],
  cells: readonly string[] | undefined,
  paint: Paint,
): readonly string[] {
  const clusters = classes
    .flatMap((each, index) => [...each.clusters, ...each.others].map((name) => ({ name, index })))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (cells !== undefined && clusters.length <= maxClusters) {
    const heading = ['LEAF OF \\ VERIFIED BY', ...clusters.map(({ name }) => name)];
    const rows = clusters.map(({ name, index }) => [
      { text: name },
      ...clusters.map((other) => markOf(cells, index, other.index)),
    ]);
    return ['', ...renderTable(heading, rows, paint), '', ...renderClasses(classes, paint)];
  }
  return ['', ...renderClasses(classes, paint), ...renderClassCells(classes, cells, paint)];
}

function renderClasses(classes: readonly TrustClassStatus[], paint: Paint): readonly string[] {
  const rows = classes
    .slice(0, maxListedClasses)
    .map((each, index): Cell[] => [
      { text: String(index + 1) },
      { text: String(each.clusters.length + each.others.length) },
      { text: setsText(each.leaves, each.leavesKnown) },
      { text: setsText(each.bundles, each.bundlesKnown) },
      { text: namesText(each) },
    ]);
  return [
    ...renderTable(['CLASS', 'CLUSTERS', 'LEAVES UNDER', 'BUNDLES', 'NAMES'], rows, paint),
    ...moreText(classes.length - rows.length, 'classes'),
  ];
}

function renderClassCells(
  classes: readonly TrustClassStatus[],
  cells: readonly string[] | undefined,
  paint: Paint,
): readonly string[] {
  if (cells === undefined || classes.length > maxClasses) return [];
  const heading = ['LEAF OF \\ VERIFIED BY', ...classes.map((_, index) => String(index + 1))];
  const rows = classes.map((_, from) => [{ text: String(from + 1) }, ...classes.map((__, to) => markOf(cells, from, to))]);
  return ['', ...renderTable(heading, rows, paint)];
}

function markOf(cells: readonly string[], from: number, to: number): Cell {
  return marks[cells[from]?.[to] ?? ''] ?? { text: ' ' };
}

function setsText(sets: readonly (readonly string[])[], known: TrustClassStatus['leavesKnown']): string {
  const texts = [...sets.map(rootsText), ...(known === 'all' ? [] : ['?'])];
  return texts.length === 0 ? '-' : texts.join(' | ');
}

function rootsText(roots: readonly string[]): string {
  return roots.length === 0 ? 'no root' : roots.map(shortFingerprint).join('+');
}

function namesText({ clusters, others }: TrustClassStatus): string {
  return shorten([...clusters, ...others.map((name) => `(${name})`)].slice(0, maxNamesWidth).join(', '), maxNamesWidth);
}

function signerText(signer: string | undefined): string {
  return signer === undefined ? ', which signs by itself' : `, signed by ${shortFingerprint(signer)}`;
}

function placeText(place: string): string {
  return `        ${printable(place)}`;
}

function moreText(more: number, what = ''): readonly string[] {
  return more > 0 ? [`and ${more} more${what === '' ? '' : ` ${what}`}`] : [];
}
