import { RerootError } from '@reroot/shared/errors';
import type { Principal } from './principal.ts';

/** Cause of RR_API_FORBIDDEN, for the journal: who it was that may not. */
class Forbidden extends Error {
  override readonly name = 'Forbidden';
  readonly principal: Principal;

  constructor(principal: Principal) {
    super(`${principal.name} may not`);
    this.principal = principal;
  }
}

/** The error of somebody who is known, and may not. */
export function forbidden(principal: Principal, what: string, remedy: string): RerootError {
  const { name, via } = principal;
  return new RerootError('RR_API_FORBIDDEN', `${name} (${via}) may not ${what}`, { remedy, cause: new Forbidden(principal) });
}

/** Who it was; undefined of any other error. */
export function forbiddenTo(error: unknown): Principal | undefined {
  return error instanceof RerootError && error.cause instanceof Forbidden ? error.cause.principal : undefined;
}
