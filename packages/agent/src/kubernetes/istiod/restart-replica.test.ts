import type { OwnerReference } from '@reroot/kube-api';
import { RerootError } from '@reroot/shared/errors';
import { describe, expect, it } from 'vitest';
import type { Owner, Rollout } from '../../cluster/cluster.ts';
import { createMemoryKubeApi, type MemoryKubeApi } from '../testing/memory-kube-api.ts';
import type { IstiodPod } from './istiod-pod.ts';
import { refreshVolumes } from './refresh-volumes.ts';
import { restartReplica } from './restart-replica.ts';

const { signal } = new AbortController();
const controlledBy = (kind: string, name: string): OwnerReference => ({
  apiVersion: 'apps/v1',
  kind,
  name,
  uid: 'u',
  controller: true,
});
const podOf = (owner: OwnerReference | undefined, pod = 'istiod-1'): IstiodPod => ({
  namespace: 'istio-system',
  pod,
  startedAtMs: 0,
  multiRoot: 'on',
  podIp: undefined,
  clusterId: undefined,
  owner,
});

const replicaSet = '/apis/apps/v1/namespaces/istio-system/replicasets/istiod-abc';

/** @param meanwhile what happens in the cluster before the rollout is looked at */
function clusterWith(state: Rollout['state'], blockedBy?: string, meanwhile: (api: MemoryKubeApi) => void = () => undefined) {
  const api = createMemoryKubeApi();
  api.put(replicaSet, { metadata: { name: 'istiod-abc', ownerReferences: [controlledBy('Deployment', 'istiod')] } });
  api.put('/apis/apps/v1/namespaces/istio-system/replicasets/lonely', { metadata: { name: 'lonely' } });
  const restarted: Owner[] = [];
  const rollouts = {
    list: async (owners: readonly Owner[]) => {
      meanwhile(api);
      return owners.map((owner) => ({ owner, state, blockedBy }));
    },
    restart: async (owner: Owner) => void restarted.push(owner),
  };
  return { restarted, restart: (pod: IstiodPod) => restartReplica(api, rollouts, pod, signal) };
}

describe('restarting a replica', () => {
  it('rolls the Deployment that owns its ReplicaSet, or what owns the pod itself', async () => {
    const { restart, restarted } = clusterWith('steady');
    await restart(podOf(controlledBy('ReplicaSet', 'istiod-abc')));
    await restart(podOf(controlledBy('StatefulSet', 'istiod-set')));
    expect(restarted).toEqual([
      { kind: 'Deployment', namespace: 'istio-system', name: 'istiod' },
      { kind: 'StatefulSet', namespace: 'istio-system', name: 'istiod-set' },
    ]);
  });

  it('asks for nothing more while that Deployment rolls, be its budget used up by that or not', async () => {
    const { restart, restarted } = clusterWith('rolling', 'istiod');
    await restart(podOf(controlledBy('ReplicaSet', 'istiod-abc')));
    expect(restarted).toEqual([]);
  });

  it.each([
    [
      'has scaled the ReplicaSet of the pod to nothing',
      (api: MemoryKubeApi) => {
        api.put(replicaSet, { metadata: { name: 'istiod-abc' }, spec: { replicas: 0 } });
      },
    ],
    [
      'has removed the ReplicaSet of the pod',
      (api: MemoryKubeApi) => {
        api.remove(replicaSet);
      },
    ],
  ])('rolls no Deployment a second time that %s since the pod was seen', async (_, meanwhile) => {
    const { restart, restarted } = clusterWith('steady', undefined, meanwhile);
    await restart(podOf(controlledBy('ReplicaSet', 'istiod-abc')));
    expect(restarted).toEqual([]);
  });

  it.each([
    ['its pods are not ready', 'RR_ROLLOUT_UNHEALTHY', 'unhealthy', undefined, 'Deployment istio-system/istiod has pods'],
    [
      'its budget bears nothing',
      'RR_ROLLOUT_BLOCKED',
      'steady',
      'istiod-budget',
      'PodDisruptionBudget istiod-budget lets no pod',
    ],
  ] as const)('asks for nothing while %s, and says so', async (_, code, state, blockedBy, words) => {
    const { restart, restarted } = clusterWith(state, blockedBy);
    const refusal = { code, message: expect.stringContaining(words) as string };
    await expect(restart(podOf(controlledBy('ReplicaSet', 'istiod-abc')))).rejects.toMatchObject(refusal);
    expect(restarted).toEqual([]);
  });

  it.each([
    ['nothing owns', undefined],
    ['a ReplicaSet of nobody owns', controlledBy('ReplicaSet', 'lonely')],
    ['a Job owns', controlledBy('Job', 'once')],
  ])('says that it cannot when %s the pod', async (_, owner) => {
    const { restart, restarted } = clusterWith('steady');
    const failure = await restart(podOf(owner)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RerootError);
    expect(failure).toMatchObject({ code: 'RR_OBJECT_NOT_FOUND' });
    expect(restarted).toEqual([]);
  });
});

describe('refreshing the volumes', () => {
  const paths = ['a', 'gone', 'b'].map((name) => `/api/v1/namespaces/istio-system/pods/${name}`);
  const pods = ['a', 'gone', 'b'].map((name) => podOf(undefined, name));

  it('marks every pod with the time and passes over one that has gone', async () => {
    const api = createMemoryKubeApi();
    for (const path of paths)
      if (!path.endsWith('gone')) api.put(path, { metadata: { name: 'pod', annotations: { kept: 'yes' } } });
    await refreshVolumes(api, pods, 1_700_000_000_123, signal);
    const annotations = { kept: 'yes', 'reroot.dev/refreshed-at': '2023-11-14T22:13:20.123Z' };
    expect(await api.get(paths[0] ?? '', signal)).toMatchObject({ metadata: { annotations } });
    expect(await api.get(paths[2] ?? '', signal)).toMatchObject({ metadata: { annotations } });
  });

  it('marks the others and says so when one is refused', async () => {
    const api = createMemoryKubeApi();
    for (const path of paths) api.put(path, { metadata: { name: 'pod' } });
    api.answer = ({ path }) => {
      if (path.endsWith('/a')) throw new RerootError('RR_CLUSTER_FORBIDDEN', 'no');
      return undefined;
    };
    await expect(refreshVolumes(api, pods, 0, signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_FORBIDDEN' });
    expect(api.requests.map(({ path }) => path)).toEqual(paths);
  });
});
