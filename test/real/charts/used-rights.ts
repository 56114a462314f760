import { readFile } from 'node:fs/promises';
import type { RenderedObject } from './run-helm.ts';

/** One right that a role gives: a verb on a kind of resource, of one name where the role has names. */
export interface Right {
  readonly role: string;
  /** undefined for the whole cluster. */
  readonly namespace: string | undefined;
  readonly verb: string;
  /** `apps/deployments`, `/pods/portforward`. */
  readonly resource: string;
  readonly name: string | undefined;
}

/** One request, as the API server's audit log has it. */
export interface AuditedRequest {
  readonly user: string;
  readonly verb: string;
  readonly resource: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly status: number;
}

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface AuditEvent {
  readonly user: { readonly username: string };
  readonly verb: string;
  readonly objectRef?: {
    readonly apiGroup?: string;
    readonly resource?: string;
    readonly subresource?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
  readonly responseStatus?: { readonly code?: number };
}

/** Every right that roles of a chart give, taken apart. */
export function rightsIn(objects: readonly RenderedObject[]): readonly Right[] {
  return objects
    .filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole')
    .flatMap(({ metadata, rules = [] }) => (rules as readonly Rule[]).flatMap((rule) => rightsOf(metadata, rule)));
}

function rightsOf({ name: role, namespace }: RenderedObject['metadata'], rule: Rule): readonly Right[] {
  const names = rule.resourceNames ?? [undefined];
  return rule.apiGroups.flatMap((group) =>
    rule.resources.flatMap((resource) =>
      rule.verbs.flatMap((verb) => names.map((name) => ({ role, namespace, verb, resource: `${group}/${resource}`, name }))),
    ),
  );
}

/** What one user has asked an API server for. */
export async function readAudit(file: string, user: string): Promise<readonly AuditedRequest[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines
    .map((line) => JSON.parse(line) as AuditEvent)
    .filter((event) => event.user.username === user)
    .map(
      ({
        verb,
        objectRef: { apiGroup = '', resource = '', subresource, namespace, name } = {},
        responseStatus,
        user: { username },
      }) => ({
        ...{ user: username, verb, namespace, name, status: responseStatus?.code ?? 0 },
        resource: `${apiGroup}/${resource}${subresource === undefined ? '' : `/${subresource}`}`,
      }),
    );
}

/** Whether a request needed a right; there may be another that would have done. */
export function isUsedBy(right: Right, request: AuditedRequest): boolean {
  if (request.verb !== right.verb || request.resource !== right.resource) return false;
  if (right.namespace !== undefined && right.namespace !== request.namespace) return false;
  return right.name === undefined || right.name === request.name;
}

/** For people and lists: `get /secrets cacerts in istio-system`. */
export function describeRight({ verb, resource, name, namespace }: Omit<Right, 'role'>): string {
  const what = [verb, resource, ...(name === undefined ? [] : [name])].join(' ');
  return namespace === undefined ? what : `${what} in ${namespace}`;
}
