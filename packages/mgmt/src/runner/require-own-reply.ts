import { RerootError } from '@reroot/shared/errors';
import { enrolInboxPrefix, inboxPrefix, parseSubject } from '@reroot/shared/protocol';
import type { BusMessage } from '@reroot/shared/transport';

/** Subjects of the protocol, and those of NATS itself. */
const taken = /^(reroot\.|\$)/;

/**
 * Refuses to answer anywhere but to whoever asks: mgmt may publish to the subjects of every cluster, and an agent could have it
 * fill those of another one. Agents of the version before answer to inboxes outside of the protocol's subjects.
 * @throws RR_PROTOCOL_WRONG_SUBJECT
 */
export function requireOwnReply({ subject, replyTo }: Pick<BusMessage, 'subject' | 'replyTo'>): void {
  if (replyTo === undefined || replyTo === '' || !taken.test(replyTo)) return;
  const { mesh, cluster, topic } = parseSubject(subject);
  const own = topic === 'enrol' ? enrolInboxPrefix(mesh, cluster) : inboxPrefix(mesh, cluster);
  if (replyTo.startsWith(`${own}.`)) return;
  throw new RerootError('RR_PROTOCOL_WRONG_SUBJECT', `an answer is asked for on a subject that is not one of cluster ${cluster}`);
}
