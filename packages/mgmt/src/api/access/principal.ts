import { RerootError } from '@reroot/shared/errors';

/** By what somebody was known. The first two name nobody: whoever comes so says in the body who it is. */
export const methods = ['loopback', 'shared-token', 'token', 'oidc', 'kubernetes', 'certificate'] as const;
export type Method = (typeof methods)[number];

/** Who asks. */
export interface Principal {
  /** What the history, the log and the four eyes know it by: printable, at most 200 characters. */
  readonly name: string;
  readonly via: Method;
  /** When what it has shown stops being good; undefined where it does not. A connection that stays open ends then. */
  readonly expiresAtMs: number | undefined;
}

/** Whether the name of a principal is that of one person or program, and not of a door that many use. */
export function isNamed({ via }: Pick<Principal, 'via'>): boolean {
  return via !== 'loopback' && via !== 'shared-token';
}

/**
 * Who is recorded as having acted. A named principal acts under its own name whatever the body says: the four eyes rest on it.
 * @param said the `by` of the body
 * @throws RR_API_BODY_INVALID when nobody is named at all
 */
export function actorOf(principal: Principal, said: string | undefined): string {
  if (isNamed(principal)) return principal.name;
  if (said !== undefined) return said;
  throw new RerootError('RR_API_BODY_INVALID', 'nobody is named: who asks is not known by the credentials of the request', {
    place: 'body (by)',
  });
}
