import type { OwnerReference } from '@reroot/kube-api';
import type { Replica } from '../../cluster/cluster.ts';
import { isGoTrue } from './go-values.ts';
import { hasFinished, type PodObject, readVariable, rolledOutAtOf, startOf, type Variable } from './pod.ts';

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

/**
 * Reduces a pod; undefined when it runs no longer, or is being deleted. Such an istiod takes no new connection and loads no
 * Secret any more (waitForShutdown, pilot/pkg/bootstrap/server.go): listed, it would hold up each rolling restart as
 * unreachable for its grace period. It may sign once more before the kubelet stops it; its proxies are then seen to lag.
 */
export function reduceIstiodPod(object: unknown): IstiodPod | undefined {
  const pod = object as PodObject;
  const { metadata, spec, status } = pod;
  if (hasFinished(pod) || metadata.deletionTimestamp !== undefined) return undefined;
  const containers = spec?.containers ?? [];
  const container = containers.find(({ name }) => name === containerName) ?? containers[0];
  const variable = (name: string): Variable => (container === undefined ? { kind: 'elsewhere' } : readVariable(container, name));
  const clusterId = variable('CLUSTER_ID');
  return {
    namespace: metadata.namespace ?? '',
    pod: metadata.name,
    // The kubelet cuts a start to whole seconds, by a clock of its own. A pod that was made for the change of files that an
    // agent has just written would seem to run since before it, and be restarted once more.
    startedAtMs: Math.max(startOf(pod, container?.name ?? containerName), rolledOutAtOf(pod)),
    multiRoot: readSwitch(variable('ISTIO_MULTIROOT_MESH')),
    podIp: status?.podIP,
    clusterId: clusterId.kind === 'set' ? clusterId.value : undefined,
    owner: metadata.ownerReferences?.find(({ controller }) => controller === true),
  };
}

/** What Go does not read as a boolean counts as the default, off. */
function readSwitch(variable: Variable): Replica['multiRoot'] {
  switch (variable.kind) {
    case 'absent':
      return 'off';
    case 'elsewhere':
      return 'unknown';
    case 'set':
      return isGoTrue(variable.value) ? 'on' : 'off';
  }
}
