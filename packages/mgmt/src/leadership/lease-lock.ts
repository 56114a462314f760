import type { HeldRecord, LeaseRecord } from './lease-record.ts';

/** The one place that replicas contend for. A change rests on what was read: of two that rest on the same, one is refused. */
export interface LeaseLock {
  /** Undefined when there is none yet. @throws RR_CLUSTER_*; the signal's reason */
  read(signal: AbortSignal): Promise<HeldRecord | undefined>;
  /** @throws RR_CLUSTER_CONFLICT when another was faster */
  create(record: LeaseRecord, signal: AbortSignal): Promise<HeldRecord>;
  /** @throws RR_CLUSTER_CONFLICT when it was changed since that version */
  update(version: string, record: LeaseRecord, signal: AbortSignal): Promise<HeldRecord>;
  /** Calls `onChange` whenever the lease may be another; it may miss some. Resolves when the signal aborts. Never rejects. */
  watch(onChange: () => void, signal: AbortSignal): Promise<void>;
}
