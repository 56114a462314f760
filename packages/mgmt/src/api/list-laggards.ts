import type { Laggard } from '@reroot/shared/api';
import { findLaggards, isMember } from '../rotation/index.ts';
import type { MeshMoment } from '../runner/index.ts';
import { compareKeys } from './describe-evidence.ts';
import { cursorOf, type Page } from './page.ts';

/** A page of laggards. */
export interface LaggardPage {
  readonly laggards: readonly Laggard[];
  readonly nextCursor?: string;
}

/**
 * What the gates of a mesh wait for, to the last one, cluster by cluster. Clusters before the page are not looked at, and those
 * behind it no further than to know whether there is more: a hundred thousand laggards cost no more than a page of them. Pure.
 */
export function listLaggards({ view, snapshot, policy, nowMs }: MeshMoment, { limit, after }: Page): LaggardPage {
  const { record } = view.stored;
  const from = after?.[0] ?? '';
  const laggards: Laggard[] = [];
  for (const cluster of snapshot.clusters.toSorted()) {
    if (cluster < from || !isMember(record, cluster)) continue;
    const found = findLaggards(record, cluster, snapshot, policy, nowMs)?.listAll() ?? [];
    const sorted = found.toSorted((a, b) => compareKeys(keyOf(a), keyOf(b)));
    laggards.push(...sorted.filter((laggard) => after === undefined || compareKeys(keyOf(laggard), after) > 0));
    if (laggards.length > limit) break;
  }
  const page = laggards.slice(0, limit);
  const last = page.at(-1);
  return {
    laggards: page,
    ...(last === undefined || laggards.length <= limit ? {} : { nextCursor: cursorOf('laggards', keyOf(last)) }),
  };
}

function keyOf({ cluster, reason, namespace = '', replica = '', workload = '', message }: Laggard): readonly string[] {
  // Two groups of a namespace may lag behind with nothing but a count between them.
  return [cluster, reason, namespace, replica, workload, message.slice(0, 200)];
}
