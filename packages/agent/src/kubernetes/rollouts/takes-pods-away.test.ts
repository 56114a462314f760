import { describe, expect, it } from 'vitest';
import type { Owner } from '../../cluster/cluster.ts';
import type { ControllerObject } from './controller-object.ts';
import { takesPodsAway } from './takes-pods-away.ts';

describe('a rollout', () => {
  it.each<[Owner['kind'], NonNullable<ControllerObject['spec']>]>([
    ['Deployment', {}],
    ['Deployment', { replicas: 3 }],
    ['Deployment', { replicas: 20, strategy: { rollingUpdate: { maxUnavailable: 0 } } }],
    ['Deployment', { replicas: 20, strategy: { rollingUpdate: { maxUnavailable: '4%', maxSurge: 1 } } }],
    ['DaemonSet', { updateStrategy: { rollingUpdate: { maxUnavailable: 0 } } }],
  ])('of a %s as %j brings new pods up before old ones go', (kind, spec) => {
    expect(takesPodsAway(kind, { metadata: { name: 'web' }, spec })).toBe(false);
  });

  it.each<[Owner['kind'], NonNullable<ControllerObject['spec']>]>([
    ['Deployment', { replicas: 4 }],
    ['Deployment', { strategy: { type: 'Recreate' } }],
    ['Deployment', { strategy: { rollingUpdate: { maxUnavailable: 1 } } }],
    ['Deployment', { replicas: 2, strategy: { rollingUpdate: { maxUnavailable: '50%' } } }],
    ['Deployment', { strategy: { rollingUpdate: { maxUnavailable: '25%', maxSurge: 0 } } }],
    ['StatefulSet', { replicas: 3 }],
    ['DaemonSet', {}],
    ['DaemonSet', { updateStrategy: { rollingUpdate: { maxUnavailable: '10%' } } }],
  ])('of a %s as %j takes pods away first', (kind, spec) => {
    expect(takesPodsAway(kind, { metadata: { name: 'web' }, spec })).toBe(true);
  });
});
