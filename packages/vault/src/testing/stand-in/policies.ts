import type { StandInRequest } from './answer.ts';

/** Paths with the capabilities that a policy gives on them. */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** What the policy `default` gives of that which is used here. */
export const defaultPolicy: Policy = new Map([
  ['auth/token/lookup-self', ['read']],
  ['auth/token/renew-self', ['update']],
]);

/** Reads the part of HCL that policies are written in. */
export function parsePolicy(hcl: string): Policy {
  const rules = hcl
    .replace(/^\s*#.*$/gm, '')
    .matchAll(/path\s+"(?<path>[^"]+)"\s*\{\s*capabilities\s*=\s*\[(?<capabilities>[^\]]*)\]\s*\}/g);
  return new Map([...rules].map(({ groups = {} }) => [groups['path'] ?? '', (groups['capabilities'] ?? '').match(/\w+/g) ?? []]));
}

const needed = { read: ['read'], list: ['list'], write: ['create', 'update'], delete: ['delete'] } as const;

/** Whether one of the policies allows an operation; `+` stands for a segment, `*` at the end for anything. */
export function isAllowed(policies: readonly Policy[], operation: StandInRequest['operation'], path: string): boolean {
  const wanted: readonly string[] = needed[operation];
  return policies.some((policy) =>
    [...policy].some(([pattern, capabilities]) => matches(pattern, path) && capabilities.some((each) => wanted.includes(each))),
  );
}

function matches(pattern: string, path: string): boolean {
  const quoted = pattern.replace(/[.?^${}()|[\]\\]/g, '\\$&').replaceAll('+', '[^/]+');
  return new RegExp(`^${quoted.replace(/\*$/, '.*')}$`).test(path) || new RegExp(`^${quoted}$`).test(`${path}/`);
}
