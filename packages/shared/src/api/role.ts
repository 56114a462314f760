/** What a person or a program is given in the configuration of mgmt, from the one that may least. docs/api-access.md says more. */
export const roles = ['viewer', 'operator', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

/** What `reroot token new` begins its tokens with, so that they are known wherever they turn up. */
export const tokenPrefix = 'rrt_';
