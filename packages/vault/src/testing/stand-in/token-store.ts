import { randomBytes } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import {
  type Answer,
  auth,
  data,
  denied,
  durationMsAt,
  type Engine,
  listAt,
  nothing,
  refusal,
  type StandInRequest,
  textAt,
} from './answer.ts';

/** A token of the stand-in. */
export interface StoredToken {
  readonly id: string;
  readonly policies: readonly string[];
  readonly renewable: boolean;
  readonly ttlMs: number;
  readonly maxEndsAtMs: number;
  /** Infinite for one that does not end. */
  endsAtMs: number;
}

/** What a token is to be. */
export interface TokenPlan {
  readonly policies: readonly string[];
  readonly ttlMs?: number | undefined;
  readonly maxTtlMs?: number | undefined;
  readonly renewable?: boolean | undefined;
}

/** The tokens of the stand-in. */
export interface TokenStore {
  create(plan: TokenPlan): StoredToken;
  find(id: string | undefined): StoredToken | undefined;
  revoke(id: string): void;
  /** `auth/token` for whoever has a token. */
  engineFor(token: StoredToken): Engine;
}

const defaultTtlMs = 768 * 3_600_000;

/** With no token at all. */
export function createTokenStore(clock: Clock): TokenStore {
  const tokens = new Map<string, StoredToken>();
  const create = ({
    policies,
    ttlMs = defaultTtlMs,
    maxTtlMs = Number.POSITIVE_INFINITY,
    renewable = true,
  }: TokenPlan): StoredToken => {
    const id = `hvs.${randomBytes(18).toString('base64url')}`;
    const endsAtMs = clock.now() + Math.min(ttlMs, maxTtlMs);
    const token = { id, policies, renewable, ttlMs, maxEndsAtMs: clock.now() + maxTtlMs, endsAtMs };
    tokens.set(id, token);
    return token;
  };
  const find = (id: string | undefined): StoredToken | undefined => {
    const token = id === undefined ? undefined : tokens.get(id);
    return token === undefined || token.endsAtMs > clock.now() ? token : undefined;
  };
  const revoke = (id: string): void => void tokens.delete(id);
  return { create, find, revoke, engineFor: (token) => engineFor(token, { create, find, revoke }, clock) };
}

/** `auth` as a login and a renewal give it. */
export function grantOf(token: StoredToken, clock: Clock): Answer {
  return auth({
    client_token: token.id,
    lease_duration: secondsLeft(token, clock),
    renewable: token.renewable,
    policies: token.policies,
  });
}

function secondsLeft({ endsAtMs }: StoredToken, clock: Clock): number {
  return endsAtMs === Number.POSITIVE_INFINITY ? 0 : Math.ceil((endsAtMs - clock.now()) / 1_000);
}

function engineFor(token: StoredToken, store: Pick<TokenStore, 'create' | 'find' | 'revoke'>, clock: Clock): Engine {
  const operations: Readonly<Record<string, (body: StandInRequest['body']) => Answer>> = {
    'read lookup-self': () =>
      data({ id: token.id, ttl: secondsLeft(token, clock), ...(token.ttlMs === 0 ? {} : { renewable: token.renewable }) }),
    'write renew-self': () => {
      if (!token.renewable) return refusal(400, 'lease is not renewable');
      token.endsAtMs = Math.min(clock.now() + token.ttlMs, token.maxEndsAtMs);
      return grantOf(token, clock);
    },
    'write create': (body) => {
      const periodMs = durationMsAt(body, 'period');
      const plan = {
        policies: [...listAt(body, 'policies'), ...(body['no_default_policy'] === true ? [] : ['default'])],
        ttlMs: periodMs ?? durationMsAt(body, 'ttl'),
        maxTtlMs: durationMsAt(body, 'explicit_max_ttl'),
        renewable: body['renewable'] !== false,
      };
      return grantOf(store.create(plan), clock);
    },
    'write revoke': (body) => {
      if (store.find(textAt(body, 'token')) === undefined) return denied;
      store.revoke(textAt(body, 'token'));
      return nothing;
    },
  };
  return { answer: async ({ operation, path, body }) => operations[`${operation} ${path}`]?.(body) };
}
