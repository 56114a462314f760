import {
  composePage,
  type EventMark,
  type EventPage,
  type EventPosition,
  type EventQuery,
  mergeLost,
  type StoredEvent,
  writtenAtMs,
} from '../event-log.ts';
import { readCounters } from './counters.ts';
import { type HistoryLimits, historyGroup, historyKinds, historyList, listMeshes } from './document-meshes.ts';
import { proofCauses, proofGroup, proofList } from './document-proofs.ts';
import type { DocumentReader } from './document-space.ts';

/** Entries that are dropped together: the limit counts them. */
interface EventGroup {
  readonly kind: StoredEvent['kind'];
  readonly mesh: string;
  readonly limit: number;
  readonly entries: readonly StoredEvent[];
}

/** How much of the event log is kept. */
export interface EventLimits {
  readonly history: HistoryLimits;
  /** Of either cause. */
  readonly proofs: number;
}

const kinds = ['condition', 'proof'] as const;

/** Where the event log ends. */
export async function eventsEnd(documents: DocumentReader): Promise<EventPosition> {
  const { condition, proof } = await readCounters(documents);
  return { condition, proof };
}

/** What of the event log comes after a place. @throws RR_STORE_CORRUPT */
export async function readEvents(
  documents: DocumentReader,
  after: EventPosition,
  { limit, mesh }: EventQuery,
  limits: EventLimits,
): Promise<EventPage> {
  const ends = await eventsEnd(documents);
  const groups = await readGroups(documents, limits);
  if (!kinds.every((kind) => isOfThis(groups, kind, after[kind], ends[kind]))) return { kind: 'replaced' };
  const asked = groups.filter((group) => mesh === undefined || group.mesh === mesh);
  const found = (kind: StoredEvent['kind']): readonly StoredEvent[] =>
    asked
      .filter((group) => group.kind === kind)
      .flatMap(({ entries }) => entries.filter(({ number }) => number > after[kind].number))
      .toSorted((a, b) => a.number - b.number)
      .slice(0, limit);
  const page = composePage(after, { condition: found('condition'), proof: found('proof') }, ends, limit);
  return { kind: 'page', ...page, lost: mergeLost(asked.flatMap((group) => lostOf(group, after))) };
}

/** An entry that was dropped cannot be asked for its time; that it is missed is seen by what else was dropped. */
function isOfThis(groups: readonly EventGroup[], kind: StoredEvent['kind'], mark: EventMark, end: EventMark): boolean {
  if (mark.number >= end.number) return mark.number === end.number && mark.atMs === end.atMs;
  const entry = groups
    .filter((group) => group.kind === kind)
    .flatMap(({ entries }) => entries.find(({ number }) => number === mark.number) ?? [])[0];
  return entry === undefined || writtenAtMs(entry) === mark.atMs;
}

/** A group that has as many entries as it may have has dropped those before. */
function lostOf({ kind, mesh, limit, entries }: EventGroup, after: EventPosition) {
  const [first] = entries;
  if (first === undefined || entries.length < limit || first.number <= after[kind].number + 1) return [];
  return [{ mesh, oldestKeptAtMs: writtenAtMs(first) }];
}

async function readGroups(documents: DocumentReader, limits: EventLimits): Promise<readonly EventGroup[]> {
  const groups: Promise<EventGroup>[] = [];
  for (const mesh of await listMeshes(documents)) {
    groups.push(...historyKinds.map((kind) => readHistoryGroup(documents, mesh, kind, limits.history[kind])));
    groups.push(...proofCauses.map((cause) => readProofGroup(documents, mesh, cause, limits.proofs)));
  }
  return Promise.all(groups);
}

async function readHistoryGroup(
  documents: DocumentReader,
  mesh: string,
  kind: (typeof historyKinds)[number],
  limit: number,
): Promise<EventGroup> {
  const kept = await historyList.read(documents, historyGroup(mesh, kind), limit);
  const entries = kept.map(({ number, condition }) => ({ number, mesh, kind: 'condition' as const, condition }));
  return { kind: 'condition', mesh, limit, entries };
}

async function readProofGroup(
  documents: DocumentReader,
  mesh: string,
  cause: (typeof proofCauses)[number],
  limit: number,
): Promise<EventGroup> {
  const kept = await proofList.read(documents, proofGroup(mesh, cause), limit);
  const entries = kept.map(({ number, summary }) => ({ number, mesh, kind: 'proof' as const, proof: summary }));
  return { kind: 'proof', mesh, limit, entries };
}
