import { type ErrorFacts, RerootError } from '@reroot/shared/errors';

/** The error of a question that an issuer or Kubernetes has not answered. */
export function accessUnavailable(why: string, facts: ErrorFacts = {}): RerootError {
  return new RerootError('RR_API_ACCESS_UNAVAILABLE', why, facts);
}
