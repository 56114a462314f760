import type { Clock } from '@reroot/shared/clock';
import { errorFields, type Log } from '@reroot/shared/log';
import { type ClusterName, createSeldom, type LinkAccounts } from '../fleet/index.ts';
import type { TermsTeller } from './link-terms.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';
import type { Meshes } from './meshes.ts';
import type { Publisher } from './publisher.ts';
import { createResyncPhases } from './resync-phases.ts';

/** Says everything again, for the bus may lose anything: to each cluster what it shall hold, and the terms of its link. */
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
  readonly terms: Pick<TermsTeller, 'tell'>;
  readonly accounts: Pick<LinkAccounts, 'speaking'>;
  /** Each cluster is told once in so long, at a moment of its own. */
  readonly resyncMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

const warnEveryMs = 60_000;

/** Whether what has this moment is to be said now. */
type IsDue = (phaseMs: number) => boolean;

/** A cluster, and when in each period it is told. */
interface Timed {
  readonly name: ClusterName;
  readonly text: string;
  readonly trustMs: number;
  readonly termsMs: number;
}

/** The moments of trust and terms differ, and so do those of the same cluster's name in several meshes. */
export function createResync(options: ResyncOptions): Resync {
  const { meshes, publisher, terms, accounts, resyncMs, clock, log } = options;
  const phases = createResyncPhases(resyncMs, clock.now());
  const seldom = createSeldom(warnEveryMs, clock);

  /** Worked out once for each list: a turn comes some times a second, and a list has thousands. */
  const known = new WeakMap<readonly unknown[], readonly Timed[]>();
  const timed = <T>(list: readonly T[], nameOf: (item: T) => ClusterName): readonly Timed[] => {
    const before = known.get(list);
    if (before !== undefined) return before;
    const made = list.map((item) => {
      const name = nameOf(item);
      const text = nameText(name);
      return { name, text, trustMs: phases.phaseOf(`trust ${text}`), termsMs: phases.phaseOf(`terms ${text}`) };
    });
    known.set(list, made);
    return made;
  };

  const tell = async (isDue: IsDue): Promise<void> => {
    const told = new Set<string>();
    const tellTerms = (clusters: readonly Timed[]): void => {
      const due = clusters.filter(({ text, termsMs }) => isDue(termsMs) && !told.has(text));
      for (const { text } of due) told.add(text);
      terms.tell(due.map(({ name }) => name));
    };
    const views = await Promise.all(meshes.all().map(viewOf));
    for (const view of views) {
      if (view === undefined) continue;
      const { record, spec } = view.stored;
      const clusters = timed(spec.clusters, (cluster) => ({ mesh: record.mesh, cluster }));
      const due = clusters.filter(({ trustMs }) => isDue(trustMs));
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
    tellDue: () => tell(phases.turn(clock.now())),
  };
}

function nameText({ mesh, cluster }: ClusterName): string {
  return `${mesh}/${cluster}`;
}
