import type { RerootError } from '@reroot/shared/errors';

/** A request that came to nothing. */
export interface Failure {
  readonly error: RerootError;
  /**
   * `credentials`: the server does not know us. `throttled`: it asks us to come back. `unavailable`: it cannot be reached,
   * or is not well. `final`: it would say the same again.
   */
  readonly kind: 'credentials' | 'throttled' | 'unavailable' | 'final';
  /** What the server asks for, with Retry-After. */
  readonly retryAfterMs: number | undefined;
  /** Whether the request may have changed something although no answer came. */
  readonly effect: 'none' | 'possible';
}

/** What one try of a request came to. */
export type Outcome<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'failed'; readonly failure: Failure };
