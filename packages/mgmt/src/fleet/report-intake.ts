import { RerootError } from '@reroot/shared/errors';
import { createSequenceWindow, digestReport, openUnread, parseSubject, type Report } from '@reroot/shared/protocol';
import type { KeyDirectory } from './key-directory.ts';

/** A report whose sender is known. */
export interface ReceivedReport {
  readonly mesh: string;
  readonly cluster: string;
  /** Of mgmt, as the agent has accepted it. */
  readonly term: number;
  /** By `digestReport`. */
  readonly digest: string;
  /** @throws RR_PROTOCOL_MALFORMED */
  read(): Report;
}

/** Opens reports as they come from the bus. */
export interface ReportIntake {
  /**
   * @throws RR_PROTOCOL_* when the message is malformed, or not signed by this cluster's own key for this subject;
   *   RR_PROTOCOL_REPLAYED when the same agent has sent this one or a later one before
   */
  open(subject: string, payload: Uint8Array): ReceivedReport;
}

/**
 * Remembers the newest sequence number of each agent from now on.
 * @param onTaken told how large each report was that was taken
 */
export function createReportIntake(
  keys: Pick<KeyDirectory, 'keyringOf'>,
  onTaken: (mesh: string, cluster: string, bytes: number) => void = () => undefined,
): ReportIntake {
  const window = createSequenceWindow();
  return {
    open: (subject, payload) => {
      const { mesh, cluster } = parseSubject(subject);
      const keyring = keys.keyringOf(mesh, cluster);
      const { address, body, read, keyId, sequence } = openUnread({ subject, payload, keyring, expect: 'report' });
      if (!window.accept(keyId, 'report', sequence)) {
        throw new RerootError('RR_PROTOCOL_REPLAYED', `report ${sequence} of ${cluster} is not newer than the last one`);
      }
      onTaken(mesh, cluster, payload.length);
      return { mesh, cluster, term: address.term, digest: digestReport(body), read: () => read().body };
    },
  };
}
