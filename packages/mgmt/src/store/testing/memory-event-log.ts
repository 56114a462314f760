import {
  composePage,
  type EventMark,
  type EventPage,
  type EventPosition,
  mergeLost,
  type StoredEvent,
  writtenAtMs,
} from '../event-log.ts';
import type { Store } from '../store.ts';

/** Of those that are counted together, so many are kept. */
export type MemoryEntry = StoredEvent & { readonly group: string; readonly kept: number };

/** The event log of a store without a disk: all entries that were ever written. */
export function memoryEventLog(all: readonly MemoryEntry[]): Pick<Store, 'eventsEnd' | 'readEvents'> {
  const ofKind = (kind: StoredEvent['kind']): readonly MemoryEntry[] => all.filter((entry) => entry.kind === kind);
  const kept = (kind: StoredEvent['kind']): readonly MemoryEntry[] =>
    [...Map.groupBy(ofKind(kind), ({ group }) => group).values()]
      .flatMap((entries) => entries.slice(-entries[0]!.kept))
      .toSorted((a, b) => a.number - b.number);
  const markOf = (entry: StoredEvent | undefined): EventMark =>
    entry === undefined ? { number: 0, atMs: 0 } : { number: entry.number, atMs: writtenAtMs(entry) };
  const ends = (): EventPosition => ({
    condition: markOf(ofKind('condition').at(-1)),
    proof: markOf(ofKind('proof').at(-1)),
  });
  const kinds = ['condition', 'proof'] as const;
  return {
    eventsEnd: async () => ends(),
    readEvents: async (after, { limit, mesh }): Promise<EventPage> => {
      const isOfThis = (kind: StoredEvent['kind']): boolean =>
        after[kind].number === 0 ||
        ofKind(kind).some((entry) => entry.number === after[kind].number && writtenAtMs(entry) === after[kind].atMs);
      if (!kinds.every(isOfThis)) return { kind: 'replaced' };
      const isAsked = (entry: StoredEvent): boolean => mesh === undefined || entry.mesh === mesh;
      const found = (kind: StoredEvent['kind']): readonly StoredEvent[] =>
        kept(kind)
          .filter((entry) => isAsked(entry) && entry.number > after[kind].number)
          .slice(0, limit);
      const lost = kinds.flatMap((kind) =>
        [...Map.groupBy(kept(kind).filter(isAsked), ({ group }) => group).values()]
          .filter((entries) => entries.length >= entries[0]!.kept && entries[0]!.number > after[kind].number + 1)
          .map(([first]) => ({ mesh: first!.mesh, oldestKeptAtMs: writtenAtMs(first!) })),
      );
      const page = composePage(after, { condition: found('condition'), proof: found('proof') }, ends(), limit);
      return { kind: 'page', ...page, lost: mergeLost(lost) };
    },
  };
}
