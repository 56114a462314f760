import type { ClusterStatus, MeshStatus, RootStatus, Verdict } from '../api/index.ts';

/** Fingerprints of the roots of `meshStatus`. */
export const oldRoot = 'a'.repeat(64);
export const newRoot = 'b'.repeat(64);

/** When `meshStatus` entered its state, and everything else in it happened. */
export const statusEnteredAt = '2026-01-01T00:00:00.000Z';

/** What mgmt says of a mesh of two clusters in its first step, with differences. */
export function meshStatus(differing: Partial<MeshStatus> = {}): MeshStatus {
  return {
    mesh: 'demo',
    state: 'ADDING_NEW_ROOT',
    step: 'ADDING_NEW_ROOT',
    direction: 'forward',
    generation: 2,
    term: 1,
    enteredAt: statusEnteredAt,
    trustDomain: 'cluster.local',
    roots: [
      rootStatus({ fingerprint: oldRoot, subject: 'O=reroot\nCN=one', role: 'old', phase: 'active' }),
      rootStatus({ fingerprint: newRoot, subject: 'O=reroot\nCN=two', role: 'new', phase: 'created' }),
    ],
    rotation: {
      id: 'r-1',
      strategy: 'MULTI_ROOT',
      verification: 'manual',
      approvals: 'anybody',
      startedBy: 'ana',
      startedAt: statusEnteredAt,
      oldRoot,
      newRoot,
    },
    wave: { index: 1, released: { reached: 2, total: 2 }, releasedAt: statusEnteredAt },
    verdict: waitingVerdict('ReplicaNotLoaded', 'cluster-2: istiod-1 has not loaded what the Secret holds'),
    alarms: [],
    clusters: [clusterStatus({ name: 'cluster-1' }), clusterStatus({ name: 'cluster-2' })],
    ...differing,
  };
}

/** The same mesh outside of any rotation. */
export function withoutRotation(differing: Partial<MeshStatus> = {}): MeshStatus {
  const status: { -readonly [K in keyof MeshStatus]: MeshStatus[K] } = meshStatus(differing);
  delete status.rotation;
  return status;
}

/** A root that is the current one, with differences. */
export function rootStatus(differing: Partial<RootStatus> = {}): RootStatus {
  return {
    fingerprint: oldRoot,
    subject: 'O=reroot\nCN=one',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2036-01-01T00:00:00.000Z',
    role: 'current',
    phase: 'active',
    phaseSince: statusEnteredAt,
    custody: 'key-store',
    ...differing,
  };
}

/** A cluster that is proven to hold the step of `meshStatus`, with differences. */
export function clusterStatus(differing: Partial<ClusterStatus> = {}): ClusterStatus {
  return {
    name: 'cluster-1',
    presence: 'reporting',
    lastReportAt: statusEnteredAt,
    verdict: passedVerdict('the cluster holds ADDING_NEW_ROOT'),
    roots: [oldRoot, newRoot],
    signerRoot: oldRoot,
    replicas: { reached: 2, total: 2 },
    namespaces: { reached: 2, total: 2 },
    workloads: { reached: 4, total: 4, methods: { 'proxy-config': 4 }, unread: {} },
    nudges: 0,
    problems: [],
    membership: 'member',
    told: { step: 'ADDING_NEW_ROOT', generation: 2 },
    ...differing,
  };
}

/** A verdict that waits for something that no cluster is behind, unless laggards are named. */
export function waitingVerdict(reason: string, what: string, laggards: Verdict['laggards'] = []): Verdict {
  return { passed: false, reason, message: `waiting: ${what}`, laggards, laggardCount: laggards.length };
}

/** A verdict that waits for nothing. */
export function passedVerdict(message: string): Verdict {
  return { passed: true, reason: 'Passed', message, laggards: [], laggardCount: 0 };
}
