import type { LiveGap } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { type EventPage, eventsStart } from '../../store/index.ts';
import { timestamp } from '../describe-cluster.ts';
import { describeEvent } from './describe-event.ts';
import type { LiveParts } from './live-parts.ts';
import { isBehind, type LiveMoment, type LivePoint, pointAt } from './live-point.ts';
import type { LiveSource } from './live-source.ts';

/** From one point to the next: what is said, if anything, and where the client is then. */
export interface LiveStep {
  /** A LiveMessage in JSON. Clients at the same point share these bytes. */
  readonly bytes: Buffer | undefined;
  readonly point: LivePoint;
}

/** What the feed has seen last. */
export interface LatestState extends LiveMoment {
  readonly atMs: number;
  readonly parts: LiveParts;
  /** Grows whenever a client that was told nothing meanwhile is to be told that mgmt is there. */
  readonly beat: number;
  readonly beatAtMs: number;
}

/** Finds what clients are told next, once for all that are at the same point. */
export interface LiveSteps {
  /** Undefined when there is nothing to tell. @throws what the source throws */
  next(latest: LatestState, point: LivePoint): Promise<LiveStep | undefined>;
  heartbeat(latest: LatestState, point: LivePoint): Promise<LiveStep>;
}

/** More than the clients of one state are at; each may hold the bytes of a whole state. */
const maxKnown = 32;

/** Knows the steps from the latest state alone. */
export function createLiveSteps(
  source: Pick<LiveSource, 'readEvents'>,
  { clock, eventsPerMessage }: { readonly clock: Clock; readonly eventsPerMessage: number },
): LiveSteps {
  const known = new Map<string, Promise<LiveStep | undefined>>();
  let knownOf: LatestState | undefined;
  const once = <T extends LiveStep | undefined>(latest: LatestState, key: string, make: () => Promise<T>): Promise<T> => {
    if (knownOf !== latest || known.size >= maxKnown) known.clear();
    knownOf = latest;
    const found = known.get(key) as Promise<T> | undefined;
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made);
    // What failed is tried again.
    made.catch(() => known.delete(key));
    return made;
  };
  const sayNow = (type: string, point: LivePoint, rest = ''): LiveStep => say(type, clock.now(), point, rest);
  const find = async (latest: LatestState, point: LivePoint): Promise<LiveStep | undefined> => {
    const { epoch, end } = latest;
    const move = (changes: Partial<LivePoint>): LivePoint => pointAt(epoch, { ...point, ...changes });
    const anew = (): LivePoint => move({ position: point.events === 'kept' ? eventsStart : end, gap: 'none' });
    if (point.gap === 'unreadable') return sayNow('gap', anew(), gapText('unreadable'));
    const mustRead = point.gap === 'unchecked' || isBehind(point.position, end);
    const query = { limit: eventsPerMessage, mesh: point.mesh };
    const page = mustRead ? await source.readEvents(point.position, query) : undefined;
    if (page?.kind === 'replaced') return sayNow('gap', anew(), gapText('replaced'));
    if (page !== undefined && page.lost.length > 0 && point.gap !== 'told') {
      return sayNow('gap', move({ gap: 'told' }), gapText('expired', page.lost));
    }
    if (point.version === undefined) return sayState(latest, move({ version: latest.version }));
    if (page !== undefined) {
      const next = move({ position: page.end, gap: 'none' });
      if (page.entries.length === 0) return { bytes: undefined, point: next };
      return sayNow('events', next, `,"events":${JSON.stringify(page.entries.map(describeEvent))}`);
    }
    return point.version < latest.version ? sayChange(latest, point.version, move({ version: latest.version })) : undefined;
  };
  return {
    next: (latest, point) => once(latest, `${point.cursor} ${point.gap} ${point.events}`, () => find(latest, point)),
    heartbeat: (latest, point) => once(latest, `beat ${point.cursor}`, async () => sayNow('heartbeat', point)),
  };
}

function sayState({ atMs, parts }: LatestState, point: LivePoint): LiveStep {
  return say('snapshot', atMs, point, `,"meshes":${parts.snapshot(point.mesh)}`);
}

function sayChange({ atMs, parts }: LatestState, since: number, point: LivePoint): LiveStep {
  const change = parts.since(since, point.mesh);
  return change === undefined ? { bytes: undefined, point } : say('delta', atMs, point, `,${change}`);
}

function gapText(why: LiveGap['why'], lost: Extract<EventPage, { kind: 'page' }>['lost'] = []): string {
  const oldest = lost.map(({ mesh, oldestKeptAtMs }) => ({ mesh, oldestKept: timestamp(oldestKeptAtMs) }));
  return `,"why":"${why}","lost":${JSON.stringify(oldest)}`;
}

function say(type: string, atMs: number, point: LivePoint, rest: string): LiveStep {
  const stamp = `"at":"${timestamp(atMs)}","cursor":${JSON.stringify(point.cursor)}`;
  return { bytes: Buffer.from(`{"type":"${type}",${stamp}${rest}}`), point };
}
