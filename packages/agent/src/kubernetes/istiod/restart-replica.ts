import { RerootError } from '@reroot/shared/errors';
import type { Owner } from '../../cluster/cluster.ts';
import type { KubeApi, KubeObject, OwnerReference } from '../api/kube-api.ts';
import type { IstiodPod } from './istiod-pod.ts';

/** The part of the rollouts that restarting needs. */
export interface Restarter {
  list(owners: readonly Owner[], signal: AbortSignal): Promise<readonly { readonly state: string }[]>;
  restart(owner: Owner, signal: AbortSignal): Promise<void>;
}

/**
 * Rolls all pods that stand under the same owner as this one; nothing while it rolls already.
 * @throws RR_OBJECT_NOT_FOUND when nothing owns the pod that could be rolled
 */
export async function restartReplica(api: KubeApi, rollouts: Restarter, pod: IstiodPod, signal: AbortSignal): Promise<void> {
  const owner = await findOwner(api, pod, signal);
  const [rollout] = await rollouts.list([owner], signal);
  if (rollout?.state !== 'rolling') await rollouts.restart(owner, signal);
}

async function findOwner(api: KubeApi, { namespace, pod, owner }: IstiodPod, signal: AbortSignal): Promise<Owner> {
  const path = `/apis/apps/v1/namespaces/${namespace}/replicasets/${owner?.name ?? ''}`;
  const controller = owner?.kind === 'ReplicaSet' ? controllerOf(await api.get<KubeObject>(path, signal)) : owner;
  const { kind, name } = controller ?? {};
  if (name !== undefined && (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet'))
    return { kind, namespace, name };
  throw new RerootError('RR_OBJECT_NOT_FOUND', `nothing owns the pod ${namespace}/${pod} that could be rolled out anew`);
}

function controllerOf({ metadata }: KubeObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(({ controller }) => controller === true);
}
