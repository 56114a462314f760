import { describe, expect, it } from 'vitest';
import { clusterStatus, meshStatus, passedVerdict, statusEnteredAt, waitingVerdict } from '../testing/mesh-status.ts';
import type { ClusterStatus, LinkHealth } from './cluster-status.ts';
import { renderClusters } from './render-clusters.ts';
import { noPaint } from './render-table.ts';

const minutesLater = Date.parse(statusEnteredAt) + 180_000;
const deviation = { by: 'ana', why: 'its rack is being moved', since: statusEnteredAt };

describe('the table of clusters', () => {
  it('says who excluded a cluster, how long ago and why, in the place of what nobody waits for', () => {
    const verdict = waitingVerdict('ClusterSilent', 'cluster-1 has been silent');
    expect(lastLine({ membership: 'excluded', deviation, verdict })).toMatch(
      / {2}excluded for 3 min, by ana: its rack is being moved$/,
    );
  });

  it('says what keeps a returning cluster from being a member', () => {
    const verdict = waitingVerdict('ReplicaNotLoaded', 'cluster-1: istiod-0 has not loaded');
    expect(lastLine({ membership: 'returning', deviation, verdict })).toMatch(
      / {2}returning for 3 min, by ana: its rack is being moved · istiod-0 has not loaded$/,
    );
    expect(lastLine({ membership: 'returning', deviation, verdict: passedVerdict('it holds') })).toMatch(/moved$/);
  });

  it('has no room for books', () => {
    const long = { ...deviation, by: 'b'.repeat(200), why: 'w'.repeat(2_000) };
    const text = lastLine({ membership: 'excluded', deviation: long });
    expect(text).toContain(`excluded for 3 min, by ${'b'.repeat(23)}…: ${'w'.repeat(79)}…`);
    expect(text.length).toBeLessThan(220);
  });

  it('says how workloads are known whose proxies were not read, and why they were not', () => {
    const methods = { 'proxy-config': 30, 'start-time': 6, none: 2 };
    const workloads = { reached: 36, total: 38, methods, unread: { forbidden: 7, unreachable: 1 } };
    expect(lastLine({ workloads })).toBe(
      'cluster-1: workloads are known by proxy-config 30, start-time 6, none 2; unread: forbidden 7, unreachable 1',
    );
    expect(lastLine({})).toMatch(/^cluster-1 {2}reporting/);
  });

  it('shows the problems of agents with their remedies', () => {
    const problem = { code: 'RR_SECRET_NOT_OURS', message: 'cacerts is of another owner', remedy: 'move it away' };
    const lines = render({ problems: [problem] });
    expect(lines.slice(-2)).toEqual(['cluster-1: RR_SECRET_NOT_OURS: cacerts is of another owner', '  remedy: move it away']);
  });

  it('says how long the way to an agent and back takes, or since when it answers no more', () => {
    const link = (change: Partial<LinkHealth>) => lastLine({ link: linkHealth(change) }).split(/ {2,}/)[2];
    expect(link({})).toBe('✓ 12 ms');
    expect(link({ roundTripMs: 2_340 })).toBe('✓ 2.3 s');
    expect(link({ connected: false })).toBe('✗ for 3 min');
    const clusters = [clusterStatus({ link: linkHealth({}) }), clusterStatus({ name: 'cluster-2' })];
    const lines = renderClusters(meshStatus({ clusters }), noPaint, minutesLater);
    expect(lines.map((line) => line.split(/ {2,}/)[2])).toEqual(['LINK', '✓ 12 ms', '-']);
    expect(render({})[0]).not.toContain('LINK');
  });

  it('says so when there are none', () => {
    expect(renderClusters(meshStatus({ clusters: [] }), noPaint, minutesLater)).toEqual(['the mesh has no clusters']);
  });
});

function linkHealth(differing: Partial<LinkHealth>): LinkHealth {
  return {
    connected: true,
    heardAt: statusEnteredAt,
    roundTripMs: 12,
    clockOffsetMs: 0,
    agentVersion: '0.1.0',
    protocol: 2,
    connectedSince: statusEnteredAt,
    reconnects: 0,
    mgmtKeys: [],
    refusedByAgent: {},
    ...differing,
  };
}

function render(differing: Partial<ClusterStatus>): readonly string[] {
  return renderClusters(meshStatus({ clusters: [clusterStatus(differing)] }), noPaint, minutesLater);
}

function lastLine(differing: Partial<ClusterStatus>): string {
  return render(differing).at(-1) ?? '';
}
