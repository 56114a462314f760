import { describe, expect, it } from 'vitest';
import { reduceIstiodPod } from './istiod-pod.ts';

const started = '2026-11-24T10:00:05Z';
const controller = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'istiod-1', uid: 'u', controller: true };

function podWith(discovery: object = {}, more: { metadata?: object; status?: object } = {}): object {
  return {
    metadata: {
      name: 'istiod-1-x',
      namespace: 'istio-system',
      creationTimestamp: '2026-11-24T09:00:00Z',
      ownerReferences: [controller],
      ...more.metadata,
    },
    spec: { containers: [{ name: 'istio-proxy' }, { name: 'discovery', ...discovery }] },
    status: {
      phase: 'Running',
      podIP: '10.0.0.7',
      startTime: '2026-11-24T09:30:00Z',
      containerStatuses: [
        { name: 'istio-proxy', state: { running: { startedAt: '2026-11-24T11:11:11Z' } } },
        { name: 'discovery', state: { running: { startedAt: started } } },
      ],
      ...more.status,
    },
  };
}

const startOfRolledOut = (restartedAt: string, creationTimestamp: string): number | undefined => {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': restartedAt };
  return reduceIstiodPod(podWith({}, { metadata: { annotations, creationTimestamp } }))?.startedAtMs;
};

const multiRootOf = (discovery: object) => reduceIstiodPod(podWith(discovery))?.multiRoot;

describe('a pod of istiod', () => {
  it('was started when the container of istiod was, not when the pod was', () => {
    const env = [{ name: 'CLUSTER_ID', value: 'east' }];
    expect(reduceIstiodPod(podWith({ env }))).toEqual({
      namespace: 'istio-system',
      pod: 'istiod-1-x',
      startedAtMs: Date.parse(started),
      multiRoot: 'off',
      podIp: '10.0.0.7',
      clusterId: 'east',
      owner: controller,
    });
  });

  it('has the start from before while its container waits, and that of the pod before the first', () => {
    const waiting = (lastState: object): object => ({
      containerStatuses: [{ name: 'discovery', state: { waiting: {} }, lastState }],
    });
    const crashed = podWith({}, { status: waiting({ terminated: { startedAt: '2026-11-24T09:45:00Z' } }) });
    expect(reduceIstiodPod(crashed)?.startedAtMs).toBe(Date.parse('2026-11-24T09:45:00Z'));
    expect(reduceIstiodPod(podWith({}, { status: waiting({}) }))?.startedAtMs).toBe(Date.parse('2026-11-24T09:30:00Z'));
    const pending = podWith({}, { status: { containerStatuses: undefined, startTime: undefined, podIP: undefined } });
    expect(reduceIstiodPod(pending)).toMatchObject({ startedAtMs: Date.parse('2026-11-24T09:00:00Z'), podIp: undefined });
  });

  it('was started no earlier than an agent had asked for it, though its kubelet cuts seconds or its clock is late', () => {
    const startOf = (restartedAt: string, creationTimestamp = started) => startOfRolledOut(restartedAt, creationTimestamp);
    expect(startOf('2026-11-24T10:00:05.400Z')).toBe(Date.parse('2026-11-24T10:00:05.400Z'));
    expect(startOf('2026-11-24T10:07:00.001Z', '2026-11-24T10:07:00Z')).toBe(Date.parse('2026-11-24T10:07:00.001Z'));
    expect(startOf('2026-11-24T09:00:00.000Z')).toBe(Date.parse(started));
    // By kubectl, from a machine of which nobody knows the clock.
    for (const foreign of ['2026-11-24T10:07:00Z', '2026-11-24T12:07:00+02:00', 'soon'])
      expect(startOf(foreign, '2026-11-24T10:07:00Z')).toBe(Date.parse(started));
  });

  it('was not started when somebody whose clock is ahead says to have asked for it', () => {
    for (const ahead of ['2026-11-24T10:07:00.001Z', '2036-11-24T10:00:05.400Z'])
      expect(startOfRolledOut(ahead, started)).toBe(Date.parse(started));
  });

  it.each([
    [{}, 'off'],
    [{ env: [{ name: 'ISTIO_MULTIROOT_MESH', value: 'true' }] }, 'on'],
    [{ env: [{ name: 'ISTIO_MULTIROOT_MESH', value: '1' }] }, 'on'],
    [{ env: [{ name: 'ISTIO_MULTIROOT_MESH', value: 'false' }] }, 'off'],
    [{ env: [{ name: 'ISTIO_MULTIROOT_MESH', value: 'yes' }] }, 'off'],
    [{ env: [{ name: 'ISTIO_MULTIROOT_MESH' }] }, 'off'],
    [{ env: [{ name: 'ISTIO_MULTIROOT_MESH', valueFrom: { configMapKeyRef: {} } }] }, 'unknown'],
    [{ envFrom: [{ configMapRef: { name: 'values' } }] }, 'unknown'],
    [{ env: [{ name: 'ISTIO_MULTIROOT_MESH', value: 'true' }], envFrom: [{ configMapRef: {} }] }, 'on'],
    [{ env: ['false', 'true'].map((value) => ({ name: 'ISTIO_MULTIROOT_MESH', value })) }, 'on'],
  ])('with %j has multi-root %s', (discovery, expected) => {
    expect(multiRootOf(discovery)).toBe(expected);
  });

  it('is left out when it is being deleted or has finished, and listed when it is not ready', () => {
    expect(reduceIstiodPod(podWith({}, { metadata: { deletionTimestamp: started } }))).toBeUndefined();
    expect(reduceIstiodPod(podWith({}, { status: { phase: 'Failed' } }))).toBeUndefined();
    expect(reduceIstiodPod(podWith({}, { status: { phase: 'Succeeded' } }))).toBeUndefined();
    expect(reduceIstiodPod(podWith({}, { status: { phase: 'Pending' } }))).toBeDefined();
  });
});
