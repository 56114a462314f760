import type { Clock } from '@reroot/shared/clock';
import { toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import {
  createSequence,
  createSequenceWindow,
  type Identity,
  type IssueRequest,
  type IssueResponse,
  keyringOf,
  type Message,
  type Opened,
  openMessage,
  type Problem,
  type Report,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import type { Bus, BusMessage } from '@reroot/shared/transport';
import type { AcceptedTrust } from './cluster/cluster.ts';
import { problemOf } from './problem.ts';
import { acceptedOf, nothingAccepted, requireNewerOrSame, requireTermInForce } from './trust/accepted.ts';
import { type Desired, readDesired } from './trust/desired.ts';

/** The agent's end of the bus: everything that goes out is signed, everything that comes in is checked. */
export interface Link {
  /** The newest desired trust that was accepted; undefined until mgmt has spoken. */
  desired(): Desired | undefined;
  /** Why the last desired trust was not accepted; undefined once a newer one was. */
  objection(): Problem | undefined;
  publishReport(report: Report): void;
  /** @throws RR_NATS_NO_ANSWER, RR_PROTOCOL_*, RR_ISSUE_STALE; the signal's reason */
  requestIntermediate(request: IssueRequest, signal: AbortSignal): Promise<IssueResponse>;
  close(): void;
}

/** What the link works with. */
export interface LinkOptions {
  readonly mesh: string;
  readonly cluster: string;
  readonly bus: Bus;
  readonly identity: Identity;
  /** Public keys of mgmt in PEM: nothing that another key has signed is listened to. */
  readonly mgmtPublicKeys: readonly string[];
  readonly requestTimeoutMs: number;
  readonly clock: Clock;
  readonly log: Log;
  /** What the cluster holds the mark of: goes into every envelope. */
  readonly accepted: () => AcceptedTrust;
  /** Called after desired trust came, accepted or not: mgmt wants to hear how things stand. */
  readonly onTrust: () => void;
}

/**
 * Listens for desired trust from now on.
 * @throws RR_IDENTITY_INVALID when a public key of mgmt is none
 */
export function openLink(options: LinkOptions): Link {
  const { mesh, cluster, bus, requestTimeoutMs } = options;
  const keyring = keyringOf(options.mgmtPublicKeys);
  const nextSequence = createSequence(options.clock);
  const inbox = createInbox(options);
  const seal = (subject: string, message: Message): Uint8Array => {
    const { term, generation } = options.accepted();
    return sealMessage({
      subject,
      address: { mesh, cluster, term, generation },
      message,
      identity: options.identity,
      sequence: nextSequence(),
      sentAtMs: options.clock.now(),
    });
  };

  const unsubscribe = bus.subscribe(subjects.trust(mesh, cluster), ({ subject, payload }: BusMessage) => {
    inbox.take(() => openMessage({ subject, payload, keyring, expect: 'desired-trust' }));
  });
  return {
    desired: () => inbox.desired(),
    objection: () => inbox.objection(),
    publishReport: (body) => {
      const subject = subjects.report(mesh, cluster);
      bus.publish(subject, seal(subject, { kind: 'report', body }));
    },
    requestIntermediate: async (body, signal) => {
      const subject = subjects.issue(mesh, cluster);
      const answer = await bus.request(subject, seal(subject, { kind: 'issue-request', body }), {
        timeoutMs: requestTimeoutMs,
        signal,
      });
      const { address, message } = openMessage({ subject, payload: answer, keyring, expect: 'issue-response' });
      requireTermInForce(address.term, options.accepted());
      requireTermInForce(address.term, inbox.desired() ?? nothingAccepted);
      return message.body;
    },
    close: unsubscribe,
  };
}

interface Inbox {
  take(open: () => Opened<'desired-trust'>): void;
  desired(): Desired | undefined;
  objection(): Problem | undefined;
}

/** Keeps the newest desired trust. What cannot be trusted goes to the log, once for each kind of failure in a row. */
function createInbox({ log, onTrust }: Pick<LinkOptions, 'log' | 'onTrust'>): Inbox {
  const window = createSequenceWindow();
  let desired: Desired | undefined;
  let objection: Problem | undefined;
  let lastFailure: string | undefined;

  const accept = ({ address, message, keyId, sequence }: Opened<'desired-trust'>): void => {
    if (!window.accept(keyId, 'desired-trust', sequence)) return;
    try {
      const offered = readDesired(address, message.body);
      requireNewerOrSame(offered, desired === undefined ? undefined : acceptedOf(desired));
      desired = offered;
      objection = undefined;
    } catch (error) {
      objection = problemOf(error);
    }
    onTrust();
  };
  return {
    take: (open) => {
      try {
        accept(open());
        lastFailure = undefined;
      } catch (error) {
        const { code, message } = toRerootError(error);
        if (code !== lastFailure) log.warn({ code, problem: message }, 'a message was not listened to');
        lastFailure = code;
      }
    },
    desired: () => desired,
    objection: () => objection,
  };
}
