import type { Clock } from '@reroot/shared/clock';
import { errorFields, type Log } from '@reroot/shared/log';
import { createSequenceWindow, openMessage, parseSubject, subjects, type Topic } from '@reroot/shared/protocol';
import type { Bus, BusMessage } from '@reroot/shared/transport';
import type { EvidenceReader, FleetView, KeyDirectory, LinkView, RateLimit, ReportIntake, ReportMemory } from '../fleet/index.ts';
import type { Store } from '../store/index.ts';
import { createClockWatch } from './clock-watch.ts';
import type { FollowedMeshes } from './followed-meshes.ts';
import { maxHeardAtOnce } from './hearing-limits.ts';
import { takeInReport } from './listener.ts';
import type { Refusing } from './refusing.ts';
import type { RootOffers } from './root-offers.ts';

/** Hears what agents say to all replicas, and follows what the leader stores. It says nothing. */
export interface Follower {
  /** Stops hearing; resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** What following works with. */
export interface FollowerOptions {
  readonly bus: Pick<Bus, 'subscribe'>;
  readonly meshes: FollowedMeshes;
  readonly store: Pick<Store, 'onChange' | 'readTerm'>;
  /** The term of the leader. */
  readonly term: number;
  readonly intake: ReportIntake;
  readonly reader: EvidenceReader;
  readonly memory: ReportMemory;
  readonly fleet: FleetView;
  readonly keys: Pick<KeyDirectory, 'linkKeyringOf'>;
  readonly links: Pick<LinkView, 'asked' | 'heard' | 'spoke' | 'setBack'>;
  readonly limit: RateLimit;
  readonly refusing: Pick<Refusing, 'refuse'>;
  readonly offers: RootOffers;
  /** Reads again what else is stored. */
  readonly refresh: () => Promise<void>;
  /** Told when there may be something else to be seen. */
  readonly onChange: () => void;
  /** Told once when another term is in force: what was heard under this one proves nothing more. */
  readonly onTerm: () => void;
  /** Told when an agent shows that another term is in force than is seen here. */
  readonly onNewerTerm: () => void;
  readonly offersEveryMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Begins to hear. */
export function startFollower(options: FollowerOptions): Follower {
  const { bus, store, limit, refusing, clock } = options;
  const stopping = new AbortController();
  const watchClock = createClockWatch(options);
  const underWay = new Set<Promise<void>>();
  const track = (work: Promise<void>): void => {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  };
  const listen = (topic: Topic, otherwise: string, take: (message: BusMessage) => void | Promise<void>): (() => void) => {
    const heed = async (message: BusMessage): Promise<void> => {
      try {
        watchClock();
        await take(message);
      } catch (error) {
        refusing.refuse(otherwise, message.subject, error);
      }
    };
    return bus.subscribe(subjects.all(topic), (message) => track(heed(message)), {
      admit: limit.admit,
      maxInFlight: maxHeardAtOnce,
    });
  };
  const follow = createStoreFollowing(options);
  const unhook = [
    listen('report', 'a report was refused', ({ subject, payload }) => {
      const received = options.intake.open(subject, payload);
      if (received.term > options.term) options.onNewerTerm();
      return takeInReport(received, { ...options, publisher: undefined });
    }),
    listen('link', 'the state of a link was refused', createLinkHearing(options)),
    store.onChange(() => track(follow())),
  ];
  const lookForOffers = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // Although no agent speaks.
      watchClock();
      for (const mesh of options.meshes.all()) {
        await mesh
          .view()
          .then((view) => options.offers.look(view, stopping.signal))
          .catch((error: unknown) => {
            if (!stopping.signal.aborted) {
              options.log.warn({ mesh: mesh.mesh, ...errorFields(error) }, 'what is offered to the mesh cannot be looked at');
            }
          });
      }
      await clock.sleep(options.offersEveryMs, stopping.signal).catch(() => undefined);
    }
  };
  track(lookForOffers());
  // What was stored while this was being opened.
  track(follow());
  return {
    stop: async () => {
      stopping.abort(new Error('it follows no longer'));
      for (const undo of unhook) undo();
      await Promise.all(underWay);
    },
  };
}

/** One look at the store at a time: what changes meanwhile is seen by the next. */
function createStoreFollowing(options: FollowerOptions): () => Promise<void> {
  const { store, meshes, term, onTerm, onChange, log } = options;
  let looking: Promise<void> | undefined;
  let [asked, told] = [0, false];
  const look = async (): Promise<void> => {
    let heeded: number;
    do {
      heeded = asked;
      try {
        await meshes.refresh();
        await options.refresh();
        if (!told && (await store.readTerm()) !== term) {
          told = true;
          onTerm();
        }
      } catch (error) {
        log.warn(errorFields(error), 'what the leader has stored cannot be read');
      }
      onChange();
    } while (heeded !== asked);
    looking = undefined;
  };
  return () => {
    asked += 1;
    looking ??= look();
    return looking;
  };
}

/** Answers to what was asked longer ago than this are taken for old ones that somebody plays back. */
const answerWithinMs = 60_000;

/**
 * The leader asks, and the agents answer to all. A sequence begins at the microseconds of the clock of whoever has asked: so this replica
 * knows when that was, without having heard it.
 */
function createLinkHearing({ keys, links, clock }: FollowerOptions): (message: BusMessage) => void {
  const window = createSequenceWindow();
  return ({ subject, payload }) => {
    const receivedAtMs = clock.now();
    const { mesh, cluster } = parseSubject(subject);
    const keyring = keys.linkKeyringOf(mesh, cluster);
    const { message, keyId, sequence, sentAtMs } = openMessage({ subject, payload, keyring, expect: 'link-state' });
    if (!window.accept(keyId, 'link-state', sequence)) return;
    const { heardSequence } = message.body;
    const askedAtMs = Math.floor(heardSequence / 1_000);
    if (Math.abs(receivedAtMs - askedAtMs) > answerWithinMs) return;
    links.asked(mesh, cluster, heardSequence, askedAtMs);
    links.heard(mesh, cluster, { state: message.body, answeredAtMs: sentAtMs, receivedAtMs });
  };
}
