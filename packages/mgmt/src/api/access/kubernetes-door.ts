import { createHash } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import { createAnswerCache } from './answer-cache.ts';
import { digestOf } from './bearer-token.ts';
import type { Wanted } from './gatekeeper.ts';
import { attributesByPermission, type KubernetesReviews, type KubernetesUser } from './kubernetes-reviews.ts';
import type { Visitor } from './visitor.ts';
import { waitForAnswer } from './wait-for-answer.ts';

/** Knows people by tokens of Kubernetes, and lets its RBAC say what they may. */
export interface KubernetesDoor {
  /** Whose a token is, where Kubernetes was asked a moment ago; undefined where it was not. */
  recall(token: string, signal: AbortSignal): Promise<Visitor> | undefined;
  /** @throws RR_API_UNAUTHORIZED, RR_API_ACCESS_UNAVAILABLE; the signal's reason */
  open(token: string, signal: AbortSignal): Promise<Visitor>;
}

/** What it works with. */
export interface KubernetesDoorOptions {
  readonly reviews: KubernetesReviews;
  readonly clock: Clock;
}

/** How long an answer is believed: somebody whose right is taken away has it for so long. */
const ttlMs = 10_000;
const maxEntries = 2_000;
/** For each question; whoever has asked may have gone away meanwhile. */
const timeoutMs = 5_000;

/** Keeps digests of tokens, no tokens. */
export function createKubernetesDoor({ reviews, clock }: KubernetesDoorOptions): KubernetesDoor {
  const users = createAnswerCache<KubernetesUser>({ ttlMs, maxEntries, clock });
  const rulings = createAnswerCache<boolean>({ ttlMs, maxEntries, clock });
  const may = (user: KubernetesUser, wanted: Wanted): Promise<boolean> => {
    const key = keyOf(user, wanted);
    return rulings.find(key) ?? rulings.ask(key, () => reviews.may(user, wanted, AbortSignal.timeout(timeoutMs)));
  };
  const visitorOf = (user: KubernetesUser): Visitor => ({
    principal: { name: user.username, via: 'kubernetes', expiresAtMs: undefined },
    judge: async (wanted, signal) =>
      (await waitForAnswer(may(user, wanted), signal)) ? { kind: 'allowed' } : { kind: 'denied', remedy: remedyFor(wanted) },
  });
  const greet = async (user: Promise<KubernetesUser>, signal: AbortSignal): Promise<Visitor> =>
    visitorOf(await waitForAnswer(user, signal));
  return {
    recall: (token, signal) => {
      const user = users.find(digestOf(token).toString('hex'));
      return user === undefined ? undefined : greet(user, signal);
    },
    open: async (token, signal) => {
      const key = digestOf(token).toString('hex');
      const user = users.find(key) ?? users.ask(key, () => reviews.whoHas(token, AbortSignal.timeout(timeoutMs)));
      return greet(user, signal);
    },
  };
}

/** Everything that Kubernetes decides by, groups above all. */
function keyOf({ username, uid, groups, extra }: KubernetesUser, { permission, mesh }: Wanted): string {
  return createHash('sha256')
    .update(JSON.stringify([username, uid, groups, extra, permission, mesh ?? null]))
    .digest('hex');
}

function remedyFor({ permission, mesh }: Wanted): string {
  const { verb, resource } = attributesByPermission[permission];
  const which = mesh === undefined ? '' : `, for the name ${mesh} or for all`;
  return `give it the verb ${verb} on ${resource} of the API group reroot.dev in Kubernetes${which}; docs/api-access.md has an example`;
}
