import { describe, expect, it } from 'vitest';
import type { ClusterStatus, MeshStatus } from './contract.ts';
import { durationText, renderMeshStatus } from './render-status.ts';
import { noPaint } from './render-table.ts';

const oldRoot = 'a'.repeat(64);
const newRoot = 'b'.repeat(64);
const enteredAtMs = Date.parse('2026-01-01T00:00:00.000Z');

describe('a mesh as text', () => {
  it('names the step, what it waits for, and the evidence of each cluster', () => {
    expect(renderMeshStatus(meshStatus(), noPaint, enteredAtMs + 12_000).join('\n')).toBe(
      [
        'mesh demo: ADDING_NEW_ROOT · [A+B | A] · generation 2 · for 12 s',
        'waiting: cluster-2: istiod-1 has not loaded what the Secret holds',
        '',
        'rotation r-1 · MULTI_ROOT · verification none · started by ana at 2026-01-01T00:00:00.000Z',
        'old     root aaaaaaaaaaaa · O=reroot, CN=one · until 2036-01-01',
        'new     root bbbbbbbbbbbb · O=reroot, CN=two · until 2036-01-01',
        '',
        'CLUSTER    PRESENCE   ROOTS    SIGNER  REPLICAS  NAMESPACES  WORKLOADS  WAITS FOR',
        'cluster-1  reporting  old+new  old     2/2       2/2         4/4',
        'cluster-2  silent     old      old     1/2       0/2         0/4        istiod-1 has not loaded what the Secret holds',
      ].join('\n'),
    );
  });

  it('shows the problems of agents with their remedies', () => {
    const problem = { code: 'RR_SECRET_NOT_OURS', message: 'cacerts is of another owner', remedy: 'move it away' };
    const lines = renderMeshStatus(meshStatus({ problems: [problem] }), noPaint, enteredAtMs);
    expect(lines.slice(-2)).toEqual(['cluster-2: RR_SECRET_NOT_OURS: cacerts is of another owner', '  remedy: move it away']);
  });

  it('takes out what a terminal would obey', () => {
    const problem = { code: 'X', message: '\u001b[2Jgone', remedy: 'a\nb' };
    const text = renderMeshStatus(meshStatus({ name: 'c\u001b]0;t\u0007', problems: [problem] }), noPaint, enteredAtMs).join('');
    expect(text).not.toMatch(/[\u0000-\u001f]/);
  });

  it('names a root that the mesh does not know by its fingerprint', () => {
    const lines = renderMeshStatus(meshStatus({ roots: ['c'.repeat(64)], signerRoot: 'c'.repeat(64) }), noPaint, enteredAtMs);
    expect(lines.at(-1)).toContain('cccccccccccc  cccccccccccc');
  });

  it.each([
    [-5, '0.0 s'],
    [3_210, '3.2 s'],
    [75_000, '75 s'],
    [720_000, '12 min'],
    [18_000_000, '5 h'],
    [259_200_000, '3 d'],
  ])('says %d ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

function meshStatus(second: Partial<ClusterStatus> = {}): MeshStatus {
  const root = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2036-01-01T00:00:00Z' };
  const message = 'waiting: cluster-2: istiod-1 has not loaded what the Secret holds';
  const verdict = { passed: false, reason: 'ReplicaNotLoaded', message, laggards: [] };
  return {
    mesh: 'demo',
    state: 'ADDING_NEW_ROOT',
    step: 'ADDING_NEW_ROOT',
    direction: 'forward',
    generation: 2,
    term: 1,
    enteredAt: new Date(enteredAtMs).toISOString(),
    trustDomain: 'cluster.local',
    roots: [
      { ...root, fingerprint: oldRoot, subject: 'O=reroot\nCN=one', role: 'old' },
      { ...root, fingerprint: newRoot, subject: 'O=reroot\nCN=two', role: 'new' },
    ],
    rotation: {
      id: 'r-1',
      strategy: 'MULTI_ROOT',
      verification: 'none',
      startedBy: 'ana',
      startedAt: new Date(enteredAtMs).toISOString(),
      oldRoot,
      newRoot,
    },
    verdict,
    clusters: [
      clusterStatus({ name: 'cluster-1' }),
      clusterStatus({
        name: 'cluster-2',
        presence: 'silent',
        verdict,
        roots: [oldRoot],
        replicas: { reached: 1, total: 2 },
        namespaces: { reached: 0, total: 2 },
        workloads: { reached: 0, total: 4 },
        ...second,
      }),
    ],
  };
}

function clusterStatus(differing: Partial<ClusterStatus>): ClusterStatus {
  return {
    name: 'cluster',
    presence: 'reporting',
    verdict: { passed: true, reason: 'Passed', message: 'the cluster holds ADDING_NEW_ROOT', laggards: [] },
    roots: [oldRoot, newRoot],
    signerRoot: oldRoot,
    replicas: { reached: 2, total: 2 },
    namespaces: { reached: 2, total: 2 },
    workloads: { reached: 4, total: 4 },
    nudges: 0,
    problems: [],
    ...differing,
  };
}
