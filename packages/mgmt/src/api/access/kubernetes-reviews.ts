import type { KubeApi } from '@reroot/kube-api';
import { isRecordable } from '@reroot/shared/api-contract';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { accessUnavailable } from './access-unavailable.ts';
import type { Wanted } from './gatekeeper.ts';
import type { Permission } from './permission.ts';

/** Somebody whom Kubernetes knows. */
export interface KubernetesUser {
  readonly username: string;
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

/** The two questions that are asked of Kubernetes. */
export interface KubernetesReviews {
  /** @throws RR_API_UNAUTHORIZED when Kubernetes does not know the token; RR_API_ACCESS_UNAVAILABLE */
  whoHas(token: string, signal: AbortSignal): Promise<KubernetesUser>;
  /** @throws RR_API_ACCESS_UNAVAILABLE */
  may(user: KubernetesUser, wanted: Wanted, signal: AbortSignal): Promise<boolean>;
}

/** What of the API of Kubernetes it takes. */
export type ReviewsApi = Pick<KubeApi, 'create'>;

/**
 * What a permission is called in the RBAC of Kubernetes, in the API group `reroot.dev`; nothing of it need exist there. Whoever may
 * write an object of that resource may do by it what the permission is for.
 */
export const attributesByPermission: Readonly<Record<Permission, { readonly verb: string; readonly resource: string }>> = {
  read: { verb: 'get', resource: 'virtualmeshes' },
  operate: { verb: 'update', resource: 'certificaterotations' },
  approve: { verb: 'create', resource: 'certificateverifications' },
  administer: { verb: 'update', resource: 'managedclusters' },
};

const group = 'reroot.dev';

/** TokenReviewStatus of authentication.k8s.io/v1. */
const tokenReviewSchema = z.looseObject({
  status: z.looseObject({
    authenticated: z.boolean().optional(),
    audiences: z.array(z.string()).nullish(),
    user: z
      .looseObject({
        username: z.string().optional(),
        uid: z.string().optional(),
        groups: z.array(z.string()).nullish(),
        extra: z.record(z.string(), z.array(z.string())).nullish(),
      })
      .optional(),
  }),
});

/** SubjectAccessReviewStatus of authorization.k8s.io/v1. */
const accessReviewSchema = z.looseObject({ status: z.looseObject({ allowed: z.boolean() }) });

/** @param audience for whom tokens must be made; one for Kubernetes itself would let mgmt act as whoever shows it */
export function createKubernetesReviews(api: ReviewsApi, audience: string): KubernetesReviews {
  return {
    whoHas: async (token, signal) => {
      const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token, audiences: [audience] } };
      const answer = await ask(api, '/apis/authentication.k8s.io/v1/tokenreviews', review, signal);
      return userIn(answer, audience);
    },
    may: async ({ username, uid, groups, extra }, { permission, mesh }, signal) => {
      const resourceAttributes = { group, ...attributesByPermission[permission], ...(mesh === undefined ? {} : { name: mesh }) };
      const spec = { user: username, uid, groups, extra, resourceAttributes };
      const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec };
      const answer = await ask(api, '/apis/authorization.k8s.io/v1/subjectaccessreviews', review, signal);
      const read = accessReviewSchema.safeParse(answer);
      if (!read.success) throw accessUnavailable('the answer of Kubernetes is no SubjectAccessReview');
      return read.data.status.allowed;
    },
  };
}

/**
 * An authenticator that knows nothing of audiences leaves them out of its answer: then nobody has looked for whom the token
 * was made (kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1).
 */
function userIn(answer: unknown, audience: string): KubernetesUser {
  const read = tokenReviewSchema.safeParse(answer);
  // What the parser says could quote the token, which the answer repeats.
  if (!read.success) throw accessUnavailable('the answer of Kubernetes is no TokenReview');
  const { authenticated, audiences, user } = read.data.status;
  if (authenticated !== true || user === undefined) throw unknown('Kubernetes does not know the token, or not for this audience');
  if (audiences?.includes(audience) !== true) throw unknown(`the token is not made for the audience ${audience}`);
  const { username, uid = '', groups, extra } = user;
  if (!isRecordable(username)) throw unknown('Kubernetes knows the token by a name that cannot be recorded');
  return { username, uid, groups: groups ?? [], extra: extra ?? {} };
}

function unknown(why: string): RerootError {
  return new RerootError('RR_API_UNAUTHORIZED', why);
}

async function ask(api: ReviewsApi, path: string, review: object, signal: AbortSignal): Promise<unknown> {
  try {
    return await api.create<unknown>(path, review, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RerootError)) throw error;
    // Who refuses a review as malformed may quote it, and with it the token.
    const why = error.code === 'RR_OBJECT_REFUSED' ? `POST ${path}: refused` : error.message;
    const remedy =
      error.code === 'RR_CLUSTER_FORBIDDEN' ? { remedy: 'give mgmt the rights of deploy/mgmt/rbac-access.yaml' } : {};
    throw accessUnavailable(`Kubernetes does not say who asks or what that one may do: ${why}`, remedy);
  }
}
