import { describe, expect, it } from 'vitest';
import { clusterStatus, meshStatus, oldRoot, rootStatus, statusEnteredAt, waitingVerdict } from '../testing/mesh-status.ts';
import type { Alarm, MeshStatus } from './mesh-status.ts';
import { renderHeadline, renderLaggards, renderMeshStatus } from './render-status.ts';
import { noPaint, type Paint } from './render-table.ts';
import type { Laggard } from './vocabulary.ts';

const enteredAtMs = Date.parse(statusEnteredAt);
const minutesLater = enteredAtMs + 180_000;
const toned: Paint = (tone, text) => `<${tone}>${text}`;

describe('a mesh as text', () => {
  it('names the step, what it waits for, and the evidence of each cluster', () => {
    const verdict = waitingVerdict('ReplicaNotLoaded', 'cluster-2: istiod-1 has not loaded what the Secret holds');
    const behind = clusterStatus({
      name: 'cluster-2',
      presence: 'silent',
      verdict,
      roots: [oldRoot],
      replicas: { reached: 1, total: 2 },
      namespaces: { reached: 0, total: 2 },
      workloads: { reached: 0, total: 4, methods: { 'proxy-config': 4 }, unread: {} },
    });
    const status = meshStatus({ verdict, clusters: [clusterStatus(), behind] });
    expect(renderMeshStatus(status, noPaint, enteredAtMs + 12_000).join('\n')).toBe(
      [
        'mesh demo: ADDING_NEW_ROOT · [A+B | A] · generation 2 · for 12 s',
        'waiting: cluster-2: istiod-1 has not loaded what the Secret holds',
        '',
        'rotation r-1 · MULTI_ROOT · verification manual · started by ana at 2026-01-01T00:00:00.000Z',
        'old     root aaaaaaaaaaaa · O=reroot, CN=one · until 2036-01-01 · active',
        'new     root bbbbbbbbbbbb · O=reroot, CN=two · until 2036-01-01 · created',
        '',
        'CLUSTER    PRESENCE   ROOTS    SIGNER  REPLICAS  NAMESPACES  WORKLOADS  WAITS FOR',
        'cluster-1  reporting  old+new  old     2/2       2/2         4/4',
        'cluster-2  silent     old      old     1/2       0/2         0/4        istiod-1 has not loaded what the Secret holds',
      ].join('\n'),
    );
  });

  it('says that the steps need the approval of another person', () => {
    const rotation = { ...meshStatus().rotation!, approvals: 'another-person' as const };
    expect(renderMeshStatus(meshStatus({ rotation }), noPaint, enteredAtMs)).toContain(
      'rotation r-1 · MULTI_ROOT · verification manual by another person than ana · started by ana at 2026-01-01T00:00:00.000Z',
    );
  });

  it('lists what it waits for one by one below the sentence', () => {
    const verdict = waitingVerdict('ReplicaNotLoaded', 'c-1: istiod-0 has not loaded (and 1 more)', laggards(2));
    expect(renderMeshStatus(meshStatus({ verdict }), noPaint, minutesLater).slice(1, 4)).toEqual([
      'waiting: c-1: istiod-0 has not loaded (and 1 more)',
      '  c-1: istiod-0 has not loaded · for 3 min',
      '  c-2: istiod-0 has not loaded · for 3 min',
    ]);
  });

  it('takes out what a terminal would obey', () => {
    const nasty = '\u001b]0;t\u0007\n\u202e';
    const text = renderMeshStatus(nastyStatus(nasty), noPaint, enteredAtMs).join('');
    expect(text).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});

describe('the headline', () => {
  it('says how many clusters were told a step that is given in waves, and since when', () => {
    expect(waveLines({ index: 2, released: { reached: 12, total: 40 }, releasedAt: statusEnteredAt })).toEqual([
      'wave 2 · 12 of 40 clusters told · for 3 min',
    ]);
  });

  it('says that no cluster was told yet', () => {
    expect(waveLines({ index: 0, released: { reached: 0, total: 40 }, releasedAt: statusEnteredAt })).toEqual([
      'no wave yet · 0 of 40 clusters told',
    ]);
  });

  it('says since when a proven wave soaks', () => {
    const provenAt = '2026-01-01T00:01:55.000Z';
    expect(waveLines({ index: 1, released: { reached: 1, total: 3 }, releasedAt: statusEnteredAt, provenAt })).toEqual([
      'wave 1 · 1 of 3 clusters told · proven, soaking for 65 s',
    ]);
  });

  it('says nothing of waves when every cluster was told', () => {
    expect(waveLines({ index: 3, released: { reached: 40, total: 40 }, releasedAt: statusEnteredAt })).toEqual([]);
  });

  it('says since when it waits for a single laggard', () => {
    const verdict = waitingVerdict('ReplicaNotLoaded', 'c-1: istiod-0 has not loaded', laggards(1));
    expect(renderHeadline(meshStatus({ verdict }), noPaint, minutesLater)[1]).toBe(
      'waiting: c-1: istiod-0 has not loaded · for 3 min',
    );
    expect(renderLaggards(verdict, minutesLater)).toEqual([]);
  });

  it('shows critical alarms before warnings', () => {
    const alarms: Alarm[] = [
      { severity: 'warning', reason: 'ClusterQuarantined', message: 'cluster-2 is not brought back' },
      { severity: 'critical', reason: 'RootExpiresSoon', message: 'root aaaa expires at noon' },
    ];
    expect(renderHeadline(meshStatus({ alarms }), toned, enteredAtMs).slice(2)).toEqual([
      '<bad>critical: root aaaa expires at noon',
      '<waiting>warning: cluster-2 is not brought back',
    ]);
  });

  it('shows ten alarms and counts the others', () => {
    const alarms = Array.from({ length: 12 }, (_, index): Alarm => {
      return { severity: 'warning', reason: 'IntermediateExpiresSoon', message: `the intermediate of c-${index} expires` };
    });
    const lines = renderHeadline(meshStatus({ alarms }), noPaint, enteredAtMs).slice(2);
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('and 2 more alarms');
  });
});

describe('laggards', () => {
  it('are ten at the most, and the others are counted whether the verdict lists them or not', () => {
    const verdict = { ...waitingVerdict('ReplicaNotLoaded', 'c-1', laggards(200)), laggardCount: 4_711 };
    const lines = renderLaggards(verdict, minutesLater);
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toBe('  and 4701 more');
  });

  it('need no age', () => {
    const young = { cluster: 'c-1', reason: 'ReplicaNotLoaded', message: 'c-1: istiod-0 has not loaded' };
    expect(renderLaggards(waitingVerdict('x', 'x', [young, young]), minutesLater)).toEqual([
      '  c-1: istiod-0 has not loaded',
      '  c-1: istiod-0 has not loaded',
    ]);
  });
});

function waveLines(wave: MeshStatus['wave']): readonly string[] {
  const lines = renderHeadline(meshStatus({ wave }), noPaint, minutesLater);
  return lines.slice(
    1,
    lines.findIndex((line) => line.startsWith('waiting: ')),
  );
}

function laggards(count: number): readonly Laggard[] {
  return Array.from({ length: count }, (_, index) => {
    const cluster = `c-${index + 1}`;
    const message = `${cluster}: istiod-0 has not loaded`;
    return { cluster, reason: 'ReplicaNotLoaded', message, replica: 'istiod-0', since: statusEnteredAt };
  });
}

/** Text from elsewhere in every place that has any. */
function nastyStatus(nasty: string): MeshStatus {
  const [laggard] = laggards(1);
  const deviation = { by: nasty, why: nasty, since: statusEnteredAt };
  return meshStatus({
    roots: [rootStatus({ subject: nasty }), rootStatus({ fingerprint: nasty, phase: 'destroyed' })],
    rotation: { ...meshStatus().rotation!, startedBy: nasty, approvals: 'another-person' },
    verdict: waitingVerdict('x', nasty, [laggard!, { ...laggard!, message: nasty }]),
    alarms: [{ severity: 'critical', reason: 'x', message: nasty }],
    clusters: [
      clusterStatus({ name: nasty, problems: [{ code: 'X', message: nasty, remedy: nasty }] }),
      clusterStatus({ membership: 'excluded', deviation }),
    ],
  });
}
