import { createInbox, type Msg, SubscriptionImpl } from 'nats/lib/nats-base-client/internal_mod.js';
import { systemClock } from '../clock/index.ts';
import { RerootError } from '../errors/index.ts';
import type { ConnectOptions } from './connect-options.ts';
import type { GuardedProtocol } from './guarded-protocol.ts';
import { openConnection } from './open-connection.ts';
import { orAbort } from './or-abort.ts';
import { reasonOf } from './reason.ts';

/** A question to everybody who listens. */
export interface WideQuestion {
  readonly subject: string;
  readonly payload: Uint8Array;
  /** How long answers are waited for. */
  readonly answersMs: number;
  /** Whether these are all that can come; time alone tells when it is left out. */
  readonly enough?: ((answers: readonly Uint8Array[]) => boolean) | undefined;
}

/**
 * Asks over a connection that lives no longer than the question, and gives the answers, in the order in which they come.
 * Nobody listening is no answer.
 * @throws what `connectBus` throws; RR_NATS_NO_ANSWER when the server does not let it ask, or hangs up
 */
export async function gatherAnswers(options: ConnectOptions, question: WideQuestion): Promise<readonly Uint8Array[]> {
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  const fail = (error: unknown): void => {
    failed.reject(
      new RerootError('RR_NATS_NO_ANSWER', `${question.subject} could not be asked: ${reasonOf(error)}`, { cause: error }),
    );
  };
  const protocol = await openConnection(options, {
    ...{ lost: fail, reported: fail },
    connected: () => undefined,
    failed: () => undefined,
  });
  const over = new AbortController();
  const time = (options.clock ?? systemClock).sleep(question.answersMs, over.signal);
  time.catch(() => undefined);
  const found: Uint8Array[] = [];
  try {
    await orAbort(Promise.race([ask(protocol, question, found), time, failed.promise]), options.signal);
    return found;
  } finally {
    over.abort();
    await protocol.close();
  }
}

/** Resolves when no more answers are to come. */
function ask(protocol: GuardedProtocol, { subject, payload, enough }: WideQuestion, found: Uint8Array[]): Promise<undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const inbox = createInbox(protocol.options.inboxPrefix);
  const callback = (error: Error | null, message: Msg): void => {
    // The connection tells of errors.
    if (error !== null) return;
    if (saysThatNobodyListens(message)) {
      resolve(undefined);
      return;
    }
    found.push(new Uint8Array(message.data));
    if (enough?.(found) === true) resolve(undefined);
  };
  protocol.subscribe(new SubscriptionImpl(protocol, inbox, { callback }));
  protocol.publish(subject, payload, { reply: inbox });
  return promise;
}

/** By its headers, which the server alone writes without a payload (NATS, "No Responders"). */
function saysThatNobodyListens({ data, headers }: Msg): boolean {
  return data.length === 0 && headers?.code === 503;
}
