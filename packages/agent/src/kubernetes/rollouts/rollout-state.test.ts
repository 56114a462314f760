import { describe, expect, it } from 'vitest';
import type { Owner, Rollout } from '../../cluster/cluster.ts';
import type { ControllerObject } from './controller-object.ts';
import { rolloutStateOf } from './rollout-state.ts';

const restartedAtMs = Date.parse('2026-01-01T00:00:00Z');

function stateOf(
  kind: Owner['kind'],
  status: ControllerObject['status'],
  spec: ControllerObject['spec'] = {},
  generation = 1,
  nowMs = restartedAtMs,
): Rollout['state'] {
  const annotations = { 'kubectl.kubernetes.io/restartedAt': '2026-01-01T00:00:00Z' };
  const object = {
    metadata: { name: 'web', generation },
    spec: { replicas: 2, template: { metadata: { annotations } }, ...spec },
    status: { observedGeneration: 1, ...status },
  };
  return rolloutStateOf(kind, object, nowMs);
}

const progressing = (reason: string) => ({ conditions: [{ type: 'Progressing', reason }] });
const minuteMs = 60_000;

describe('the rollout of a Deployment', () => {
  const complete = { replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
  const state = (status: ControllerObject['status'], spec?: ControllerObject['spec'], generation?: number): Rollout['state'] =>
    stateOf('Deployment', status, spec, generation);

  it('is steady when all pods are of the present template and ready', () => {
    expect(state(complete)).toBe('steady');
    expect(state({}, { replicas: 0 })).toBe('steady');
  });

  it.each<[string, ControllerObject['status'], number]>([
    ['was not seen by its controller yet', complete, 2],
    ['has pods to replace', { replicas: 3, updatedReplicas: 1, availableReplicas: 2 }, 1],
    ['has old pods left', { replicas: 3, updatedReplicas: 2, availableReplicas: 3 }, 1],
    ['waits for its last pod', { ...complete, availableReplicas: 1, ...progressing('ReplicaSetUpdated') }, 1],
    ['has no pods yet', {}, 1],
  ])('rolls when it %s', (_, status, generation) => {
    expect(state(status, {}, generation)).toBe('rolling');
  });

  it.each<[string, ControllerObject['status'], ControllerObject['spec']]>([
    [
      'makes no progress',
      { replicas: 3, updatedReplicas: 1, availableReplicas: 2, ...progressing('ProgressDeadlineExceeded') },
      {},
    ],
    ['has a pod that is no longer ready', { ...complete, availableReplicas: 1, ...progressing('NewReplicaSetAvailable') }, {}],
    ['is paused half-way', { replicas: 3, updatedReplicas: 1, availableReplicas: 2 }, { paused: true }],
  ])('is unhealthy when it %s', (_, status, spec) => {
    expect(state(status, spec)).toBe('unhealthy');
  });

  it('is not supported when it is paused and its pods are ready', () => {
    expect(state(complete, { paused: true })).toBe('unsupported');
    expect(state({ ...complete, updatedReplicas: 1 }, { paused: true })).toBe('unsupported');
    expect(state({ ...complete, availableReplicas: 1 }, { paused: true })).toBe('unhealthy');
  });
});

describe('the rollout of a StatefulSet', () => {
  const complete = { replicas: 2, updatedReplicas: 2, availableReplicas: 2 };
  const state = (status: ControllerObject['status'], spec?: ControllerObject['spec'], nowMs?: number): Rollout['state'] =>
    stateOf('StatefulSet', status, spec, 1, nowMs);

  it('is steady, rolls, and is unhealthy when the last pod is not ready in time', () => {
    expect(state(complete)).toBe('steady');
    expect(state({ ...complete, updatedReplicas: 1 })).toBe('rolling');
    expect(state({ ...complete, replicas: 3 })).toBe('rolling');
    const lastMissing = { ...complete, availableReplicas: 1 };
    expect(state(lastMissing, {}, restartedAtMs + 9 * minuteMs)).toBe('rolling');
    expect(state(lastMissing, {}, restartedAtMs + 10 * minuteMs)).toBe('unhealthy');
    expect(state(lastMissing, { template: {} })).toBe('unhealthy');
  });

  it('is not supported when its partition keeps pods back, or a hand must delete them, and all are ready', () => {
    const updateStrategy = { type: 'RollingUpdate', rollingUpdate: { partition: 1 } };
    for (const strategy of [updateStrategy, { type: 'OnDelete' }]) {
      expect(state({ ...complete, updatedReplicas: 1 }, { updateStrategy: strategy })).toBe('unsupported');
      expect(state(complete, { updateStrategy: strategy })).toBe('unsupported');
      const unready = { ...complete, updatedReplicas: 1, availableReplicas: 1 };
      expect(state(unready, { updateStrategy: strategy, template: {} })).toBe('unhealthy');
    }
    expect(state({ ...complete, updatedReplicas: 0 }, { updateStrategy })).toBe('rolling');
  });
});

describe('the rollout of a DaemonSet', () => {
  const complete = { desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 3 };
  const state = (status: ControllerObject['status'], spec?: ControllerObject['spec'], nowMs?: number): Rollout['state'] =>
    stateOf('DaemonSet', status, spec, 1, nowMs);

  it('is steady, rolls, and is unhealthy when the last pod is not ready in time', () => {
    expect(state(complete)).toBe('steady');
    expect(state({})).toBe('steady');
    expect(state({ ...complete, updatedNumberScheduled: 1 })).toBe('rolling');
    expect(state({ ...complete, updatedNumberScheduled: 1 }, { updateStrategy: { type: 'OnDelete' } })).toBe('unsupported');
    expect(state({ ...complete, numberAvailable: 2 })).toBe('rolling');
    expect(state({ ...complete, numberAvailable: 2 }, {}, restartedAtMs + 11 * minuteMs)).toBe('unhealthy');
  });
});
