import type { Clock } from '@reroot/shared/clock';
import { RerootError, toRerootError } from '@reroot/shared/errors';
import { errorFields, type Log } from '@reroot/shared/log';
import { parseAnswer } from '../parse-answer.ts';
import type { Exchange } from '../transport/exchange.ts';
import { grantSchema, type HeldToken, leaseOf, renewAtMs } from './held-token.ts';
import type { AskAs } from './session.ts';

/** How a token is kept alive. */
export interface RenewalOptions {
  readonly askAs: AskAs;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  readonly closed: AbortSignal;
  /** Whether the token is still the one in use. */
  isHeld(token: HeldToken): boolean;
  keep(renewed: HeldToken): void;
}

/** Timers of Node cannot wait for longer than 24.8 days. */
const maxSleepMs = 86_400_000;
const minPauseMs = 1_000;

const renewSelf: Exchange = { verb: 'write', path: 'auth/token/renew-self', effect: 'repeatable' };

/**
 * Renews a token in the last third of its time, for as long as it is in use and Vault lets it live on; a renewal that fails is
 * tried again until the token ends. Never rejects.
 */
export async function keepRenewed(first: HeldToken, options: RenewalOptions): Promise<void> {
  const { clock, closed, log, random } = options;
  try {
    for (let token: HeldToken | undefined = first; token !== undefined; ) {
      // Never in step with the other programs that were started together with this one.
      const atMs = renewAtMs(token) - (random() * (token.leaseMs ?? 0)) / 10;
      await sleepUntil(Math.max(atMs, clock.now() + minPauseMs), clock, closed);
      token = options.isHeld(token) ? await renew(token, options) : undefined;
    }
  } catch (error) {
    if (!closed.aborted) log.error(errorFields(error), 'the token of Vault is not renewed any more');
  }
}

async function sleepUntil(atMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
  for (let leftMs = atMs - clock.now(); leftMs > 0; leftMs = atMs - clock.now()) {
    await clock.sleep(Math.min(leftMs, maxSleepMs), signal);
  }
}

/** The token as it is from now on; undefined when it is not to be renewed again. */
async function renew(token: HeldToken, options: RenewalOptions): Promise<HeldToken | undefined> {
  const { askAs, clock, log, closed } = options;
  const endsAtMs = token.givenAtMs + (token.leaseMs ?? 0);
  const givenAtMs = clock.now();
  try {
    const { auth } = parseAnswer(grantSchema, await askAs(renewSelf, token.token, closed), renewSelf.path);
    const renewed = { ...token, givenAtMs, leaseMs: leaseOf(auth.lease_duration), renewable: auth.renewable };
    log.debug({ leaseSeconds: auth.lease_duration }, 'the token of Vault was renewed');
    options.keep(renewed);
    if (givesTime(renewed, endsAtMs)) return renewed;
    log.warn({ notAfter: new Date(endOf(renewed)).toISOString() }, 'the token of Vault cannot be renewed further');
    return undefined;
  } catch (error) {
    closed.throwIfAborted();
    const { code, message } = toRerootError(error);
    log.warn({ code, problem: message }, 'the token of Vault was not renewed');
    const denied = error instanceof RerootError && (code === 'RR_VAULT_FORBIDDEN' || code === 'RR_VAULT_REFUSED');
    // What is left of its time is shared out again: the last tries come close together.
    const leftMs = endsAtMs - clock.now();
    return denied || leftMs <= minPauseMs ? undefined : { ...token, givenAtMs: clock.now(), leaseMs: leftMs };
  }
}

const endOf = ({ givenAtMs, leaseMs = Number.POSITIVE_INFINITY }: HeldToken): number => givenAtMs + leaseMs;

/** At its max TTL a token is "renewed" to the end that it had. */
function givesTime(renewed: HeldToken, endedAtMs: number): boolean {
  return renewed.renewable && renewed.leaseMs !== undefined && endOf(renewed) > endedAtMs + minPauseMs;
}
