import type { Role } from '@reroot/shared/api';
import type { Wanted } from './gatekeeper.ts';
import { permissionsOf, rolesWith } from './permission.ts';
import type { Principal } from './principal.ts';

/** Somebody who is known, and by what it is decided what that one may do. */
export interface Visitor {
  readonly principal: Principal;
  /** @throws RR_API_ACCESS_UNAVAILABLE when nobody can say */
  judge(wanted: Wanted, signal: AbortSignal): Promise<Ruling>;
}

/** Whether it may. */
export type Ruling = { readonly kind: 'allowed' } | { readonly kind: 'denied'; readonly remedy: string };

/**
 * Somebody who has roles by the configuration.
 * @param where what of the configuration gives them, for whoever is refused
 */
export function visitorWithRoles(principal: Principal, held: readonly Role[], where: string): Visitor {
  return {
    principal,
    judge: async ({ permission }) => {
      if (permissionsOf(held).includes(permission)) return { kind: 'allowed' };
      const enough = rolesWith(permission).join(' or ');
      const present = held.length === 0 ? 'no role' : `role ${held.join(', ')}`;
      return { kind: 'denied', remedy: `it has ${present} by ${where}; ${enough} would do, or another person who has it` };
    },
  };
}
