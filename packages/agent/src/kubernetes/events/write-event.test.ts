import { RerootError } from '@reroot/shared/errors';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ClusterEvent } from '../../cluster/cluster-event.ts';
import { createMemoryKubeApi, type MemoryKubeApi } from '../testing/memory-kube-api.ts';
import { writeEvent } from './write-event.ts';

const { signal } = new AbortController();
const place = { namespace: 'istio-system', reporter: 'reroot-agent-5d8f' };
const collection = '/apis/events.k8s.io/v1/namespaces/istio-system/events';
const own = `${collection}/cacerts.0123456789abcdef0123`;
const event: ClusterEvent = {
  id: '0123456789abcdef0123',
  ...{ severity: 'warning', reason: 'ReplicaNotLoaded', action: 'ReconcileTrust', note: 'istiod-0' },
  ...{ count: 1, firstAtMs: Date.parse('2026-01-02T03:04:05.678Z'), lastAtMs: Date.parse('2026-01-02T03:04:05.678Z') },
};
const again: ClusterEvent = { ...event, count: 4, lastAtMs: event.firstAtMs + 60_000 };
const series = { count: 4, lastObservedTime: '2026-01-02T03:05:05.678000Z' };

let api: MemoryKubeApi;

beforeEach(() => {
  api = createMemoryKubeApi();
});

describe('an Event of Kubernetes', () => {
  it('is about the cacerts Secret that there is, so that kubectl describe shows it', async () => {
    api.put('/api/v1/namespaces/istio-system/secrets/cacerts', { metadata: { name: 'cacerts', uid: 'uid-1' } });
    await writeEvent(api, event, place, signal);
    expect(await api.get(own, signal)).toMatchObject({
      ...{ apiVersion: 'events.k8s.io/v1', kind: 'Event', eventTime: '2026-01-02T03:04:05.678000Z' },
      ...{ type: 'Warning', reason: 'ReplicaNotLoaded', action: 'ReconcileTrust', note: 'istiod-0' },
      regarding: { apiVersion: 'v1', kind: 'Secret', namespace: 'istio-system', name: 'cacerts', uid: 'uid-1' },
      ...{ reportingController: 'reroot.dev/agent', reportingInstance: 'reroot-agent-5d8f' },
    });
  });

  it('that is repeated changes nothing but its series', async () => {
    await writeEvent(api, event, place, signal);
    api.requests.length = 0;
    await writeEvent(api, again, place, signal);
    expect(api.requests).toEqual([{ verb: 'mergePatch', path: own, body: { series } }]);
    expect(await api.get(own, signal)).toMatchObject({ note: 'istiod-0', series });
  });

  it('that the cluster has forgotten is written anew, with its count', async () => {
    await writeEvent(api, again, place, signal);
    expect(await api.get(own, signal)).toMatchObject({ eventTime: '2026-01-02T03:04:05.678000Z', series });
  });

  it('that is refused is not tried another way', async () => {
    api.answer = ({ verb }) => {
      if (verb === 'mergePatch') throw new RerootError('RR_CLUSTER_FORBIDDEN', 'no');
      return undefined;
    };
    await expect(writeEvent(api, again, place, signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_FORBIDDEN' });
    expect(api.requests).toHaveLength(1);
  });
});
