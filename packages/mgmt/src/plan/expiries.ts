import type { PlannedExpiry, PlannedTime } from '@reroot/shared/api';
import { isMember } from '../rotation/index.ts';
import type { FactsOf } from './cluster-facts.ts';
import { leafLifetimeMs } from './estimate.ts';
import type { PlannedStart } from './planned-start.ts';

/** What ends sooner than this after the rotation is worth a look now. */
const soonMs = 7 * 86_400_000;

/** What expiries are found in. */
export interface ExpiryFacts {
  readonly start: PlannedStart;
  readonly clusters: FactsOf;
  /** When the rotation ends. */
  readonly ends: PlannedTime;
  /** When the last new intermediate is in use; undefined where the plan makes none. */
  readonly resigned: PlannedTime | undefined;
}

/**
 * Certificates whose end comes before what the plan needs them for is over, or soon after. Agents renew intermediates in time by
 * themselves, so one of them near its end means that its agent does not.
 */
export function findExpiries({ start, clusters, ends, resigned }: ExpiryFacts): readonly PlannedExpiry[] {
  const { oldRoot, newRoot, alsoOld, record, startMs } = start;
  const old = [oldRoot, ...alsoOld].filter(({ fingerprint }) => fingerprint !== newRoot.fingerprint);
  const roots = [
    ...old.map(({ fingerprint, notAfter }) => ({
      what: `old root ${fingerprint}`,
      at: notAfter,
      why: 'until it is no longer trusted, what it signs must be valid',
    })),
    { what: `new root ${newRoot.fingerprint}`, at: newRoot.notAfter, why: 'what it signs ends with it' },
  ].flatMap(({ what, at, why }) => {
    const when = at === undefined ? undefined : whenOf(Date.parse(at), ends, startMs);
    return at === undefined || when === undefined ? [] : [{ what, at, when, message: why, clusters: [] }];
  });
  const intermediates = [...clusters.values()].flatMap(({ cluster, evidence }) => {
    const notAfterMs = evidence?.written?.signerNotAfterMs;
    if (notAfterMs === undefined || !isMember(record, cluster)) return [];
    const when = whenOf(notAfterMs, resigned ?? ends, startMs);
    return when === undefined ? [] : [{ cluster, notAfterMs, when }];
  });
  const grouped = [...Map.groupBy(intermediates, ({ when }) => when)].map(([when, alike]): PlannedExpiry => {
    const earliestMs = Math.min(...alike.map(({ notAfterMs }) => notAfterMs));
    const [first] = alike;
    const what = alike.length === 1 ? `intermediate of ${first?.cluster ?? ''}` : `intermediates of ${alike.length} clusters`;
    const message =
      earliestMs - startMs < leafLifetimeMs
        ? 'it ends sooner than the leaves that it would sign (24 h by default): they are cut short, or refused'
        : 'it is replaced or renewed before, if its agent is well';
    return { what, at: new Date(earliestMs).toISOString(), when, message, clusters: alike.map(({ cluster }) => cluster) };
  });
  return [...roots, ...grouped].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function whenOf(atMs: number, { likely, latest }: PlannedTime, startMs: number): PlannedExpiry['when'] | undefined {
  if (atMs <= startMs) return 'passed';
  if (likely === undefined || atMs < Date.parse(likely)) return 'before-likely-end';
  if (latest !== undefined && atMs < Date.parse(latest)) return 'before-latest-end';
  return atMs < Date.parse(latest ?? likely) + soonMs ? 'soon-after' : undefined;
}
