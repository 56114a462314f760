import type { LinkRecord } from './link-record.ts';
import type { LinkStore, StoredLink } from './link-store.ts';

/** A record that is changed by one agent: each change is kept before the next one is thought of. */
export interface RecordKeeper {
  /** As it was kept last. */
  record(): LinkRecord;
  /**
   * Changes the record and keeps it; resolves when it is kept. Without a change nothing is written.
   * @param change of the record as it is then; gives the same object for none
   * @throws as `LinkStore.write`; the record stays as it was then
   */
  update(change: (record: LinkRecord) => LinkRecord, signal: AbortSignal): Promise<LinkRecord>;
}

/** Goes on from what was read. */
export function createRecordKeeper(store: LinkStore, stored: StoredLink): RecordKeeper {
  let { record, basis } = stored;
  let last: Promise<unknown> = Promise.resolve();
  const apply = async (change: (record: LinkRecord) => LinkRecord, signal: AbortSignal): Promise<LinkRecord> => {
    const next = change(record);
    if (next === record) return record;
    basis = await store.write(next, basis, signal);
    record = next;
    return record;
  };
  return {
    record: () => record,
    update: (change, signal) => {
      const done = last.then(() => apply(change, signal));
      last = done.catch(() => undefined);
      return done;
    },
  };
}
