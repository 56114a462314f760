import type { RotationCondition } from '../rotation/index.ts';
import type { ProofSummary } from './proof.ts';

/**
 * A place in the event log: that is the history of all meshes and their proofs, each in the order in which they were written.
 * Numbers are never given twice.
 */
export interface EventPosition {
  readonly condition: EventMark;
  readonly proof: EventMark;
}

/** The last entry of its kind before a place: its number, and its time, by which the log of another store is told. */
export interface EventMark {
  readonly number: number;
  readonly atMs: number;
}

/** Before everything. */
export const eventsStart: EventPosition = { condition: { number: 0, atMs: 0 }, proof: { number: 0, atMs: 0 } };

/** One entry. */
export type StoredEvent = { readonly number: number; readonly mesh: string } & (
  | { readonly kind: 'condition'; readonly condition: RotationCondition }
  | { readonly kind: 'proof'; readonly proof: ProofSummary }
);

/** What of the event log is asked for. */
export interface EventQuery {
  /** How many entries at most. */
  readonly limit: number;
  /** Only its entries. */
  readonly mesh?: string | undefined;
}

/** What came after a place. */
export type EventPage =
  | {
      readonly kind: 'page';
      /** Oldest first. */
      readonly entries: readonly StoredEvent[];
      /** The place after them; the end of the event log where there are no more. */
      readonly end: EventPosition;
      /** Whose entries after the place the store has dropped, and since when it has them again. */
      readonly lost: readonly LostEntries[];
    }
  /** The place is none of this event log: the store is another one, or an earlier state of it was put back. */
  | { readonly kind: 'replaced' };

/** Entries that are no longer kept. */
export interface LostEntries {
  readonly mesh: string;
  readonly oldestKeptAtMs: number;
}

/** One of each mesh, sorted by name: from its time on everything is kept. */
export function mergeLost(found: readonly LostEntries[]): readonly LostEntries[] {
  const oldest = new Map<string, number>();
  for (const { mesh, oldestKeptAtMs } of found) oldest.set(mesh, Math.max(oldestKeptAtMs, oldest.get(mesh) ?? 0));
  return [...oldest].map(([mesh, oldestKeptAtMs]) => ({ mesh, oldestKeptAtMs })).toSorted((a, b) => (a.mesh < b.mesh ? -1 : 1));
}

type Kind = StoredEvent['kind'];

/** When an entry was written. */
export function writtenAtMs(entry: StoredEvent): number {
  return entry.kind === 'condition' ? entry.condition.atMs : entry.proof.atMs;
}

/**
 * Puts what was found of both kinds into one order: by time, and those of a kind as they were written. Pure.
 * @param found of each kind `limit` at most, in order
 * @param ends where the event log ends
 */
export function composePage(
  after: EventPosition,
  found: Readonly<Record<Kind, readonly StoredEvent[]>>,
  ends: EventPosition,
  limit: number,
): { readonly entries: readonly StoredEvent[]; readonly end: EventPosition } {
  const entries = merge(found.condition, found.proof).slice(0, limit);
  const markOf = (kind: Kind): EventMark => {
    const taken = entries.filter((entry) => entry.kind === kind);
    if (taken.length === found[kind].length && taken.length < limit) return ends[kind];
    const last = taken.at(-1);
    return last === undefined ? after[kind] : { number: last.number, atMs: writtenAtMs(last) };
  };
  return { entries, end: { condition: markOf('condition'), proof: markOf('proof') } };
}

/** Clocks may be set back: each list stays as it is, whatever its times. */
function merge(conditions: readonly StoredEvent[], proofs: readonly StoredEvent[]): readonly StoredEvent[] {
  const merged: StoredEvent[] = [];
  let left = proofs;
  for (const condition of conditions) {
    const later = left.findIndex((proof) => writtenAtMs(proof) >= writtenAtMs(condition));
    const count = later === -1 ? left.length : later;
    merged.push(...left.slice(0, count), condition);
    left = left.slice(count);
  }
  return [...merged, ...left];
}
