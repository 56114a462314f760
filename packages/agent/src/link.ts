import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import {
  createSequenceWindow,
  type IssueRequest,
  type IssueResponse,
  type Message,
  type Opened,
  openMessage,
  type Problem,
  type Report,
  type Sequence,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import type { SpanContext } from '@reroot/shared/tracing';
import type { Bus } from '@reroot/shared/transport';
import type { AcceptedTrust } from './cluster/cluster.ts';
import { answerTerms } from './link/answer-terms.ts';
import { limitRate } from './link/limit-rate.ts';
import type { Membership } from './link/membership.ts';
import type { RefusalCounter } from './link/refusal-counter.ts';
import { problemOf } from './problem.ts';
import { answerTasks } from './tasks/answer-tasks.ts';
import type { TaskWorks } from './tasks/task-works.ts';
import { acceptedOf, compareAccepted, nothingAccepted, requireNewerOrSame, requireTermInForce } from './trust/accepted.ts';
import { type Desired, readDesired } from './trust/desired.ts';

/** The agent's end of the bus: everything that goes out is signed, everything that comes in is checked. */
export interface Link {
  /** The newest desired trust that was accepted; undefined until mgmt has spoken. */
  desired(): Desired | undefined;
  /** The trace that it came by; undefined where it came by none. */
  trace(): SpanContext | undefined;
  /** Why the last desired trust was not accepted; undefined once a newer one was. */
  objection(): Problem | undefined;
  publishReport(report: Report): void;
  /** @throws RR_NATS_NO_ANSWER, RR_PROTOCOL_*, RR_ISSUE_STALE; the signal's reason */
  requestIntermediate(request: IssueRequest, signal: AbortSignal): Promise<IssueResponse>;
  close(): void;
}

/** What the link works with. */
export interface LinkOptions {
  /** As whom it speaks, and whom it listens to. */
  readonly membership: Membership;
  readonly bus: Bus;
  readonly requestTimeoutMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly refusals: RefusalCounter;
  /** How often the agent had to connect again before this connection was made. */
  readonly reconnectsBefore: number;
  /** Goes on from one connection to the next: the same key may speak over both. */
  readonly sequence: Sequence;
  /** What the cluster holds the mark of: goes into every envelope. */
  readonly accepted: () => AcceptedTrust;
  /** Empty while the cluster has not said it. */
  readonly clusterUid: () => string;
  /** What the agent does for mgmt besides; nothing when it is left out. */
  readonly works?: Partial<TaskWorks> | undefined;
  /** Called after desired trust came, accepted or not: mgmt wants to hear how things stand. */
  readonly onTrust: () => void;
}

/** mgmt speaks when something changes and once in some seconds; each message costs a signature and some certificates. */
const trustRate = { perSecond: 20, burst: 40 };

/** Listens for desired trust, for terms and for tasks from now on. */
export function openLink(options: LinkOptions): Link {
  const { bus, membership, refusals, clock } = options;
  const { mesh, cluster } = membership;
  const ended = new AbortController();
  const sender = createSender(options);
  const inbox = createInbox(options);
  const trustSubject = subjects.trust(mesh, cluster);
  const stopTrust = bus.subscribe(
    trustSubject,
    ({ payload, trace }) => {
      inbox.take(() => sender.open(trustSubject, payload, 'desired-trust'), trace);
    },
    { admit: limitRate(trustSubject, trustRate, clock, refusals) },
  );
  const stopTerms = openTerms(options, sender, inbox, ended.signal);
  const stopTasks = openTasks(options, sender, inbox);
  return {
    desired: () => inbox.desired(),
    trace: () => inbox.trace(),
    objection: () => inbox.objection(),
    publishReport: (body) => {
      sender.publish(subjects.report(mesh, cluster), { kind: 'report', body });
    },
    requestIntermediate: async (body, signal) => {
      const subject = subjects.issue(mesh, cluster);
      const answer = await sender.request(subject, { kind: 'issue-request', body }, signal);
      return refusals.counting(() => {
        const { address, message } = sender.open(subject, answer, 'issue-response');
        requireTermInForce(address.term, options.accepted());
        requireTermInForce(address.term, inbox.desired() ?? nothingAccepted);
        return message.body;
      });
    },
    close: () => {
      ended.abort(new RerootError('RR_NATS_NO_ANSWER', 'the link is closed'));
      stopTrust();
      stopTerms();
      stopTasks();
    },
  };
}

function openTerms(options: LinkOptions, sender: Sender, inbox: Inbox, signal: AbortSignal): () => void {
  const { mesh, cluster } = options.membership;
  return answerTerms({
    ...options,
    acceptedTerm: () => highestTerm(options, inbox),
    publish: (subject, body) => {
      sender.publish(subject, { kind: 'link-state', body });
    },
    ask: async (body) => {
      const subject = subjects.renew(mesh, cluster);
      const answer = await sender.request(subject, { kind: 'credentials-request', body }, signal);
      return options.refusals.counting(() => sender.open(subject, answer, 'credentials-response'));
    },
  });
}

function openTasks(options: LinkOptions, sender: Sender, inbox: Inbox): () => void {
  return answerTasks({
    ...options,
    works: options.works ?? {},
    acceptedTerm: () => highestTerm(options, inbox),
    open: (subject, payload) => sender.open(subject, payload, 'task'),
    publish: (subject, body) => {
      sender.publish(subject, { kind: 'task-result', body });
    },
  });
}

/** Of all that was accepted, by this connection or before. */
function highestTerm({ accepted }: LinkOptions, inbox: Inbox): number {
  return Math.max(accepted().term, inbox.desired()?.term ?? 0);
}

interface Sender {
  publish(subject: string, message: Message): void;
  /** @throws RR_NATS_NO_ANSWER; the signal's reason */
  request(subject: string, message: Message, signal: AbortSignal): Promise<Uint8Array>;
  /** @throws RR_PROTOCOL_* */
  open<Kind extends Message['kind']>(subject: string, payload: Uint8Array, expect: Kind): Opened<Kind>;
}

/** Seals by the agent's own key, and opens what a key of mgmt has sealed that is accepted at that moment. */
function createSender({ bus, membership, requestTimeoutMs, clock, accepted, sequence }: LinkOptions): Sender {
  const { mesh, cluster, identity } = membership;
  const seal = (subject: string, message: Message): Uint8Array => {
    const { term, generation } = accepted();
    const address = { mesh, cluster, term, generation };
    return sealMessage({ subject, address, message, identity, sequence: sequence.next(), sentAtMs: clock.now() });
  };
  return {
    publish: (subject, message) => {
      bus.publish(subject, seal(subject, message));
    },
    request: (subject, message, signal) => bus.request(subject, seal(subject, message), { timeoutMs: requestTimeoutMs, signal }),
    open: (subject, payload, expect) => openMessage({ subject, payload, keyring: membership.present().mgmtKeys, expect }),
  };
}

interface Inbox {
  take(open: () => Opened<'desired-trust'>, by: SpanContext | undefined): void;
  desired(): Desired | undefined;
  trace(): SpanContext | undefined;
  objection(): Problem | undefined;
}

/** Keeps the newest desired trust. What cannot be trusted goes to the log, once for each kind of failure in a row. */
function createInbox({ refusals, onTrust }: Pick<LinkOptions, 'refusals' | 'onTrust'>): Inbox {
  const window = createSequenceWindow();
  let desired: Desired | undefined;
  let objection: Problem | undefined;
  let trace: SpanContext | undefined;

  const accept = ({ address, message, keyId, sequence }: Opened<'desired-trust'>, by: SpanContext | undefined): void => {
    if (!window.accept(keyId, 'desired-trust', sequence, address.term)) {
      throw new RerootError('RR_PROTOCOL_REPLAYED', `desired trust ${sequence} is not newer than what was heard before`);
    }
    try {
      const offered = readDesired(address, message.body);
      requireNewerOrSame(offered, desired === undefined ? undefined : acceptedOf(desired));
      // What is only said again comes by none, and is no other word.
      trace = by ?? (desired !== undefined && compareAccepted(desired, offered) === 0 ? trace : undefined);
      desired = offered;
      objection = undefined;
    } catch (error) {
      refusals.count(error);
      objection = problemOf(error);
    }
    onTrust();
  };
  return {
    take: (open, by) => {
      try {
        accept(open(), by);
        refusals.noteTaken();
      } catch (error) {
        refusals.note(error);
      }
    },
    desired: () => desired,
    trace: () => trace,
    objection: () => objection,
  };
}
