import { describe, expect, it } from 'vitest';
import { clusterStatus, meshStatus, passedVerdict, statusEnteredAt, waitingVerdict } from '../testing/mesh-status.ts';
import type { ClusterStatus } from './contract.ts';
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

  it('says so when there are none', () => {
    expect(renderClusters(meshStatus({ clusters: [] }), noPaint, minutesLater)).toEqual(['the mesh has no clusters']);
  });
});

function render(differing: Partial<ClusterStatus>): readonly string[] {
  return renderClusters(meshStatus({ clusters: [clusterStatus(differing)] }), noPaint, minutesLater);
}

function lastLine(differing: Partial<ClusterStatus>): string {
  return render(differing).at(-1) ?? '';
}
