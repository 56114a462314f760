import type { UnreadReason } from '@reroot/shared/api';
import { assertNever } from '@reroot/shared/errors';
import type { WorkloadHolding } from '../evidence.ts';
import type { LivePlace, UnknownPlace } from './live-places.ts';

/** How many workloads of a group are named. */
const maxNamed = 3;

/** Where something is, as a laggard of a verdict says it. */
export interface PlaceNames {
  readonly replica?: string;
  readonly namespace?: string;
  readonly workload?: string;
}

/** A place as people say it: `replica istiod-0`, `3 workloads of namespace shop (web-0, web-1, web-2)`. */
export function placeText(place: LivePlace): string {
  if (!isWorkloads(place)) return `replica ${place.replica}`;
  const { namespace, count, examples } = place;
  const named = examples.slice(0, maxNamed).join(', ');
  const list = named === '' ? '' : ` (${named}${count > maxNamed ? ', …' : ''})`;
  return `${count} ${count === 1 ? 'workload' : 'workloads'} of namespace ${namespace}${list}`;
}

/** The names by which a laggard is found again. */
export function placeNames(place: LivePlace | undefined): PlaceNames {
  if (place === undefined) return {};
  if (!isWorkloads(place)) return { replica: place.replica };
  const [example] = place.examples;
  return { namespace: place.namespace, ...(example === undefined ? {} : { workload: example }) };
}

/** How many peers a place is. */
export function countOf(place: LivePlace): number {
  return isWorkloads(place) ? place.count : 1;
}

/** Picks the verb that goes with a place. */
export function verbFor(place: LivePlace, one: string, many: string): string {
  return countOf(place) === 1 ? one : many;
}

/** What is not known, as a part of a sentence. */
export function unknownText({ why, place }: UnknownPlace): string {
  const where = place === undefined ? 'it' : placeText(place);
  switch (why) {
    case 'never-reported':
      return 'it has never reported';
    case 'silent':
      return 'it is silent, and its last report is too old to count';
    case 'name-shared':
      return 'two clusters report under its name';
    case 'no-replica':
      return 'no istiod replica of it was found';
    case 'replica-not-probed':
      return `${where} could not be probed`;
    case 'workloads-not-listed':
      return 'its workloads could not be listed';
    case 'workloads-not-proven':
      return `there is no proof of what ${where} hold${unreadText(place)}`;
    case 'no-leaf':
      return `nothing is known above the leaf of ${where}, or there is none yet`;
    default:
      return assertNever(why);
  }
}

function unreadText(place: LivePlace | undefined): string {
  const unread: UnreadReason | undefined = place !== undefined && isWorkloads(place) ? place.unread : undefined;
  return unread === undefined ? '' : ` (${unread})`;
}

function isWorkloads(place: LivePlace): place is WorkloadHolding {
  return 'namespace' in place;
}
