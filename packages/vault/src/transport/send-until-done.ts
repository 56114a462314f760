import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import { joinSpan } from '@reroot/shared/tracing';
import type { Exchange } from './exchange.ts';
import type { SendOnce } from './node-vault-client.ts';
import { planRetry } from './plan-retry.ts';

/** What requests are sent again with. */
export interface RetryParts {
  readonly sendOnce: SendOnce;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** Gives the whole JSON of the answer. Throws what the last try came to, and the signal's reason. */
export type SendUntilDone = (
  exchange: Exchange,
  token: string | undefined,
  endsAtMs: number,
  signal: AbortSignal,
) => Promise<unknown>;

/** Sends a request again where that is of use and does no harm, and the wait before it ends in time. */
export function createSendUntilDone({ sendOnce, clock, random, log }: RetryParts): SendUntilDone {
  const send: SendUntilDone = async (exchange, token, endsAtMs, signal) => {
    for (let tries = 1; ; tries += 1) {
      const outcome = await sendOnce(exchange, token, signal);
      if (outcome.kind === 'done') return outcome.answer;
      const { failure } = outcome;
      const waitMs = planRetry(failure, exchange.effect, tries, endsAtMs - clock.now(), random);
      if (waitMs === undefined) throw failure.error;
      log.debug({ code: failure.error.code, problem: failure.error.message, waitMs }, 'Vault is asked again');
      await clock.sleep(waitMs, signal);
    }
  };
  return (exchange, token, endsAtMs, signal) => {
    const attributes = { 'reroot.vault.verb': exchange.verb, 'url.path': exchange.path };
    return joinSpan(`vault ${exchange.verb}`, { kind: 'client', attributes }, () => send(exchange, token, endsAtMs, signal));
  };
}
