import type { KubeApi, KubeObject, OwnerReference } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import type { Owner, Rollout } from '../../cluster/cluster.ts';
import type { IstiodPod } from './istiod-pod.ts';

/** The part of the rollouts that restarting needs. */
export interface Restarter {
  list(owners: readonly Owner[], signal: AbortSignal): Promise<readonly Rollout[]>;
  restart(owner: Owner, signal: AbortSignal): Promise<void>;
}

/** A ReplicaSet, as far as it is read here. */
interface ReplicaSetObject extends KubeObject {
  readonly spec?: { readonly replicas?: number };
}

/**
 * Rolls all pods that stand under the same owner as this one; nothing while it rolls already, or when it has just replaced
 * this one: the pod is known from a watch, which may be behind what the API server says of the owner, and a second rollout
 * would restart every replica twice. One that refuses the Secret is ready all the same, so that pods which are not ready
 * have another cause, and a restart would leave even fewer.
 * @throws RR_OBJECT_NOT_FOUND when nothing owns the pod that could be rolled; RR_ROLLOUT_UNHEALTHY when pods of the owner are
 *   not ready; RR_ROLLOUT_BLOCKED when their PodDisruptionBudget bears no disruption now; RR_ROLLOUT_UNSUPPORTED
 */
export async function restartReplica(api: KubeApi, rollouts: Restarter, pod: IstiodPod, signal: AbortSignal): Promise<void> {
  const owner = await findOwner(api, pod, signal);
  const [rollout] = await rollouts.list([owner], signal);
  if (rollout?.state === 'rolling') return;
  const name = `${owner.kind} ${owner.namespace}/${owner.name}`;
  if (rollout?.state === 'unhealthy')
    throw new RerootError('RR_ROLLOUT_UNHEALTHY', `${name} has pods that are not ready, and is not restarted`);
  if (rollout?.blockedBy !== undefined) {
    const message = `PodDisruptionBudget ${rollout.blockedBy} lets no pod of ${name} be restarted`;
    throw new RerootError('RR_ROLLOUT_BLOCKED', message);
  }
  // After the rollout was looked at: only then does one that is over show in the ReplicaSet for certain.
  if (await isReplaced(api, pod, signal)) return;
  await rollouts.restart(owner, signal);
}

/** Whether the Deployment of the pod has scaled its ReplicaSet to nothing, so that the pod has ended or is about to. */
async function isReplaced(api: KubeApi, { namespace, owner }: IstiodPod, signal: AbortSignal): Promise<boolean> {
  if (owner?.kind !== 'ReplicaSet') return false;
  const found = await api.find<ReplicaSetObject>(replicaSetPath(namespace, owner.name), signal);
  // Old ReplicaSets are removed beyond the Deployment's revisionHistoryLimit, which may be 0.
  return found === undefined || found.spec?.replicas === 0;
}

function replicaSetPath(namespace: string, name: string): string {
  return `/apis/apps/v1/namespaces/${namespace}/replicasets/${name}`;
}

async function findOwner(api: KubeApi, { namespace, pod, owner }: IstiodPod, signal: AbortSignal): Promise<Owner> {
  const controller =
    owner?.kind === 'ReplicaSet' ? controllerOf(await api.get<KubeObject>(replicaSetPath(namespace, owner.name), signal)) : owner;
  const { kind, name } = controller ?? {};
  if (name !== undefined && (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet'))
    return { kind, namespace, name };
  throw new RerootError('RR_OBJECT_NOT_FOUND', `nothing owns the pod ${namespace}/${pod} that could be rolled out anew`);
}

function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}
