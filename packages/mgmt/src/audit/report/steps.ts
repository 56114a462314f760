import { isDeepStrictEqual } from 'node:util';
import { type Content, counted, escape, file, type Html, joined, names, paragraph, type Section, table, time } from './html.ts';
import type { KeptCluster, KeptMoment, KeptMoments } from './kept-moment.ts';

const moveText: Readonly<Record<string, string>> = {
  start: 'when it started',
  verify: 'proven everywhere',
  advance: 'left for the next',
  finish: 'the last one, finished',
  settle: 'rolled back',
  fail: 'failed',
  stepBack: 'taken back',
};

/** A matrix of more classes is read from its file. */
const maxShownClasses = 12;
const maxShownPairs = 100;

/** What the clusters held, and who accepted whom, at each moment that was kept. */
export function renderSteps({ start, steps }: KeptMoments): Section {
  const moments = start === undefined ? steps : [start, ...steps];
  const heads = ['When (UTC)', 'Step', 'Pairs of clusters', 'Clusters', 'istiod replicas', 'Namespaces', 'Workloads', 'File'];
  return {
    id: 'steps',
    title: 'What the clusters held at each step',
    content: joined(
      paragraph('Counted over the clusters that count then; what has reached the row of the step, of all that there was.'),
      table('What the clusters held at each step', heads, moments.map(rowOf)),
    ),
  };
}

function rowOf({ at, move, step, generation, matrix, clusters, seq }: KeptMoment): Content[] {
  const members = clusters.filter(({ membership }) => membership === 'member');
  const { green, red, unknown } = matrix.counts;
  const apart = clusters.length - members.length;
  return [
    time(Date.parse(at)),
    `${step}, generation ${generation}: ${moveText[move] ?? move}`,
    red + unknown === 0 ? `all ${green} accept` : `${green} accept, ${red} refuse, ${unknown} unknown`,
    `${members.length}${apart === 0 ? '' : `, and ${apart} left out`}`,
    reachedIn(members, 'replicas'),
    reachedIn(members, 'namespaces'),
    reachedIn(members, 'workloads'),
    file(`evidence/${seq}.json`),
  ];
}

function reachedIn(clusters: readonly KeptCluster[], level: 'replicas' | 'namespaces' | 'workloads'): string {
  const sum = (pick: 'reached' | 'total'): number => clusters.reduce((total, cluster) => total + cluster[level][pick], 0);
  return `${sum('reached')} of ${sum('total')}`;
}

/** Who accepts whom: the matrix by classes where it has more than one, and each pair that is not green. */
export function renderMatrices({ start, steps }: KeptMoments): Section {
  const moments = start === undefined ? steps : [start, ...steps];
  const about = paragraph(
    'Clusters of one class cannot be told apart by any peer: what holds for one holds for all. A row shows its certificates, a column verifies them.',
  );
  return {
    id: 'matrix',
    title: 'The trust matrix at each step',
    content: joined(about, ...moments.map((moment, index) => renderMatrix(moment, moments[index - 1]))),
  };
}

function renderMatrix(moment: KeptMoment, before: KeptMoment | undefined): Html {
  const { step, move, generation, matrix, seq } = moment;
  const { classes, classCount, cells } = matrix;
  const title = `${step}, generation ${generation}: ${moveText[move] ?? move}`;
  const head = { html: `<h3>${escape(title)}</h3>` };
  if (classCount === undefined)
    return joined(head, paragraph('The matrix itself was not kept then, but its counts. ', pairsText(moment)));
  if (classes === undefined || cells === undefined || classCount > maxShownClasses) {
    return joined(
      head,
      paragraph(`${classCount} classes: the matrix is in `, file(`evidence/${seq}.json`), '. ', pairsText(moment)),
    );
  }
  if (before !== undefined && isDeepStrictEqual({ ...before.matrix, notGreen: [] }, { ...matrix, notGreen: [] })) {
    return joined(head, paragraph('As at the moment before.'));
  }
  const [only] = classes;
  if (classCount === 1 && only !== undefined) {
    return joined(
      head,
      paragraph(`One class: ${counted(only.length, 'cluster')}, of which each ${wordOf(cells[0] ?? '')} each.`),
    );
  }
  const away = new Set(moment.clusters.flatMap(({ cluster, membership }) => (membership === 'member' ? [] : [cluster])));
  return joined(head, drawMatrix(title, { classes, cells, away }), pairsText(moment));
}

interface DrawnMatrix {
  readonly classes: readonly (readonly string[])[];
  readonly cells: readonly string[];
  /** Clusters that do not count. */
  readonly away: ReadonlySet<string>;
}

function drawMatrix(title: string, { classes, cells, away }: DrawnMatrix): Html {
  const heads = classes.map((_, index) => `<th scope="col">${letterOf(index)}</th>`).join('');
  const rows = cells.map((line, index) => {
    const body = [...line].map((state) => `<td class="${escape(state)}">${wordOf(state)}</td>`).join('');
    return `<tr><th scope="row">${letterOf(index)}</th>${body}</tr>`;
  });
  const legend = classes.map((clusters, index) => {
    const left = clusters.filter((cluster) => away.has(cluster)).length;
    const told =
      left === 0
        ? ''
        : left === clusters.length
          ? ` that ${left === 1 ? 'is' : 'are'} left out`
          : `, of which ${left} are left out`;
    return `${letterOf(index)}: ${counted(clusters.length, 'cluster')}${told}: ${names(clusters, 20)}`;
  });
  const label = escape(`Matrix of ${title}`);
  return {
    html: `<div class="wide" role="region" aria-label="${label}" tabindex="0"><table class="matrix" aria-label="${label}"><thead><tr><td></td>${heads}</tr></thead><tbody>${rows.join('')}</tbody></table></div>
<p class="names">${legend.map(escape).join('<br>')}</p>`,
  };
}

function wordOf(state: string): string {
  return { g: 'accepts', r: 'refuses' }[state] ?? 'unknown';
}

function letterOf(index: number): string {
  return String.fromCodePoint(0x41 + index);
}

function pairsText({ matrix: { counts, notGreen } }: KeptMoment): Html {
  const open = counts.red + counts.unknown;
  if (open === 0) return paragraph('Of the clusters that count, each accepts each.');
  const pairs = notGreen.slice(0, maxShownPairs).map(({ state, from = '?', ofClusters = 1, to = '?', inClusters = 1 }) => {
    const [shown, verified] = [more(from, ofClusters), more(to, inClusters)];
    return `${verified} ${state === 'red' ? 'refuses' : 'may refuse'} ${shown}`;
  });
  return {
    html: `<p class="names">${open} pairs of clusters that count were not known to accept: ${escape(pairs.join('; '))}${notGreen.length > pairs.length ? '; and more, in the file' : ''}.</p>`,
  };
}

function more(cluster: string, count: number): string {
  return count > 1 ? `${cluster} (and ${count - 1} like it)` : cluster;
}
