import type { Replica } from '../../cluster/cluster.ts';
import type { OwnerReference } from '../api/kube-api.ts';
import { isAlive, type PodObject, readVariable, startOf, type Variable } from './pod.ts';

/** What is kept of a pod of istiod. */
export interface IstiodPod {
  readonly namespace: string;
  readonly pod: string;
  readonly startedAtMs: number;
  readonly multiRoot: Replica['multiRoot'];
  /** Undefined while it has no address. */
  readonly podIp: string | undefined;
  /** CLUSTER_ID, which istiod demands of those who name their cluster; undefined when the pod does not say. */
  readonly clusterId: string | undefined;
  /** What controls the pod. */
  readonly owner: OwnerReference | undefined;
}

/** Name of istiod's container in its chart. */
const containerName = 'discovery';

/** Reduces a pod; undefined when it runs no longer. */
export function reduceIstiodPod(object: unknown): IstiodPod | undefined {
  const pod = object as PodObject;
  if (!isAlive(pod)) return undefined;
  const { metadata, spec, status } = pod;
  const containers = spec?.containers ?? [];
  const container = containers.find(({ name }) => name === containerName) ?? containers[0];
  const variable = (name: string): Variable => (container === undefined ? { kind: 'elsewhere' } : readVariable(container, name));
  const clusterId = variable('CLUSTER_ID');
  return {
    namespace: metadata.namespace ?? '',
    pod: metadata.name,
    startedAtMs: startOf(pod, container?.name ?? containerName),
    multiRoot: readSwitch(variable('ISTIO_MULTIROOT_MESH')),
    podIp: status?.podIP,
    clusterId: clusterId.kind === 'set' ? clusterId.value : undefined,
    owner: metadata.ownerReferences?.find(({ controller }) => controller === true),
  };
}

/** As Go's strconv.ParseBool, by which istiod reads its switches; what that refuses counts as the default, off. */
function readSwitch(variable: Variable): Replica['multiRoot'] {
  switch (variable.kind) {
    case 'absent':
      return 'off';
    case 'elsewhere':
      return 'unknown';
    case 'set':
      return ['1', 't', 'T', 'TRUE', 'true', 'True'].includes(variable.value) ? 'on' : 'off';
  }
}
