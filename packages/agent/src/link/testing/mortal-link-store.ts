import type { LinkStore } from '../link-store.ts';

/** Where an agent is killed: before or after what it keeps is on the disk. */
export interface Death {
  /** Counted from 1. */
  readonly write: number;
  readonly moment: 'before' | 'after';
}

/** A store under an agent that is killed at one of its writes, and does nothing more then. */
export function createMortalLinkStore(store: LinkStore, { write, moment }: Death): LinkStore {
  let writes = 0;
  const die = (): never => {
    throw new Error('killed');
  };
  return {
    read: (signal) => store.read(signal),
    write: async (record, basis, signal) => {
      writes += 1;
      if (writes > write || (writes === write && moment === 'before')) return die();
      const next = await store.write(record, basis, signal);
      return writes === write ? die() : next;
    },
  };
}
