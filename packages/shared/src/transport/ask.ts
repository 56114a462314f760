import { RequestOne } from 'nats/lib/nats-base-client/internal_mod.js';
import { RerootError } from '../errors/index.ts';
import type { RequestOptions } from './bus.ts';
import type { GuardedProtocol } from './guarded-protocol.ts';
import type { ConnectionState } from './nats-events.ts';
import { orAbort } from './or-abort.ts';
import type { Outlet } from './outlet.ts';
import { reasonOf } from './reason.ts';

/** A request, and what it goes out by. */
export interface Question {
  readonly protocol: GuardedProtocol;
  readonly state: ConnectionState;
  readonly outlet: Outlet;
  readonly subject: string;
  readonly payload: Uint8Array;
  readonly options: RequestOptions;
}

/**
 * Sends a request and gives the first answer.
 * @throws RR_NATS_NO_ANSWER, RR_NATS_TOO_LARGE, or the signal's reason
 */
export async function ask({ protocol, state, outlet, subject, payload, options }: Question): Promise<Uint8Array> {
  options.signal.throwIfAborted();
  if (state.status() !== 'connected') throw noAnswer(subject, `the connection is ${state.status()}`);
  const request = new RequestOne(protocol.muxSubscriptions, subject, { timeout: options.timeoutMs }, false);
  // Both settle when the request is cancelled, and nobody may be listening any more.
  const answer = Promise.race([request.timer, request.deferred]);
  answer.catch(() => undefined);
  protocol.request(request);
  try {
    const sent = outlet.send(subject, payload, `${protocol.muxSubscriptions.baseInbox}${request.token}`);
    if (sent !== 'sent') throw noAnswer(subject, 'the nats-server reads too slowly for it to be sent');
    return new Uint8Array((await orAbort(answer, options.signal)).data);
  } catch (error) {
    options.signal.throwIfAborted();
    throw error instanceof RerootError ? error : noAnswer(subject, reasonOf(error), error);
  } finally {
    request.cancel();
  }
}

function noAnswer(subject: string, reason: string, cause?: unknown): RerootError {
  return new RerootError('RR_NATS_NO_ANSWER', `nobody answered on ${subject}: ${reason}`, { cause });
}
