import type { Clock } from '@reroot/shared/clock';
import { errorFields, type Log } from '@reroot/shared/log';
import { type ClusterName, createSeldom, type FleetView, type LinkAccounts } from '../fleet/index.ts';
import { assignmentOf } from '../rotation/index.ts';
import type { TermsTeller } from './link-terms.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';
import type { Publisher } from './publisher.ts';
import { createIntervals, createTimetable, type Timetable } from './timetable.ts';

/**
 * Says everything again, for the bus may lose anything: to each cluster what it shall hold, and the terms of its link.
 *
 * Nearly all of thousands of clusters at rest have said already that they hold what they shall, and would be told for
 * nothing: they are told in a longer period. An agent says so itself when it has connected anew, and is told at once then.
 */
export interface Resync {
  /** Tells everybody, as after a connection to the bus. */
  tellAll(): Promise<void>;
  /** Tells those whose moment has come since the last time. */
  tellDue(): Promise<void>;
}

/** What it works with. */
export interface ResyncOptions {
  readonly meshes: Pick<Meshes, 'all'>;
  readonly publisher: Pick<Publisher, 'publishTo'>;
  readonly fleet: Pick<FleetView, 'find'>;
  readonly terms: Pick<TermsTeller, 'tell' | 'isFollowed'>;
  readonly accounts: Pick<LinkAccounts, 'speaking'>;
  /** Of mgmt: a report of another one proves nothing. */
  readonly term: number;
  /** Each cluster is told once in so long, at a moment of its own; in `restPeriods` times as long where it is known to hold what it shall. */
  readonly resyncMs: number;
  /** When a cluster that does not report counts as silent. */
  readonly silentAfterMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

const warnEveryMs = 60_000;

/** How many periods one is that needs nothing. */
export const restPeriods = 6;

/** Agents report once in a period: who has not been heard in two of them may have lost something, and is asked before it counts as silent. */
const freshPeriods = 2;

/** How old the last word of a cluster may be that is told in the longer period. */
export function freshMsOf({ resyncMs, silentAfterMs }: Pick<ResyncOptions, 'resyncMs' | 'silentAfterMs'>): number {
  return Math.min(freshPeriods * resyncMs, silentAfterMs - resyncMs);
}

/** The clusters of one list, and when each is told. */
interface Schedule {
  readonly all: readonly ClusterName[];
  readonly trust: Periods;
  readonly terms: Periods;
}

/** The short period, and the one of who needs nothing. */
interface Periods {
  readonly again: Timetable<ClusterName>;
  readonly atRest: Timetable<ClusterName>;
}

/** Chooses who is told now. @param rests whether a cluster can wait for the long period */
type Choose = (all: readonly ClusterName[], periods: Periods, rests: (name: ClusterName) => boolean) => readonly ClusterName[];

/** The moments of trust and terms differ, and so do those of the same cluster's name in several meshes. */
export function createResync(options: ResyncOptions): Resync {
  const { meshes, publisher, fleet, terms, accounts, term, resyncMs, clock, log } = options;
  const sinceLast = createIntervals(clock.now());
  const freshMs = freshMsOf(options);
  const seldom = createSeldom(warnEveryMs, clock);

  /** Worked out once for each list: a turn comes some times a second, and a list has thousands. */
  const known = new WeakMap<readonly unknown[], Schedule>();
  const scheduleOf = <T>(list: readonly T[], nameOf: (item: T) => ClusterName): Schedule => {
    const schedule = known.get(list) ?? makeSchedule(list.map(nameOf), resyncMs);
    known.set(list, schedule);
    return schedule;
  };

  const holdsItsTrust = ({ stored: { record } }: MeshView, { mesh, cluster }: ClusterName): boolean => {
    const evidence = fleet.find(mesh, cluster);
    if (evidence === undefined || clock.now() - evidence.receivedAtMs > freshMs) return false;
    return evidence.appliedTerm === term && evidence.appliedGeneration === assignmentOf(record, cluster)?.generation;
  };

  const tell = async (choose: Choose): Promise<void> => {
    const told = new Set<string>();
    const tellTerms = ({ all, terms: periods }: Schedule): void => {
      const chosen = choose(all, periods, (name) => terms.isFollowed(name, freshMs)).filter((name) => !told.has(nameText(name)));
      for (const name of chosen) told.add(nameText(name));
      terms.tell(chosen);
    };
    const views = await Promise.all(meshes.all().map(viewOf));
    for (const view of views) {
      if (view === undefined) continue;
      const { record, spec } = view.stored;
      const schedule = scheduleOf(spec.clusters, (cluster) => ({ mesh: record.mesh, cluster }));
      const chosen = choose(schedule.all, schedule.trust, (name) => holdsItsTrust(view, name));
      if (chosen.length > 0)
        publisher.publishTo(
          view,
          chosen.map(({ cluster }) => cluster),
        );
      tellTerms(schedule);
    }
    tellTerms(scheduleOf(accounts.speaking(), (name) => name));
  };
  const viewOf = async (loop: MeshLoop): Promise<MeshView | undefined> => {
    try {
      return await loop.view();
    } catch (error) {
      if (seldom.pass(loop.mesh) !== undefined) {
        log.warn({ mesh: loop.mesh, ...errorFields(error) }, 'the clusters cannot be told what to hold');
      }
      return undefined;
    }
  };

  return {
    tellAll: () => tell((all) => all),
    tellDue: () => {
      const during = sinceLast(clock.now());
      return tell((_, { again, atRest }, rests) => {
        const behind = again.due(during).filter((name) => !rests(name));
        return [...new Set([...behind, ...atRest.due(during)])];
      });
    },
  };
}

/** Made when it is first asked for: nobody is told trust by the list of those who may speak, and that one changes with each that joins. */
function makeSchedule(all: readonly ClusterName[], resyncMs: number): Schedule {
  const periodsOf = (what: string): Periods => {
    const textOf = (name: ClusterName): string => `${what} ${nameText(name)}`;
    return {
      again: createTimetable(all, resyncMs, textOf),
      atRest: createTimetable(all, restPeriods * resyncMs, textOf),
    };
  };
  const made: { trust?: Periods; terms?: Periods } = {};
  return {
    all,
    get trust() {
      return (made.trust ??= periodsOf('trust'));
    },
    get terms() {
      return (made.terms ??= periodsOf('terms'));
    },
  };
}

function nameText({ mesh, cluster }: ClusterName): string {
  return `${mesh}/${cluster}`;
}
