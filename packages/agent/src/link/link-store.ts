import type { LinkRecord } from './link-record.ts';

/**
 * The port to what outlives the agent: a folder and a Secret of Kubernetes stand behind it, and `link-store-contract.ts`
 * is run against each. Every method rejects with the signal's reason when it aborts.
 */
export interface LinkStore {
  /**
   * @returns the empty record when nothing was written yet
   * @throws RR_LINK_STATE_UNREADABLE, RR_LINK_STATE_INVALID; RR_CLUSTER_* of a cluster that does not answer
   */
  read(signal: AbortSignal): Promise<StoredLink>;
  /**
   * Writes the whole record: after a crash there is either this one or the one before.
   * @param basis that was read, or that the last write gave
   * @returns what the next write rests on
   * @throws RR_LINK_STATE_CONFLICT when somebody else has written since, and then nothing is written; RR_FILE_UNWRITABLE;
   *   RR_CLUSTER_*
   */
  write(record: LinkRecord, basis: Basis, signal: AbortSignal): Promise<Basis>;
}

/** What a write rests on: which state of the medium the writer has seen. */
export type Basis = string;

/** A record, and what a write of another one rests on. */
export interface StoredLink {
  readonly record: LinkRecord;
  readonly basis: Basis;
}
