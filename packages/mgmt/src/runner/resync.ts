import type { Clock } from '@reroot/shared/clock';
import { errorFields, type Log } from '@reroot/shared/log';
import { type ClusterName, createSeldom, type FleetView, type LinkAccounts } from '../fleet/index.ts';
import { assignmentOf } from '../rotation/index.ts';
import type { TermsTeller } from './link-terms.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';
import type { Publisher } from './publisher.ts';
import { createResyncPhases } from './resync-phases.ts';

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
  readonly clock: Clock;
  readonly log: Log;
}

const warnEveryMs = 60_000;

/** How many periods one is that needs nothing. */
export const restPeriods = 6;

/** Agents report once in a period: who has not been heard in two of them may have lost something. */
const freshPeriods = 2;

/** Moments within the short period, and within the long one. */
interface Phase {
  readonly againMs: number;
  readonly atRestMs: number;
}

/** Whether what has this phase is to be said now. @param rests whether it can wait for the long period */
type IsDue = (phase: Phase, rests: () => boolean) => boolean;

/** A cluster, and when in each period it is told. */
interface Timed {
  readonly name: ClusterName;
  readonly text: string;
  readonly trust: Phase;
  readonly terms: Phase;
}

/** The moments of trust and terms differ, and so do those of the same cluster's name in several meshes. */
export function createResync(options: ResyncOptions): Resync {
  const { meshes, publisher, fleet, terms, accounts, term, resyncMs, clock, log } = options;
  const again = createResyncPhases(resyncMs, clock.now());
  const atRest = createResyncPhases(restPeriods * resyncMs, clock.now());
  const phaseOf = (text: string): Phase => ({ againMs: again.phaseOf(text), atRestMs: atRest.phaseOf(text) });
  const freshMs = freshPeriods * resyncMs;
  const seldom = createSeldom(warnEveryMs, clock);

  /** Worked out once for each list: a turn comes some times a second, and a list has thousands. */
  const known = new WeakMap<readonly unknown[], readonly Timed[]>();
  const timed = <T>(list: readonly T[], nameOf: (item: T) => ClusterName): readonly Timed[] => {
    const before = known.get(list);
    if (before !== undefined) return before;
    const made = list.map((item) => {
      const name = nameOf(item);
      const text = nameText(name);
      return { name, text, trust: phaseOf(`trust ${text}`), terms: phaseOf(`terms ${text}`) };
    });
    known.set(list, made);
    return made;
  };

  const holdsItsTrust = ({ stored: { record } }: MeshView, { mesh, cluster }: ClusterName): boolean => {
    const evidence = fleet.find(mesh, cluster);
    if (evidence === undefined || clock.now() - evidence.receivedAtMs > freshMs) return false;
    return evidence.appliedTerm === term && evidence.appliedGeneration === assignmentOf(record, cluster)?.generation;
  };

  const tell = async (isDue: IsDue): Promise<void> => {
    const told = new Set<string>();
    const tellTerms = (clusters: readonly Timed[]): void => {
      const due = clusters.filter(
        ({ name, text, terms: phase }) => !told.has(text) && isDue(phase, () => terms.isFollowed(name, freshMs)),
      );
      for (const { text } of due) told.add(text);
      terms.tell(due.map(({ name }) => name));
    };
    const views = await Promise.all(meshes.all().map(viewOf));
    for (const view of views) {
      if (view === undefined) continue;
      const { record, spec } = view.stored;
      const clusters = timed(spec.clusters, (cluster) => ({ mesh: record.mesh, cluster }));
      const due = clusters.filter(({ name, trust }) => isDue(trust, () => holdsItsTrust(view, name)));
      if (due.length > 0)
        publisher.publishTo(
          view,
          due.map(({ name }) => name.cluster),
        );
      tellTerms(clusters);
    }
    tellTerms(timed(accounts.speaking(), (name) => name));
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
    tellAll: () => tell(() => true),
    tellDue: () => {
      const nowMs = clock.now();
      const [isAgain, isAtRest] = [again.turn(nowMs), atRest.turn(nowMs)];
      return tell(({ againMs, atRestMs }, rests) => isAtRest(atRestMs) || (isAgain(againMs) && !rests()));
    },
  };
}

function nameText({ mesh, cluster }: ClusterName): string {
  return `${mesh}/${cluster}`;
}
