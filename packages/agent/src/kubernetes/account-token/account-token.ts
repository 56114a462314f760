import type { KubeApi } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import { shareRequest } from './share-request.ts';

/** A ServiceAccount by its place. */
export interface ServiceAccount {
  readonly namespace: string;
  readonly name: string;
}

/** Tokens of one ServiceAccount, for whoever asks who the agent is. */
export interface AccountToken {
  /** One that has a good part of its life before it. @throws what the cluster refuses the request with */
  obtain(signal: AbortSignal): Promise<string>;
  /** Lets a token go that was not accepted: the next one is asked for anew. */
  discard(token: string): void;
}

/** What obtaining tokens works with. */
export interface AccountTokenOptions {
  readonly api: KubeApi;
  readonly account: ServiceAccount;
  /** Whom the token is meant for; none for the API server itself. */
  readonly audiences: readonly string[];
  readonly lifetimeMs: number;
  readonly clock: Clock;
}

interface TokenRequest {
  readonly status: { readonly token: string; readonly expirationTimestamp: string };
}

/** Part of its life after which a token is not used any more: it must not expire on its way. */
const usedPart = 0.8;

/**
 * Obtains tokens of a ServiceAccount (TokenRequest API). Whoever needs one at the same time is given the same: there is one
 * request at a time.
 */
export function createAccountToken({ api, account, audiences, lifetimeMs, clock }: AccountTokenOptions): AccountToken {
  const path = `/api/v1/namespaces/${account.namespace}/serviceaccounts/${account.name}/token`;
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { audiences, expirationSeconds: Math.round(lifetimeMs / 1000) },
  };
  let held: { readonly token: string; readonly untilMs: number } | undefined;
  const ask = shareRequest(async (signal) => {
    const askedAtMs = clock.now();
    const { status } = await api.create<TokenRequest>(path, body, signal);
    // The server may give another lifetime than was asked for, and its clock is not ours: the shorter one counts.
    const givenMs = Date.parse(status.expirationTimestamp) - askedAtMs;
    const lifeMs = Number.isNaN(givenMs) ? lifetimeMs : Math.min(givenMs, lifetimeMs);
    held = { token: status.token, untilMs: askedAtMs + lifeMs * usedPart };
    return status.token;
  });
  return {
    obtain: async (signal) => (held !== undefined && clock.now() < held.untilMs ? held.token : ask(signal)),
    discard: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
}
