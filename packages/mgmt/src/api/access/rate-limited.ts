import { RerootError } from '@reroot/shared/errors';

/** Cause of an error that passes, for the header Retry-After. */
export class RetryAfter extends Error {
  override readonly name = 'RetryAfter';
  readonly afterMs: number;

  constructor(afterMs: number) {
    super(`again in ${afterMs} ms`);
    this.afterMs = afterMs;
  }
}

/** The error of somebody who must wait. */
export function rateLimited(whose: string, afterMs: number): RerootError {
  return new RerootError('RR_API_RATE_LIMITED', `${whose}; the next is taken in ${(afterMs / 1_000).toFixed(1)} s`, {
    cause: new RetryAfter(afterMs),
  });
}

/** Seconds for Retry-After (RFC 9110 §10.2.3), rounded up; undefined where an error asks nobody to wait. */
export function retryAfterSecondsOf({ cause }: RerootError): number | undefined {
  return cause instanceof RetryAfter ? Math.max(1, Math.ceil(cause.afterMs / 1_000)) : undefined;
}
