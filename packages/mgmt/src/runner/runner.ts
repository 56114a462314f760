import type { Clock } from '@reroot/shared/clock';
import { errorFields, type Log } from '@reroot/shared/log';
import { subjects, type Topic } from '@reroot/shared/protocol';
import type { Bus, BusMessage } from '@reroot/shared/transport';
import type { FleetView, LinkAccounts, RateLimit } from '../fleet/index.ts';
import type { WatchClock } from './clock-watch.ts';
import { maxHeardAtOnce } from './hearing-limits.ts';
import type { TermsTeller } from './link-terms.ts';
import type { Listener } from './listener.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { Meshes } from './meshes.ts';
import type { Publisher } from './publisher.ts';
import { createResync } from './resync.ts';
import type { RootOffers } from './root-offers.ts';

/** Keeps every mesh moving until it is stopped. */
export interface Runner {
  /** Stops hearing and looking; resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** What the runner works with. */
export interface RunnerOptions {
  readonly meshes: Meshes;
  readonly bus: Bus;
  readonly listener: Listener;
  /** How much is heard of whom. */
  readonly limit: RateLimit;
  readonly publisher: Publisher;
  readonly fleet: Pick<FleetView, 'find'>;
  readonly watchClock: WatchClock;
  readonly terms: Pick<TermsTeller, 'tell' | 'isFollowed'>;
  readonly accounts: Pick<LinkAccounts, 'speaking'>;
  readonly offers: RootOffers;
  readonly clock: Clock;
  readonly log: Log;
  /** How often a mesh is looked at when no report comes: silence is noticed by time alone. */
  readonly tickMs: number;
  /** The one that this mgmt took. */
  readonly term: number;
  /** How often every cluster is told again what it shall hold that is not known to hold it. */
  readonly resyncMs: number;
  /** When a cluster that does not report counts as silent. */
  readonly silentAfterMs: number;
}

/** How finely the moments of the clusters are told apart: a fiftieth of the period, within these bounds. */
const [leastTurnMs, longestTurnMs, turnsOfPeriod] = [20, 250, 50];

/**
 * Hears the agents and looks at each mesh whenever a report comes or time passes; tells the clusters what they shall
 * hold after each connection to the bus, and each one again and again, for the bus may lose anything.
 */
export function startRunner(options: RunnerOptions): Runner {
  const { meshes, bus, listener, limit, offers, clock, log, tickMs, resyncMs } = options;
  const stopping = new AbortController();
  const heard = new Set<Promise<void>>();
  const track = (act: Promise<void>): Promise<void> => {
    heard.add(act);
    return act.finally(() => heard.delete(act));
  };
  const resync = createResync(options);
  const look = async (loop: MeshLoop): Promise<void> => {
    try {
      await offers.look(await loop.view(), stopping.signal);
    } catch (error) {
      log.warn({ mesh: loop.mesh, ...errorFields(error) }, 'what is offered to the mesh cannot be looked at');
    }
  };
  let looking = false;
  /** One mesh after the other, and none twice at a time: a Vault may take its time to answer. */
  const lookForOffers = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    for (const loop of meshes.all()) await look(loop);
    looking = false;
  };
  const lookAtAll = (): void => {
    // Whoever hears agents looks at the clock too; here it is looked at although none speaks.
    options.watchClock();
    for (const loop of meshes.all()) loop.wake();
  };

  const listen = (topic: Topic, handler: (message: BusMessage) => Promise<void>): (() => void) =>
    bus.subscribe(subjects.all(topic), (message) => track(handler(message)), { admit: limit.admit, maxInFlight: maxHeardAtOnce });
  const unhook = [
    listen('report', listener.hearReport),
    listen('issue', listener.hearIssueRequest),
    listen('link', listener.hearLinkState),
    listen('enrol', listener.hearEnrolment),
    listen('renew', listener.hearRenewal),
    listen('result', listener.hearTaskResult),
    bus.onStatus((status) => {
      if (status === 'connected') void track(resync.tellAll());
    }),
  ];
  const turnMs = Math.min(resyncMs, longestTurnMs, Math.max(leastTurnMs, Math.floor(resyncMs / turnsOfPeriod)));
  const timers = [
    repeat(lookAtAll, tickMs, clock, stopping.signal),
    repeat(() => void track(resync.tellDue()), turnMs, clock, stopping.signal),
    repeat(() => void track(lookForOffers()), resyncMs, clock, stopping.signal),
  ];

  return {
    stop: async () => {
      stopping.abort();
      for (const undo of unhook) undo();
      await Promise.all([...timers, ...heard]);
      await Promise.all(meshes.all().map((loop) => loop.idle()));
    },
  };
}

async function repeat(act: () => void, periodMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    act();
    try {
      await clock.sleep(periodMs, signal);
    } catch {
      return;
    }
  }
}
