import { silentLog } from '../log/index.ts';
import type { ConnectOptions } from '../transport/connect-options.ts';
import { gatherAnswers } from '../transport/gather-answers.ts';
import type { SystemRequest } from './account-updater.ts';
import { systemSubjects } from './permissions.ts';

/** Where the system account is reached, and as whom. */
export interface SystemAccountOptions
  extends Pick<ConnectOptions, 'servers' | 'name' | 'caPem' | 'clientCertificate' | 'credentials' | 'plaintext'> {
  /** How long one request waits for its answers, milliseconds. */
  readonly answersMs?: number;
}

/** Long enough for servers on other continents: one that is not heard in time is not asked to take anything. */
const defaultAnswersMs = 2_000;

/**
 * Requests of the system account, each over a connection that lives no longer than the request: nobody needs to hold the
 * rights over the whole of NATS while nothing is to be revoked.
 * @returns a function that throws what `connectBus` throws, RR_NATS_NO_ANSWER when it may not ask or the server hangs up, and
 *   the signal's reason when it aborts
 */
export function systemRequestTo({ answersMs = defaultAnswersMs, ...server }: SystemAccountOptions): SystemRequest {
  const options = { ...server, log: silentLog, inboxPrefix: systemSubjects.inbox() };
  return (subject, payload, { enough, signal }) => gatherAnswers({ ...options, signal }, { subject, payload, answersMs, enough });
}
