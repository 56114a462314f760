import type { RerootError } from '@reroot/shared/errors';

/** A try of a request that came to nothing. */
export interface Failure {
  readonly error: RerootError;
  /**
   * `denied`: the token does not suffice, or is none. `busy`: Vault asks to come back. `unavailable`: it cannot be reached, or
   * is not well. `final`: it would say the same again.
   */
  readonly kind: 'denied' | 'busy' | 'unavailable' | 'final';
  readonly retryAfterMs?: number | undefined;
  /** Whether Vault may have done what was asked. */
  readonly carriedOut: 'no' | 'perhaps';
}

/** Carries a failure through node-vault. */
export class FailedTryError extends Error {
  override readonly name = 'FailedTryError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.error.message);
    this.failure = failure;
  }
}

/** What one try came to; `answer` is the whole JSON of Vault, undefined where there is none. */
export type Outcome =
  | { readonly kind: 'done'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly failure: Failure };
