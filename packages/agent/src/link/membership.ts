import type { CredentialsRequest, Identity, Keyring, Opened } from '@reroot/shared/protocol';
import type { TermsMark } from './link-record.ts';
import type { OfferedTerms } from './read-terms.ts';

/** As whom the agent speaks on the bus, and whom it believes. */
export interface Membership {
  readonly mesh: string;
  readonly cluster: string;
  readonly identity: Identity;
  /** What terms may change while the agent runs. */
  present(): PresentTerms;
  /**
   * Takes over what terms of mgmt change; nothing of it is in force before it is kept. Changes under way are not waited
   * for: terms are full state, and come again.
   * @param ask sends a request under the present identity
   * @returns whether anything that the agent tells mgmt of is another now
   * @throws RR_CLUSTER_*, RR_FILE_UNWRITABLE when it cannot be kept
   */
  follow(offered: OfferedTerms, mark: TermsMark, ask: AskForCredentials): Promise<'unchanged' | 'changed'>;
}

/** What holds between mgmt and the agent now. */
export interface PresentTerms {
  /** Whose messages are accepted. */
  readonly mgmtKeys: Keyring;
  readonly mgmtKeyIds: readonly string[];
  readonly credentialsEpoch: number;
  /** Milliseconds since the Unix epoch; 0 for never, or where the agent shows no JWT. */
  readonly natsJwtExpiresAtMs: number;
  /** Terms that are not later are refused. */
  readonly mark: TermsMark;
}

/**
 * Asks mgmt to put other keys in the place of the present ones; gives the answer, its signature checked.
 * @throws RR_NATS_NO_ANSWER, RR_PROTOCOL_*; the reason of the link's end
 */
export type AskForCredentials = (request: CredentialsRequest) => Promise<Opened<'credentials-response'>>;
