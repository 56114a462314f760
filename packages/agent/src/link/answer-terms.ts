import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { type LinkState, openMessage, protocolVersion, type Sequence, subjects } from '@reroot/shared/protocol';
import type { Bus, BusMessage } from '@reroot/shared/transport';
import { agentVersion } from '../version.ts';
import { limitRate } from './limit-rate.ts';
import { isLater, type TermsMark } from './link-record.ts';
import type { AskForCredentials, Membership } from './membership.ts';
import { type OfferedTerms, readTerms } from './read-terms.ts';
import type { RefusalCounter } from './refusal-counter.ts';

/** What answering terms works with. */
export interface AnswerTermsOptions {
  readonly membership: Membership;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly refusals: RefusalCounter;
  /** The highest term of mgmt that anything was accepted of. */
  readonly acceptedTerm: () => number;
  /** Empty while the cluster has not said it. */
  readonly clusterUid: () => string;
  /** How often the agent had to connect again before this connection was made. */
  readonly reconnectsBefore: number;
  /** Numbers what is said: above what mgmt has heard. */
  readonly sequence: Pick<Sequence, 'raiseAbove'>;
  /** Seals and sends. */
  readonly publish: (subject: string, state: LinkState) => void;
  readonly ask: AskForCredentials;
}

/** An answer costs two signatures, and mgmt speaks once in some seconds. */
const rate = { perSecond: 5, burst: 10 };

/** The terms that are answered, and when they came; 0 when none have come over this connection. */
interface Heard {
  readonly sequence: number;
  readonly atMs: number;
}

const nothingHeard: Heard = { sequence: 0, atMs: 0 };

/** Terms that may be listened to. */
interface AcceptedTerms {
  readonly offered: OfferedTerms;
  readonly heardSequence: number;
  readonly mark: TermsMark;
}

/**
 * Answers terms of mgmt at once, whatever else the agent is doing, so that the time on the way can be measured; then takes
 * over what they change. Says how the link stands after each connection, too.
 * @returns a function that ends it
 */
export function answerTerms(options: AnswerTermsOptions): () => void {
  const { membership, bus, clock, refusals } = options;
  const { mesh, cluster } = membership;
  const subject = subjects.terms(mesh, cluster);
  const accept = createGate(subject, options);
  const takeOver = createTakeOver(options);
  const tell = (heard: Heard): void => {
    options.publish(subjects.link(mesh, cluster), describeLink(heard, options));
  };
  let isFirst = true;
  const hear = async ({ payload }: BusMessage): Promise<void> => {
    const atMs = clock.now();
    try {
      const terms = accept(payload);
      const heard = { sequence: terms.mark.sequence, atMs };
      const raised = options.sequence.raiseAbove(terms.heardSequence);
      // What an agent has said since it was started, with its clock set back, was dropped. Later on it is another agent that has the same keys:
      // the two would have mgmt tell them everything again and again.
      if (raised === 'raised' && isFirst) tell(nothingHeard);
      isFirst = false;
      tell(heard);
      // mgmt signs by another key only once it knows that the agent accepts it.
      if ((await takeOver(terms)) === 'changed') tell(heard);
    } catch (error) {
      refusals.note(error);
    }
  };
  const stopTerms = bus.subscribe(subject, hear, { admit: limitRate(subject, rate, clock, refusals) });
  const stopStatus = bus.onStatus((status) => {
    if (status === 'connected') tell(nothingHeard);
  });
  return () => {
    stopTerms();
    stopStatus();
  };
}

/**
 * Makes the function that opens terms.
 * @returns one that throws RR_PROTOCOL_*, RR_TRUST_STALE, RR_IDENTITY_INVALID for what is not to be listened to
 */
function createGate(
  subject: string,
  { membership, acceptedTerm, refusals }: AnswerTermsOptions,
): (payload: Uint8Array) => AcceptedTerms {
  let latest = membership.present().mark;
  return (payload) => {
    const opened = openMessage({ subject, payload, keyring: membership.present().mgmtKeys, expect: 'link-terms' });
    const mark = { term: opened.address.term, sequence: opened.sequence };
    requireLater(mark, latest, acceptedTerm());
    const { body } = opened.message;
    const offered = readTerms(body);
    latest = mark;
    refusals.noteTaken();
    return { offered, heardSequence: body.heardSequence, mark };
  };
}

/** Makes the function that takes terms over: one at a time, for those that come meanwhile come again. Never rejects. */
function createTakeOver({
  membership,
  ask,
  log,
}: AnswerTermsOptions): (terms: AcceptedTerms) => Promise<'unchanged' | 'changed'> {
  let isBusy = false;
  return async ({ offered, mark }) => {
    if (isBusy) return 'unchanged';
    isBusy = true;
    try {
      return await membership.follow(offered, mark, ask);
    } catch (error) {
      const { code, message } = toRerootError(error);
      log.warn({ code, problem: message }, 'terms of mgmt are not taken over yet');
      return 'unchanged';
    } finally {
      isBusy = false;
    }
  };
}

function describeLink({ sequence, atMs }: Heard, options: AnswerTermsOptions): LinkState {
  const { membership, bus, clock, refusals, clusterUid, reconnectsBefore } = options;
  const { mgmtKeyIds, credentialsEpoch, natsJwtExpiresAtMs } = membership.present();
  const { connectedSinceMs, reconnects } = bus.stats();
  return {
    ...{ heardSequence: sequence, heardAtMs: atMs, agentVersion, protocol: protocolVersion },
    ...{ mgmtKeys: mgmtKeyIds, credentialsEpoch, natsJwtExpiresAtMs },
    connectedSinceMs: connectedSinceMs ?? clock.now(),
    reconnects: reconnectsBefore + reconnects,
    refusals: refusals.counts(),
    clusterUid: clusterUid(),
  };
}

/**
 * Old terms could bring back a key of mgmt that was taken away since.
 * @throws RR_TRUST_STALE, RR_PROTOCOL_REPLAYED
 */
function requireLater(mark: TermsMark, latest: TermsMark, acceptedTerm: number): void {
  const leastTerm = Math.max(latest.term, acceptedTerm);
  if (mark.term < leastTerm) {
    throw new RerootError('RR_TRUST_STALE', `terms of term ${mark.term} were refused: term ${leastTerm} is in force`);
  }
  if (isLater(mark, latest)) return;
  throw new RerootError('RR_PROTOCOL_REPLAYED', `terms ${mark.sequence} were refused: ${latest.sequence} were heard`);
}
