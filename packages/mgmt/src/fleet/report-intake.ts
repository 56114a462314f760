import { digestReport, openUnread, parseSubject, type Report } from '@reroot/shared/protocol';
import type { AgentSequences } from '../mesh/index.ts';
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

/** What taking reports in works with. */
export interface ReportIntakeOptions {
  readonly keys: Pick<KeyDirectory, 'keyringOf'>;
  /** Of all that agents say. */
  readonly sequences: Pick<AgentSequences, 'take'>;
  /** Told how large each report was that was taken. */
  readonly onTaken?: (mesh: string, cluster: string, bytes: number) => void;
}

/** Takes each report once. */
export function createReportIntake({ keys, sequences, onTaken = () => undefined }: ReportIntakeOptions): ReportIntake {
  return {
    open: (subject, payload) => {
      const { mesh, cluster } = parseSubject(subject);
      const keyring = keys.keyringOf(mesh, cluster);
      const { address, body, read, keyId, sequence } = openUnread({ subject, payload, keyring, expect: 'report' });
      sequences.take({ mesh, cluster, keyId, kind: 'report', sequence });
      onTaken(mesh, cluster, payload.length);
      return { mesh, cluster, term: address.term, digest: digestReport(body), read: () => read().body };
    },
  };
}
