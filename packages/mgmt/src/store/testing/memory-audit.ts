import {
  type Appended,
  type AuditDraft,
  type AuditOptions,
  type AuditPage,
  type AuditQuery,
  itself,
  nextEntry,
} from '../audit.ts';

/** The journal of a store in memory. */
export interface MemoryAudit {
  /** @returns the number of the entry */
  append(draft: AuditDraft | undefined): number;
  read(query: AuditQuery): AuditPage;
}

/** Begins as the journal of an empty store does. */
export function createMemoryAudit(options: AuditOptions): MemoryAudit {
  const all: Appended[] = [];
  const append = (draft: AuditDraft | undefined): number => {
    const last = all.at(-1)?.chained;
    // A disk keeps no object either.
    if (draft === undefined) return 0;
    const before = last === undefined ? undefined : { seq: last.entry.seq, hash: last.hash };
    all.push(structuredClone(nextEntry(draft, before, options)));
    options.onAppended?.();
    return all.length;
  };
  append({ kind: 'origin', action: 'journal.begin', by: itself, message: 'the journal begins with an empty store' });
  return {
    append,
    read: ({ after, limit, rotationId }) => {
      const shown = all
        .filter(({ chained: { entry } }) => entry.seq > after && (rotationId === undefined || entry.rotationId === rotationId))
        .slice(0, limit);
      const last = all.at(-1);
      const heads = shown.flatMap((each) =>
        each.head !== undefined && (each.keepsHead === 'always' || each === last) ? [each.head] : [],
      );
      return { entries: shown.map(({ chained }) => chained), heads, head: last?.head, total: all.length };
    },
  };
}
