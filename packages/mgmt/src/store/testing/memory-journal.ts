import {
  composePage,
  type JournalEntry,
  type JournalMark,
  type JournalPage,
  type JournalPosition,
  mergeLost,
  writtenAtMs,
} from '../journal.ts';
import type { Store } from '../store.ts';

/** Of those that are counted together, so many are kept. */
export type MemoryEntry = JournalEntry & { readonly group: string; readonly kept: number };

/** The journal of a store without a disk: all entries that were ever written. */
export function memoryJournal(all: readonly MemoryEntry[]): Pick<Store, 'journalEnd' | 'readJournal'> {
  const ofKind = (kind: JournalEntry['kind']): readonly MemoryEntry[] => all.filter((entry) => entry.kind === kind);
  const kept = (kind: JournalEntry['kind']): readonly MemoryEntry[] =>
    [...Map.groupBy(ofKind(kind), ({ group }) => group).values()]
      .flatMap((entries) => entries.slice(-entries[0]!.kept))
      .toSorted((a, b) => a.number - b.number);
  const markOf = (entry: JournalEntry | undefined): JournalMark =>
    entry === undefined ? { number: 0, atMs: 0 } : { number: entry.number, atMs: writtenAtMs(entry) };
  const ends = (): JournalPosition => ({
    condition: markOf(ofKind('condition').at(-1)),
    proof: markOf(ofKind('proof').at(-1)),
  });
  const kinds = ['condition', 'proof'] as const;
  return {
    journalEnd: async () => ends(),
    readJournal: async (after, { limit, mesh }): Promise<JournalPage> => {
      const isOfThis = (kind: JournalEntry['kind']): boolean =>
        after[kind].number === 0 ||
        ofKind(kind).some((entry) => entry.number === after[kind].number && writtenAtMs(entry) === after[kind].atMs);
      if (!kinds.every(isOfThis)) return { kind: 'replaced' };
      const isAsked = (entry: JournalEntry): boolean => mesh === undefined || entry.mesh === mesh;
      const found = (kind: JournalEntry['kind']): readonly JournalEntry[] =>
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
