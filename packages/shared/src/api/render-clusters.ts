import type { ClusterStatus, LinkHealth } from './cluster-status.ts';
import type { MeshStatus } from './mesh-status.ts';
import { rootLabel } from './render-roots.ts';
import { type Cell, type Detail, type Paint, printable, renderTable } from './render-table.ts';
import type { Tally } from './vocabulary.ts';
import { ageText, durationText, shorten } from './wording.ts';

const heading = ['CLUSTER', 'PRESENCE', 'LINK', 'ROOTS', 'SIGNER', 'REPLICAS', 'NAMESPACES', 'WORKLOADS', 'WAITS FOR'];
/** What stands besides in a wide table, before the last column. */
const wideHeading = ['TOLD', 'INTERMEDIATE UNTIL', 'REPORT', 'NUDGES', 'AGENT'];
const linkColumn = heading.indexOf('LINK');

/** People write books; the table has room for a sentence. */
const maxNameColumns = 24;
const maxWhyColumns = 80;

/** The evidence of every cluster as a table, then how workloads are known that were not read, and the problems of agents. */
export function renderClusters(status: MeshStatus, paint: Paint, nowMs: number, detail: Detail = 'table'): readonly string[] {
  if (status.clusters.length === 0) return [paint('faint', 'the mesh has no clusters')];
  const rows = status.clusters.map((cluster) => clusterRow(cluster, status, nowMs, detail));
  const unread = status.clusters.flatMap((cluster) => unreadLines(cluster, paint));
  const problems = status.clusters.flatMap(({ name, problems }) =>
    problems.flatMap(({ code, message, remedy }) => [
      paint('bad', printable(`${name}: ${code}: ${message}`)),
      printable(`  remedy: ${remedy}`),
    ]),
  );
  // Where no agent answers, all of them may be of a version that does not.
  const hasLinks = status.clusters.some(({ link }) => link !== undefined);
  const titles = detail === 'wide' ? [...heading.slice(0, -1), ...wideHeading, ...heading.slice(-1)] : heading;
  const shown = hasLinks ? { heading: titles, rows } : { heading: withoutLink(titles), rows: rows.map(withoutLink) };
  return [...renderTable(shown.heading, shown.rows, paint), ...unread, ...problems];
}

function withoutLink<T>(columns: readonly T[]): readonly T[] {
  return columns.toSpliced(linkColumn, 1);
}

/** Where every proxy was read, there is nothing to say. */
function unreadLines({ name, workloads: { methods, unread } }: ClusterStatus, paint: Paint): readonly string[] {
  if (Object.keys(methods).every((method) => method === 'proxy-config') && Object.keys(unread).length === 0) return [];
  const known = `${name}: workloads are known by ${countsText(methods)}; unread: ${countsText(unread) || 'none'}`;
  return [paint(methods.none === undefined ? 'faint' : 'waiting', printable(known))];
}

function countsText(counts: Readonly<Partial<Record<string, number>>>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count ?? 0}`)
    .join(', ');
}

function clusterRow(cluster: ClusterStatus, status: MeshStatus, nowMs: number, detail: Detail): readonly Cell[] {
  return [
    { text: cluster.name },
    { text: cluster.presence, tone: cluster.presence === 'reporting' ? 'good' : 'bad' },
    linkCell(cluster.link, nowMs),
    { text: cluster.roots.map((root) => rootLabel(root, status)).join('+') || '-' },
    { text: cluster.signerRoot === undefined ? '-' : rootLabel(cluster.signerRoot, status) },
    tallyCell(cluster.replicas),
    tallyCell(cluster.namespaces),
    tallyCell(cluster.workloads),
    ...(detail === 'wide' ? wideCells(cluster, nowMs) : []),
    waitCell(cluster, nowMs, detail),
  ];
}

function wideCells({ told, intermediateNotAfter, lastReportAt, nudges, link }: ClusterStatus, nowMs: number): readonly Cell[] {
  return [
    { text: told === undefined ? '-' : `${told.step} ${told.generation}` },
    { text: intermediateNotAfter ?? '-' },
    { text: lastReportAt === undefined ? '-' : `${ageText(lastReportAt, nowMs)} ago` },
    { text: String(nudges) },
    { text: link?.agentVersion ?? '-' },
  ];
}

/** How long the way there and back takes; since when nothing was heard. */
function linkCell(link: LinkHealth | undefined, nowMs: number): Cell {
  if (link === undefined) return { text: '-', tone: 'faint' };
  if (!link.connected) return { text: `✗ for ${ageText(link.heardAt, nowMs)}`, tone: 'bad' };
  const { roundTripMs } = link;
  return { text: `✓ ${roundTripMs < 1_000 ? `${roundTripMs} ms` : durationText(roundTripMs)}`, tone: 'good' };
}

function tallyCell({ reached, total }: Tally): Cell {
  return { text: `${reached}/${total}`, tone: reached === total && total > 0 ? 'good' : 'waiting' };
}

/** Nobody waits for a cluster that is no member: there stands who made it so, and why. */
function waitCell({ name, verdict, membership, deviation }: ClusterStatus, nowMs: number, detail: Detail): Cell {
  const lacks = verdict.passed ? '' : withoutCluster(verdict.message, name);
  if (membership === 'member') return lacks === '' ? { text: '' } : { text: lacks, tone: 'waiting' };
  const cause = deviation === undefined ? '' : ` for ${ageText(deviation.since, nowMs)}, by ${causeText(deviation, detail)}`;
  const way = membership === 'returning' && lacks !== '' ? ` · ${lacks}` : '';
  return { text: `${membership}${cause}${way}`, tone: membership === 'excluded' ? 'bad' : 'waiting' };
}

function causeText({ by, why }: NonNullable<ClusterStatus['deviation']>, detail: Detail): string {
  if (detail === 'wide') return `${by}: ${why}`;
  return `${shorten(by, maxNameColumns)}: ${shorten(why, maxWhyColumns)}`;
}

/** The row names the cluster already. */
function withoutCluster(message: string, cluster: string): string {
  return message.replace(/^waiting: /, '').replace(`${cluster}: `, '');
}
