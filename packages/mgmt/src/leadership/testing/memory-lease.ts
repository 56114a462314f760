import { RerootError } from '@reroot/shared/errors';
import type { LeaseLock } from '../lease-lock.ts';
import type { HeldRecord, LeaseRecord } from '../lease-record.ts';

/** A lease in memory that many contend for. */
export interface MemoryLease {
  readonly lock: LeaseLock;
  /** What is in it. */
  held(): HeldRecord | undefined;
}

/** There is none yet. @param onWrite told of each change */
export function createMemoryLease(onWrite: (record: LeaseRecord) => void = () => undefined): MemoryLease {
  let held: HeldRecord | undefined;
  let version = 0;
  const listeners = new Set<() => void>();
  const write = (record: LeaseRecord): HeldRecord => {
    version += 1;
    held = { record, version: String(version) };
    onWrite(record);
    for (const listener of listeners) listener();
    return held;
  };
  const conflict = (): RerootError => new RerootError('RR_CLUSTER_CONFLICT', 'another was faster');
  return {
    held: () => held,
    lock: {
      read: async () => held,
      create: async (record) => {
        if (held !== undefined) throw conflict();
        return write(record);
      },
      update: async (basis, record) => {
        if (held?.version !== basis) throw conflict();
        return write(record);
      },
      watch: (onChange, signal) =>
        new Promise((resolve) => {
          listeners.add(onChange);
          signal.addEventListener('abort', () => {
            listeners.delete(onChange);
            resolve();
          });
        }),
    },
  };
}
