import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { subjects } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import type { Listener } from './listener.ts';
import type { MeshLoop } from './mesh-loop.ts';
import type { Meshes } from './meshes.ts';
import type { Publisher } from './publisher.ts';
import type { RootOffers } from './root-offers.ts';
import { fieldsOf } from './verdict-log.ts';

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
  readonly publisher: Publisher;
  readonly offers: RootOffers;
  readonly clock: Clock;
  readonly log: Log;
  /** How often a mesh is looked at when no report comes: silence is noticed by time alone. */
  readonly tickMs: number;
  /** How often every cluster is told again what it shall hold, whether or not anything has changed. */
  readonly resyncMs: number;
}

/**
 * Hears the agents and looks at each mesh whenever a report comes or time passes; tells the clusters what they shall
 * hold after each connection to the bus, and on a slow timer, for the bus may lose anything.
 */
export function startRunner(options: RunnerOptions): Runner {
  const { meshes, bus, listener, publisher, offers, clock, log } = options;
  const stopping = new AbortController();
  const heard = new Set<Promise<void>>();
  const track = (act: Promise<void>): Promise<void> => {
    heard.add(act);
    return act.finally(() => heard.delete(act));
  };

  const tell = async (loop: MeshLoop): Promise<void> => {
    try {
      publisher.publishAll(await loop.view());
    } catch (error) {
      log.warn({ mesh: loop.mesh, ...fieldsOf(error) }, 'the clusters cannot be told what to hold');
    }
  };
  const tellAll = (): void => {
    for (const loop of meshes.all()) void track(tell(loop));
  };
  const look = async (loop: MeshLoop): Promise<void> => {
    try {
      await offers.look(await loop.view(), stopping.signal);
    } catch (error) {
      log.warn({ mesh: loop.mesh, ...fieldsOf(error) }, 'what is offered to the mesh cannot be looked at');
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
    for (const loop of meshes.all()) loop.wake();
  };

  const unhook = [
    bus.subscribe(subjects.allReports(), (message) => track(listener.hearReport(message))),
    bus.subscribe(subjects.allIssues(), (message) => track(listener.hearIssueRequest(message))),
    bus.onStatus((status) => {
      if (status === 'connected') tellAll();
    }),
  ];
  const timers = [
    repeat(lookAtAll, options.tickMs, clock, stopping.signal),
    repeat(tellAll, options.resyncMs, clock, stopping.signal),
    repeat(() => void track(lookForOffers()), options.resyncMs, clock, stopping.signal),
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
