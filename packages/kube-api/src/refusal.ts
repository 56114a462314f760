import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import { clipMessage } from './clip-message.ts';
import type { Failure } from './failure.ts';

/** What the API server says when it does not do what was asked: the object Status of meta/v1. */
const statusSchema = z.object({
  code: z.number().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  details: z
    .object({
      retryAfterSeconds: z.number().nonnegative().optional().catch(undefined),
      causes: z
        .array(z.object({ field: z.string().optional().catch(undefined) }))
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** The cause of an error that a refusal was made into. */
export class HttpStatusError extends Error {
  override readonly name = 'HttpStatusError';
  readonly status: number;

  constructor(status: number) {
    super(`the server answered with status ${status}`);
    this.status = status;
  }
}

type Status = z.infer<typeof statusSchema>;

/** An answer that is not a success. */
export interface Refusal {
  /** Method and path of what was asked, without the query. */
  readonly request: string;
  readonly status: number;
  /** The header, in seconds. */
  readonly retryAfter?: string | undefined;
  /** A Status where Kubernetes answers; anything where something before it does. */
  readonly body: unknown;
}

/**
 * Reads a refusal by the HTTP status and the Status object (kubernetes.io/docs/reference/kubernetes-api/common-definitions/status).
 * The message says what was asked and what the server answered.
 */
export function readRefusal(refusal: Refusal): Failure {
  const status = statusSchema.safeParse(refusal.body).data ?? {};
  const code = codeOf(refusal.status, status);
  const message = `${refusal.request}: ${describe(refusal, status, code)}`;
  return {
    error: new RerootError(code, message, { cause: new HttpStatusError(refusal.status) }),
    kind: kindOf(code),
    retryAfterMs: retryAfterMs(refusal.retryAfter, status),
    effect: code === 'RR_CLUSTER_UNREACHABLE' ? 'possible' : 'none',
  };
}

function codeOf(httpStatus: number, status: Status): ErrorCode {
  switch (httpStatus) {
    case 401:
      return 'RR_CLUSTER_UNAUTHENTICATED';
    case 403:
      return codeOfForbidden(status);
    case 404:
      return 'RR_OBJECT_NOT_FOUND';
    case 409:
      return 'RR_CLUSTER_CONFLICT';
    case 410:
      return 'RR_WATCH_EXPIRED';
    case 429:
      return 'RR_CLUSTER_THROTTLED';
    default:
      return httpStatus >= 400 && httpStatus < 500 ? 'RR_OBJECT_REFUSED' : 'RR_CLUSTER_UNREACHABLE';
  }
}

/**
 * 403 has three meanings. An authorizer says `User "x" cannot get resource …`
 * (apiserver/pkg/endpoints/handlers/responsewriters/errors.go); admission says anything else.
 */
function codeOfForbidden({ reason, message = '' }: Status): ErrorCode {
  if (message.includes('exceeded quota')) return 'RR_CLUSTER_QUOTA';
  const admission = reason === 'Forbidden' && !/\bUser ".*" cannot /s.test(message);
  return admission ? 'RR_OBJECT_REFUSED' : 'RR_CLUSTER_FORBIDDEN';
}

function kindOf(code: ErrorCode): Failure['kind'] {
  switch (code) {
    case 'RR_CLUSTER_UNAUTHENTICATED':
      return 'credentials';
    case 'RR_CLUSTER_THROTTLED':
      return 'throttled';
    case 'RR_CLUSTER_UNREACHABLE':
      return 'unavailable';
    default:
      return 'final';
  }
}

function describe({ request, status: httpStatus }: Refusal, status: Status, code: ErrorCode): string {
  const { reason, message, details } = status;
  if (code === 'RR_OBJECT_REFUSED' && /\/secrets(\/|$)/.test(request)) {
    // The server may quote what it could not read, and that may be a private key.
    const fields = (details?.causes ?? []).flatMap(({ field }) => field ?? []);
    return clipMessage([`refused with status ${httpStatus}`, reason, ...fields].filter((part) => part !== undefined).join(', '));
  }
  return clipMessage(message === undefined || message === '' ? `the server answered with status ${httpStatus}` : message);
}

function retryAfterMs(header: string | undefined, { details }: Status): number | undefined {
  const seconds = header === undefined || !/^\d+$/.test(header) ? details?.retryAfterSeconds : Number(header);
  return seconds === undefined ? undefined : seconds * 1_000;
}
