import { type ErrorCode, RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { Failure } from './failure.ts';
import { quoteWords } from './quote-words.ts';

/** An answer that is not a success. */
export interface Refusal {
  /** What was asked, as messages call it. */
  readonly request: string;
  readonly origin: string;
  readonly status: number;
  readonly retryAfter?: string | undefined;
  /** JSON of Vault, anything from something before it. */
  readonly body: unknown;
  /** What must not be quoted. */
  readonly secrets: readonly string[];
}

const errorsSchema = z.object({ errors: z.array(z.string()) });

/**
 * Reads a refusal by its status (developer.hashicorp.com/vault/api-docs, "HTTP status codes") and, where Vault has one status
 * for many things, by its words.
 */
export function readRefusal(refusal: Refusal): Failure {
  const words = errorsSchema.safeParse(refusal.body).data?.errors ?? [];
  const state = stateOf(refusal.status, words.join('\n'));
  const said = quoteWords(words, refusal.secrets);
  const answered = `${refusal.origin} answered with status ${refusal.status}`;
  const message = `${refusal.request}: ${answered}${said === '' ? '' : `: ${said}`}`;
  return {
    error: new RerootError(state.code, message),
    kind: state.kind,
    carriedOut: state.carriedOut,
    retryAfterMs: retryAfterMs(refusal.retryAfter),
  };
}

interface State {
  readonly code: ErrorCode;
  readonly kind: Failure['kind'];
  readonly carriedOut: Failure['carriedOut'];
}

function stateOf(status: number, words: string): State {
  switch (status) {
    case 403:
      return { code: 'RR_VAULT_FORBIDDEN', kind: 'denied', carriedOut: 'no' };
    case 404:
      return refused('RR_VAULT_NOT_FOUND');
    // A performance standby that lags behind (412), and the statuses of sys/health, which a load balancer may repeat.
    case 412:
    case 472:
    case 473:
      return notNow('RR_VAULT_STANDBY');
    case 429:
      return { code: 'RR_VAULT_THROTTLED', kind: 'busy', carriedOut: 'no' };
    default:
      if (status >= 300 && status < 400) return notNow('RR_VAULT_STANDBY');
      return status >= 500 ? stateOfServer(words) : refused('RR_VAULT_REFUSED');
  }
}

/** Vault has a status of its own for none of these (vault/core.go, vault/request_handling.go, builtin/logical/pki). */
function stateOfServer(words: string): State {
  if (/\bvault is sealed\b|not (?:yet )?initialized/i.test(words)) return notNow('RR_VAULT_SEALED');
  if (/local node not active|in standby mode/i.test(words)) return notNow('RR_VAULT_STANDBY');
  if (/unable to find PKI (?:issuer|key) for reference|no default issuer currently configured/i.test(words))
    return refused('RR_VAULT_NOT_FOUND');
  return { code: 'RR_VAULT_FAILED', kind: 'unavailable', carriedOut: 'perhaps' };
}

function refused(code: ErrorCode): State {
  return { code, kind: 'final', carriedOut: 'no' };
}

function notNow(code: ErrorCode): State {
  return { code, kind: 'unavailable', carriedOut: 'no' };
}

/** Of the two forms that the header has (RFC 9110 §10.2.3) Vault sends seconds. */
function retryAfterMs(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : undefined;
}
