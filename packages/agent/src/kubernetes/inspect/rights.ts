import type { KubeApi } from '@reroot/kube-api';
import { type InspectedRight, known, unknown } from '@reroot/shared/protocol';
import { backupNames } from '../ca-secret/back-up.ts';

/** One right of docs/rbac.md. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly verb: string;
  /** Left out where it is for the whole cluster. */
  readonly namespace?: string;
  /** Left out where it is not limited to one object. */
  readonly name?: string;
  readonly need: InspectedRight['need'];
}

/** What the rights are about, as this agent is configured. */
export interface RightsContext {
  readonly namespaces: readonly string[];
  readonly account: { readonly namespace: string; readonly name: string };
  readonly rootConfigMap: string;
  readonly trustBundle: 'config-map' | 'cluster-trust-bundle';
  readonly evidence: 'port-forward' | 'none';
  readonly events: 'write' | 'none';
}

type Draft = Omit<Right, 'verb' | 'namespace'> & { readonly verbs: readonly string[] };

const owners = ['deployments', 'statefulsets', 'daemonsets'] as const;

/** Every right of deploy/agent/rbac.yaml that this agent would use; a test holds the two together. */
export function rightsOf({ namespaces, account, rootConfigMap, trustBundle, evidence, events }: RightsContext): readonly Right[] {
  const core = { group: '' } as const;
  const inIstiods: readonly Draft[] = [
    { ...core, resource: 'secrets', verbs: ['get', 'list', 'watch', 'patch'], name: 'cacerts', need: 'needed' },
    { ...core, resource: 'secrets', verbs: ['get', 'list', 'watch'], name: 'istio-ca-secret', need: 'needed' },
    ...backupNames.map((name): Draft => ({ ...core, resource: 'secrets', verbs: ['get'], name, need: 'optional' })),
    { ...core, resource: 'secrets', verbs: ['create'], need: 'needed' },
    { ...core, resource: 'pods', verbs: ['list', 'watch'], need: 'needed' },
    { ...core, resource: 'pods', verbs: ['patch'], need: 'optional' },
    { group: 'apps', resource: 'replicasets', verbs: ['get'], need: 'optional' },
    ...owners.map((resource): Draft => ({ group: 'apps', resource, verbs: ['get', 'patch'], need: 'optional' })),
    { group: 'policy', resource: 'poddisruptionbudgets', verbs: ['list'], need: 'optional' },
    { ...core, resource: 'configmaps', verbs: ['get'], name: 'istio', need: 'optional' },
  ];
  const token = { ...core, resource: 'serviceaccounts', subresource: 'token', verbs: ['create'], name: account.name } as const;
  const everywhere: readonly Draft[] = [
    { ...core, resource: 'namespaces', verbs: ['get'], name: 'kube-system', need: 'needed' },
    { ...core, resource: 'namespaces', verbs: ['list', 'watch'], need: 'needed' },
    { ...core, resource: 'configmaps', verbs: ['list', 'watch'], name: rootConfigMap, need: 'needed' },
    { ...core, resource: 'pods', verbs: ['list', 'watch'], need: 'needed' },
    ...(evidence === 'none'
      ? []
      : [{ ...core, resource: 'pods', subresource: 'portforward', verbs: ['get', 'create'], need: 'optional' } as const]),
    ...owners.map((resource): Draft => ({ group: 'apps', resource, verbs: ['get', 'patch'], need: 'optional' })),
    { group: 'policy', resource: 'poddisruptionbudgets', verbs: ['list'], need: 'optional' },
    ...(trustBundle === 'config-map' ? [] : [trustBundles]),
    { group: 'admissionregistration.k8s.io', resource: 'mutatingwebhookconfigurations', verbs: ['list'], need: 'optional' },
    { group: 'admissionregistration.k8s.io', resource: 'validatingwebhookconfigurations', verbs: ['list'], need: 'optional' },
    { group: 'networking.istio.io', resource: 'workloadentries', verbs: ['list'], need: 'optional' },
  ];
  return [
    ...namespaces.flatMap((namespace) => inIstiods.flatMap((draft) => eachVerb(draft, namespace))),
    ...(events === 'none' ? [] : eachVerb(eventWriting, namespaces[0])),
    ...eachVerb({ ...token, need: 'needed' }, account.namespace),
    ...everywhere.flatMap((draft) => eachVerb(draft)),
  ];
}

/** Events stand beside the first `cacerts` alone. */
const eventWriting: Draft = { group: 'events.k8s.io', resource: 'events', verbs: ['create', 'patch'], need: 'optional' };

const trustBundles: Draft = {
  group: 'certificates.k8s.io',
  resource: 'clustertrustbundles',
  verbs: ['get'],
  name: 'istio.io:istiod-ca:root-cert',
  need: 'needed',
};

function eachVerb({ verbs, ...right }: Draft, namespace?: string): readonly Right[] {
  return verbs.map((verb) => ({ ...right, verb, ...(namespace === undefined ? {} : { namespace }) }));
}

interface ReviewStatus {
  readonly allowed?: boolean;
  readonly denied?: boolean;
  readonly evaluationError?: string;
}

/** Every account may ask this of itself (`system:basic-user`). */
const reviewPath = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Asks the API server for each right whether the agent has it. */
export async function inspectRights(
  api: KubeApi,
  rights: readonly Right[],
  signal: AbortSignal,
): Promise<readonly InspectedRight[]> {
  return Promise.all(
    rights.map(async (right) => {
      const { need, ...resourceAttributes } = right;
      const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
      const { status } = await api.create<{ readonly status?: ReviewStatus }>(reviewPath, body, signal);
      return { right: textOf(right), need, allowed: answerOf(status) };
    }),
  );
}

/**
 * An authorizer that fails, such as a webhook that is away, may have known better: without a refusal that is meant, its "no" says
 * nothing (SubjectAccessReviewStatus of authorization.k8s.io/v1).
 */
function answerOf(status: ReviewStatus | undefined): InspectedRight['allowed'] {
  if (status === undefined) return unknown('the API server gave no answer');
  const { allowed, denied, evaluationError } = status;
  if (allowed === true) return known('yes');
  const failed = evaluationError !== undefined && evaluationError !== '' && denied !== true;
  return failed ? unknown(`the API server could not tell: ${evaluationError}`) : known('no');
}

function textOf({ verb, resource, subresource, namespace, name }: Right): string {
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  return [verb, what, ...(name === undefined ? [] : [name]), ...(namespace === undefined ? [] : [`in ${namespace}`])].join(' ');
}
