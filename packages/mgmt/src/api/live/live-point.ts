import type { LiveHello } from '@reroot/shared/api';
import { type EventPosition, eventsStart } from '../../store/index.ts';

/** Where a client is: what it holds of the state, and what it was told of the event log. Never changed. */
export interface LivePoint {
  /** The same for the client, which gives it back when it resumes. */
  readonly cursor: string;
  /** Of the state; undefined while the client holds none. */
  readonly version: number | undefined;
  readonly position: EventPosition;
  /** The only mesh that the client follows. */
  readonly mesh: string | undefined;
  /** What is to be said of lost events: it is not known yet, that the cursor means nothing, it was said, nothing. */
  readonly gap: 'unchecked' | 'unreadable' | 'told' | 'none';
  /** Where the client goes on whose place in the event log means nothing. */
  readonly events: 'new' | 'kept';
}

/** A state of the feed, as far as points are concerned. */
export interface LiveMoment {
  /** Another one for each series of versions. */
  readonly epoch: string;
  readonly version: number;
  /** Where the event log ended before the state was looked at. */
  readonly end: EventPosition;
}

/** Where a client begins. */
export function openPoint({ epoch, version, end }: LiveMoment, hello: LiveHello): LivePoint {
  const { resume, holds = 'state', mesh, events = 'new' } = hello;
  const anew: PointFacts = { version: undefined, position: events === 'kept' ? eventsStart : end, mesh, events, gap: 'none' };
  if (resume === undefined) return pointAt(epoch, anew);
  const read = readCursor(resume);
  if (read === undefined) return pointAt(epoch, { ...anew, gap: 'unreadable' });
  const isOfThis = holds === 'state' && read.epoch === epoch && read.mesh === mesh && (read.version ?? Infinity) <= version;
  return pointAt(epoch, { ...anew, version: isOfThis ? read.version : undefined, position: read.position, gap: 'unchecked' });
}

type PointFacts = Omit<LivePoint, 'cursor'>;

/** A point, and its cursor. */
export function pointAt(epoch: string, facts: PointFacts): LivePoint {
  const { version, position, mesh, gap, events } = facts;
  const { condition, proof } = position;
  const numbers = [version ?? '', condition.number, condition.atMs, proof.number, proof.atMs];
  return { version, position, mesh, gap, events, cursor: [format, epoch, ...numbers, mesh ?? ''].join('.') };
}

/** Another one for each way in which a cursor is written. */
const format = '1';

const pattern = /^1\.([0-9a-f]{1,32})\.(\d{0,15})\.(\d{1,15})\.(\d{1,15})\.(\d{1,15})\.(\d{1,15})\.(.*)$/;

interface ReadCursor extends Pick<LivePoint, 'version' | 'position' | 'mesh'> {
  readonly epoch: string;
}

/** Whatever a client gives: a wrong one costs nobody else anything. */
function readCursor(text: string): ReadCursor | undefined {
  const [, epoch, version, conditionNumber, conditionAt, proofNumber, proofAt, mesh] = pattern.exec(text) ?? [];
  if (epoch === undefined) return undefined;
  return {
    epoch,
    version: version === '' ? undefined : Number(version),
    position: {
      condition: { number: Number(conditionNumber), atMs: Number(conditionAt) },
      proof: { number: Number(proofNumber), atMs: Number(proofAt) },
    },
    mesh: mesh === '' ? undefined : mesh,
  };
}

/** Whether there is more of the event log than a client was told. */
export function isBehind({ condition, proof }: EventPosition, end: EventPosition): boolean {
  return condition.number < end.condition.number || proof.number < end.proof.number;
}
