import type { ClusterStatus } from '@reroot/shared/api';
import { hasProblem, type Mark, markOf, marks, waitText } from './standing.ts';

/** What of a fleet is shown, and how; all of it stands in the URL. */
export interface FleetQuery {
  /** Part of a name, or of what is waited for. */
  readonly text: string;
  /** None: all of them. */
  readonly marks: readonly Mark[];
  readonly problems: 'only' | 'all';
  readonly sort: FleetSort;
  readonly look: 'grid' | 'table';
}

export const fleetSorts = ['standing', 'name', 'problems', 'round-trip'] as const;
export type FleetSort = (typeof fleetSorts)[number];

/** A cluster with what is known of it at a glance. */
export interface FleetEntry {
  readonly cluster: ClusterStatus;
  readonly mark: Mark;
  readonly waits: string;
  readonly hasProblem: boolean;
}

/** Every cluster at a glance, in the order of the mesh. */
export function surveyFleet(clusters: readonly ClusterStatus[], handshakes: 'proven' | 'not-proven'): readonly FleetEntry[] {
  return clusters.map((cluster) => ({
    cluster,
    mark: markOf(cluster, handshakes),
    waits: waitText(cluster),
    hasProblem: hasProblem(cluster),
  }));
}

/** Those that are asked for, in the order that is asked for. */
export function selectFleet(entries: readonly FleetEntry[], query: FleetQuery): readonly FleetEntry[] {
  const text = query.text.trim().toLowerCase();
  return entries
    .filter(({ mark }) => query.marks.length === 0 || query.marks.includes(mark))
    .filter((entry) => query.problems === 'all' || entry.hasProblem)
    .filter(({ cluster, waits }) => text === '' || `${cluster.name} ${waits}`.toLowerCase().includes(text))
    .toSorted((a, b) => compare(a, b, query.sort) || byName(a, b));
}

function compare(a: FleetEntry, b: FleetEntry, sort: FleetSort): number {
  switch (sort) {
    case 'name':
      return 0;
    case 'standing':
      return marks.indexOf(a.mark) - marks.indexOf(b.mark);
    case 'problems':
      return b.cluster.problems.length - a.cluster.problems.length || Number(b.hasProblem) - Number(a.hasProblem);
    case 'round-trip':
      return (b.cluster.link?.roundTripMs ?? Infinity) - (a.cluster.link?.roundTripMs ?? Infinity) || 0;
  }
}

const collator = new Intl.Collator('en', { numeric: true });

function byName(a: FleetEntry, b: FleetEntry): number {
  return collator.compare(a.cluster.name, b.cluster.name);
}

/** How many there are of each mark, those that there are none of left out. */
export function countMarks(entries: readonly FleetEntry[]): readonly { readonly mark: Mark; readonly count: number }[] {
  return marks
    .map((mark) => ({ mark, count: entries.filter((entry) => entry.mark === mark).length }))
    .filter(({ count }) => count > 0);
}

/** What the URL says; what it says wrongly is passed over. */
export function readFleetQuery(params: URLSearchParams): FleetQuery {
  const asked = (params.get('level') ?? '').split(',');
  const sort = fleetSorts.find((each) => each === params.get('sort'));
  return {
    text: params.get('q') ?? '',
    marks: marks.filter((mark) => asked.includes(mark)),
    problems: params.get('problems') === 'only' ? 'only' : 'all',
    sort: sort ?? 'standing',
    look: params.get('look') === 'table' ? 'table' : 'grid',
  };
}

/** The same for the URL, without what is so by default. */
export function writeFleetQuery({ text, marks: asked, problems, sort, look }: FleetQuery): URLSearchParams {
  const params = new URLSearchParams();
  if (text !== '') params.set('q', text);
  if (asked.length > 0) params.set('level', asked.join(','));
  if (problems === 'only') params.set('problems', 'only');
  if (sort !== 'standing') params.set('sort', sort);
  if (look === 'table') params.set('look', 'table');
  return params;
}
