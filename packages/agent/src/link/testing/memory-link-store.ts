import { RerootError } from '@reroot/shared/errors';
import { decodeRecord, emptyRecord, encodeRecord, type LinkRecord } from '../link-record.ts';
import type { LinkStore } from '../link-store.ts';

/** A store that outlives nothing but the agents of a test. */
export interface MemoryLinkStore extends LinkStore {
  /** Everything that was written, oldest first. */
  readonly written: readonly LinkRecord[];
  /** Changes the record as another agent would. */
  put(record: LinkRecord): void;
}

/** Starts with a record, or with none. */
export function createMemoryLinkStore(record: LinkRecord = emptyRecord): MemoryLinkStore {
  const written: LinkRecord[] = [];
  let present = record;
  let version = 0;
  return {
    written,
    put: (next) => {
      present = next;
      version += 1;
    },
    read: async (signal) => {
      signal.throwIfAborted();
      return { record: present, basis: String(version) };
    },
    write: async (next, basis, signal) => {
      signal.throwIfAborted();
      if (basis !== String(version)) throw new RerootError('RR_LINK_STATE_CONFLICT', `the state is at ${version}, not ${basis}`);
      // As a medium would: nothing that cannot be read again is kept.
      present = decodeRecord(encodeRecord(next), 'memory');
      written.push(present);
      version += 1;
      return String(version);
    },
  };
}
