import type { Clock } from '@reroot/shared/clock';
import { assertNever, RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { parseAnswer } from '../parse-answer.ts';
import type { Exchange } from '../transport/exchange.ts';
import type { KubernetesLogin, TokenLogin, VaultLogin } from '../vault.ts';
import { below } from '../vault-path.ts';
import { grantSchema, type HeldToken, leaseOf, lookupSchema, renewAtMs } from './held-token.ts';
import { keepRenewed } from './keep-renewed.ts';
import { readCredential } from './read-credential.ts';

/** Asks with a given token, or none, with all tries; gives the whole JSON. */
export type AskAs = (exchange: Exchange, token: string | undefined, signal: AbortSignal) => Promise<unknown>;

/** What a session is made of. */
export interface SessionOptions {
  readonly login: VaultLogin;
  readonly askAs: AskAs;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Ends what goes on by itself: renewal, and a login that nobody waits for any more. */
  readonly closed: AbortSignal;
}

/** The token that requests are sent with, from the first one on. */
export interface Session {
  /**
   * A token that should be good: the one in use, or another one when that is old or was denied. What it takes to get one goes on
   * when the signal aborts, for others may wait for it.
   * @throws RR_VAULT_UNAUTHENTICATED, and what asking Vault throws
   */
  token(signal: AbortSignal): Promise<string>;
  /**
   * Judges a token with which a request was denied. One that is not known any more is not used again.
   * @returns `valid` when it is its policies that do not suffice
   */
  judge(token: string, signal: AbortSignal): Promise<'valid' | 'not-valid'>;
}

const lookupSelf: Exchange = { verb: 'read', path: 'auth/token/lookup-self', effect: 'none' };

/** A session that has no token yet. */
export function createSession(options: SessionOptions): Session {
  const { login, askAs, clock } = options;
  let held: HeldToken | undefined;
  let beginning: Promise<HeldToken> | undefined;

  const begin = async (): Promise<HeldToken> => {
    const fresh = await logIn(options);
    held = fresh;
    if (login.kind === 'token' && fresh.renewable && fresh.leaseMs !== undefined) {
      const isHeld = (token: HeldToken): boolean => held?.token === token.token;
      void keepRenewed(fresh, { ...options, isHeld, keep: (renewed) => (held = renewed) });
    }
    return fresh;
  };

  return {
    token: async (signal) => {
      signal.throwIfAborted();
      if (held !== undefined && !isOld(held, login, clock.now())) return held.token;
      // All that wait get the one token: each login leaves a lease in Vault.
      beginning ??= begin().finally(() => {
        beginning = undefined;
      });
      return (await beginning).token;
    },
    judge: async (token, signal) => {
      try {
        await askAs(lookupSelf, token, signal);
        return 'valid';
      } catch (error) {
        if (!isForbidden(error)) throw error;
        if (held?.token === token) held = undefined;
        return 'not-valid';
      }
    },
  };
}

/** A token of Kubernetes is replaced in its last third; one that is renewed by itself, or cannot be, is used to its end. */
function isOld(held: HeldToken, { kind }: VaultLogin, nowMs: number): boolean {
  const { leaseMs, givenAtMs } = held;
  if (leaseMs === undefined) return false;
  return nowMs >= (kind === 'kubernetes' ? renewAtMs(held) : givenAtMs + leaseMs);
}

async function logIn(options: SessionOptions): Promise<HeldToken> {
  switch (options.login.kind) {
    case 'token':
      return takeToken(options.login, options);
    case 'kubernetes':
      return logInByKubernetes(options.login, options);
    default:
      return assertNever(options.login);
  }
}

async function takeToken(login: TokenLogin, { askAs, clock, log, closed }: SessionOptions): Promise<HeldToken> {
  const token = await readCredential('the token of Vault', (signal) => login.readToken(signal), closed);
  const givenAtMs = clock.now();
  try {
    const answer = await askAs(lookupSelf, token, closed);
    const { data } = parseAnswer(lookupSchema, answer, lookupSelf.path);
    log.debug({ leaseSeconds: data.ttl, renewable: data.renewable }, 'the token of Vault is known');
    return { token, leaseMs: leaseOf(data.ttl), givenAtMs, renewable: data.renewable };
  } catch (error) {
    // Without the policy `default` a token may not look itself up; whether it is good for anything the next request tells.
    if (isForbidden(error)) return { token, leaseMs: undefined, givenAtMs, renewable: false };
    throw error;
  }
}

async function logInByKubernetes(login: KubernetesLogin, options: SessionOptions): Promise<HeldToken> {
  const { askAs, clock, log, closed } = options;
  const { role, mountPath = 'kubernetes' } = login;
  const path = `auth/${below(mountPath, 'login')}`;
  const jwt = await readCredential('the token of the service account', (signal) => login.readJwt(signal), closed);
  const givenAtMs = clock.now();
  // A login whose answer is lost leaves a token that ends by itself.
  const exchange: Exchange = { verb: 'write', path, body: { role, jwt }, effect: 'repeatable' };
  const { auth } = parseAnswer(grantSchema, await askAs(exchange, undefined, closed).catch(asLoginFailure), path);
  log.debug({ role, leaseSeconds: auth.lease_duration }, 'logged in to Vault');
  return { token: auth.client_token, leaseMs: leaseOf(auth.lease_duration), givenAtMs, renewable: auth.renewable };
}

/** Whatever the method refuses of a login, it is about who we are. */
function asLoginFailure(error: unknown): never {
  if (error instanceof RerootError && (error.code === 'RR_VAULT_FORBIDDEN' || error.code === 'RR_VAULT_REFUSED')) {
    throw new RerootError('RR_VAULT_UNAUTHENTICATED', error.message);
  }
  throw error;
}

function isForbidden(error: unknown): boolean {
  return error instanceof RerootError && error.code === 'RR_VAULT_FORBIDDEN';
}
