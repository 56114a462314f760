import type { ClusterStatus, MeshStatus, Verdict } from '@reroot/shared/api';

/** A verdict that passes. */
export const passed: Verdict = { passed: true, reason: 'Passed', message: 'passed', laggards: [], laggardCount: 0 };

/** A verdict that waits. */
export function waitingFor(reason: string, message = `waiting: ${reason}`): Verdict {
  return { passed: false, reason, message, laggards: [], laggardCount: 1 };
}

/** A cluster that holds everything. */
export function sampleCluster(name: string, part: Partial<ClusterStatus> = {}): ClusterStatus {
  return {
    name,
    presence: 'reporting',
    verdict: passed,
    roots: ['a'],
    replicas: { reached: 2, total: 2 },
    namespaces: { reached: 2, total: 2 },
    workloads: { reached: 4, total: 4, methods: {}, unread: {} },
    nudges: 0,
    problems: [],
    membership: 'member',
    ...part,
  };
}

/** A mesh in the middle of a rotation. */
export function sampleMesh(part: Partial<MeshStatus> = {}): MeshStatus {
  return {
    mesh: 'demo',
    state: 'ADDING_NEW_ROOT',
    step: 'ADDING_NEW_ROOT',
    direction: 'forward',
    generation: 2,
    term: 1,
    enteredAt: '2030-01-31T12:00:00.000Z',
    trustDomain: 'cluster.local',
    roots: [],
    rotation: {
      id: 'r',
      strategy: 'MULTI_ROOT',
      verification: 'manual',
      startedBy: 'ann',
      startedAt: '2030-01-31T12:00:00.000Z',
      oldRoot: 'a',
      newRoot: 'b',
      approvals: 'anybody',
    },
    wave: { index: 1, released: { reached: 1, total: 1 }, releasedAt: '2030-01-31T12:00:00.000Z' },
    verdict: passed,
    alarms: [],
    clusters: [sampleCluster('cluster-1')],
    ...part,
  };
}
