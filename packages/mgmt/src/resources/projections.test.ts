import type { Condition, MeshStatus } from '@reroot/shared/api';
import {
  clusterStatus,
  meshStatus,
  newRoot,
  oldRoot,
  passedVerdict,
  waitingVerdict,
  withoutRotation,
} from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { conditionsOf, type Finding } from './conditions.ts';
import { projectCluster } from './project-cluster.ts';
import { projectMesh } from './project-mesh.ts';
import { projectRotation } from './project-rotation.ts';

const holding = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ status }) => status === 'True').map(({ type }) => type);
const verified = waitingVerdict('AwaitingVerification', 'verify ADDING_NEW_ROOT and answer');
const lagging = waitingVerdict('ReplicaNotLoaded', 'istiod-1 has not loaded it', [
  { cluster: 'cluster-2', reason: 'ReplicaNotLoaded', message: 'istiod-1' },
]);

describe('a VirtualMesh', () => {
  it('says of a rotation what is waited for, and from which root to which', () => {
    const clusters = [clusterStatus(), clusterStatus({ name: 'cluster-2', verdict: lagging })];
    const { status, findings } = projectMesh(meshStatus({ clusters, verdict: lagging }));
    expect(status).toMatchObject({
      ...{ state: 'ADDING_NEW_ROOT', generation: 2, rotation: 'r-1', currentRoot: oldRoot, targetRoot: newRoot },
      ...{ ready: '1/2', clusters: { reached: 1, total: 2 }, reason: 'ReplicaNotLoaded' },
    });
    expect(holding(findings)).toEqual(['Rotating']);
  });

  it.each<[string, MeshStatus, readonly string[]]>([
    ['at rest', withoutRotation({ state: 'NOT_ROTATING', verdict: passedVerdict('fine') }), ['Ready']],
    ['at rest, and not everywhere', withoutRotation({ state: 'NOT_ROTATING' }), []],
    ['being verified', meshStatus({ state: 'VERIFYING', verdict: verified }), ['Rotating', 'Blocked']],
    ['failed', meshStatus({ state: 'FAILED' }), ['Rotating', 'Blocked']],
    [
      'at rest with an alarm',
      withoutRotation({
        state: 'FINISHED',
        verdict: passedVerdict('fine'),
        alarms: [{ severity: 'warning', reason: 'RootExpires', message: 'soon' }],
      }),
      ['Ready', 'Degraded'],
    ],
  ])('that is %s', (_, mesh, types) => {
    expect(holding(projectMesh(mesh).findings)).toEqual(types);
  });
});

describe('a CertificateRotation', () => {
  const entry = (state: Condition['state'], at: string): Condition => ({
    ...{ timestamp: at, state, step: 'PREVIOUS_CA', rotationId: 'r-1', generation: 2, message: 'said', errors: [] },
  });

  it('shows the record, and tells with what an answer is to be named', () => {
    const { status, findings } = projectRotation('r-1', meshStatus({ state: 'VERIFYING', verdict: verified }), [])!;
    expect(status).toMatchObject({ rotation: 'r-1', state: 'VERIFYING', generation: 2, oldRoot, newRoot, startedBy: 'ana' });
    expect(holding(findings)).toEqual(['Started', 'Blocked']);
    const said = findings.find(({ type }) => type === 'Blocked')!.message;
    expect(said).toContain('names rotation r-1, step ADDING_NEW_ROOT, generation 2');
  });

  it('lists no more than twenty laggards, and counts them all', () => {
    const laggards = Array.from({ length: 30 }, (_, index) => ({
      cluster: `c-${index}`,
      reason: 'ReplicaNotLoaded',
      message: 'x',
    }));
    const { status } = projectRotation('r-1', meshStatus({ verdict: waitingVerdict('ReplicaNotLoaded', 'x', laggards) }), [])!;
    expect([status.laggards?.length, status.laggardCount]).toEqual([20, 30]);
  });

  it.each<[string, MeshStatus | undefined, readonly Condition[], readonly string[], string | undefined]>([
    ['moves', meshStatus(), [], ['Started', 'Progressing'], undefined],
    ['has failed', meshStatus({ state: 'FAILED' }), [], ['Started', 'Failed', 'Blocked'], undefined],
    [
      'is finished',
      meshStatus({ state: 'FINISHED' }),
      [entry('VERIFIED', 'a'), entry('FINISHED', 'b'), entry('NOT_ROTATING', 'c')],
      ['Started', 'Finished'],
      'b',
    ],
    [
      'is rolled back',
      meshStatus({ state: 'PREVIOUS_CA' }),
      [entry('ROLLING_BACK', 'a'), entry('PREVIOUS_CA', 'b')],
      ['Started', 'RolledBack'],
      'b',
    ],
    [
      'is known by the history alone',
      withoutRotation({ state: 'NOT_ROTATING' }),
      [entry('FINISHED', 'b')],
      ['Started', 'Finished'],
      'b',
    ],
    ['was taken back, as the history knows', undefined, [entry('PREVIOUS_CA', 'b')], ['Started', 'RolledBack'], 'b'],
  ])('that %s', (_, mesh, entries, types, endedAt) => {
    const { status, findings } = projectRotation('r-1', mesh, entries)!;
    expect([holding(findings), status.endedAt]).toEqual([types, endedAt]);
  });

  it('says nothing anew of a rotation that nobody knows', () => {
    expect(projectRotation('r-0', meshStatus(), [])).toBeUndefined();
  });
});

describe('a ManagedCluster', () => {
  const account = {
    name: 'cluster-1',
    mesh: 'demo',
    origin: 'added',
    state: 'enrolled',
    changing: [],
    refusedByMgmt: {},
  } as const;

  it('says how its cluster is', () => {
    const { status, findings } = projectCluster({ account, status: clusterStatus(), joinSecret: undefined });
    expect(status).toMatchObject({
      access: 'enrolled',
      presence: 'reporting',
      evidence: 'Passed',
      step: 'ADDING_NEW_ROOT',
      generation: 2,
    });
    expect(holding(findings)).toEqual(['Enrolled', 'Reporting', 'Healthy']);
  });

  it('names the Secret of its join file', () => {
    const invited = { ...account, state: 'invited', invitationExpiresAt: '2026-01-02T00:00:00.000Z' } as const;
    const { status, findings } = projectCluster({ account: invited, status: undefined, joinSecret: 'cluster-1-join' });
    expect(status).toEqual({ access: 'invited', joinSecret: 'cluster-1-join', joinExpiresAt: '2026-01-02T00:00:00.000Z' });
    expect(findings.find(({ type }) => type === 'Healthy')?.status).toBe('Unknown');
  });
});

it('a condition says since when its status is what it is, whatever else is said anew', () => {
  const since = '2026-01-01T00:00:00.000Z';
  const before = [
    { type: 'Ready', status: 'True', lastTransitionTime: since, reason: 'A', message: 'a' },
    { type: 'Blocked', status: 'True', lastTransitionTime: since, reason: 'A', message: 'a' },
  ] as const;
  const found = ['Ready', 'Blocked'].map(
    (type) => ({ type, status: type === 'Ready' ? 'True' : 'False', reason: 'B', message: 'b' }) as const,
  );
  const [ready, blocked] = conditionsOf(found, before, 3, Date.parse(since) + 1_000);
  expect(ready).toEqual({
    type: 'Ready',
    status: 'True',
    observedGeneration: 3,
    lastTransitionTime: since,
    reason: 'B',
    message: 'b',
  });
  expect(blocked?.lastTransitionTime).toBe('2026-01-01T00:00:01.000Z');
});
