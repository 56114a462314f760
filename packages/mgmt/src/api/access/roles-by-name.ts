import { type Role, roles } from '@reroot/shared/api';
import type { NamesByRole } from '../api-config.ts';

/** The roles that the configuration gives to somebody who is known by several names, such as groups. */
export function rolesOfNames(known: readonly string[], given: NamesByRole): readonly Role[] {
  return roles.filter((role) => given[role]?.some((name) => known.includes(name)) === true);
}
