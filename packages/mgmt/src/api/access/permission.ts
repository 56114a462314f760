import { type Role, roles } from '@reroot/shared/api';
import type { Permission } from '@reroot/shared/api-contract';

export type { Permission } from '@reroot/shared/api-contract';

/** What each role may do. Starting a rotation and letting its steps pass are apart, so that two people can be asked for. */
export const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: ['read'],
  operator: ['read', 'operate'],
  approver: ['read', 'approve'],
  admin: ['read', 'operate', 'approve', 'administer'],
};

/** Every permission. */
export const permissions = ['read', 'operate', 'approve', 'administer'] as const satisfies readonly Permission[];

/** What several roles together may do, in the order of `permissions`. */
export function permissionsOf(held: readonly Role[]): readonly Permission[] {
  return permissions.filter((permission) => held.some((role) => permissionsByRole[role].includes(permission)));
}

/** The roles that include a permission, for whoever is refused it. */
export function rolesWith(permission: Permission): readonly Role[] {
  return roles.filter((role) => permissionsByRole[role].includes(permission));
}
