import { describe, expect, it } from 'vitest';
import { type PathToProbe, probePaths } from './probe-paths.ts';

const path = (cluster: string, port: number): PathToProbe => ({
  from: { cluster, replica: 'istiod-0' },
  address: `gateway.example:${port}`,
  serverName: '',
});

describe('probing paths', () => {
  it('asks no agent for more than it does at a time, and gives what came of each in order', async () => {
    const busy = new Map<string, number>();
    let most = 0;
    const ask = async (_: string, cluster: string) => {
      busy.set(cluster, (busy.get(cluster) ?? 0) + 1);
      most = Math.max(most, busy.get(cluster) ?? 0);
      await new Promise((resolve) => setImmediate(resolve));
      busy.set(cluster, (busy.get(cluster) ?? 0) - 1);
      throw new Error('nobody is there');
    };
    const paths = ['east', 'west'].flatMap((cluster) => Array.from({ length: 20 }, (_, index) => path(cluster, index + 1)));
    const { signal } = new AbortController();
    const outcomes = await probePaths(paths, {
      mesh: 'demo',
      trustDomain: 'cluster.local',
      tasks: { ask },
      deadlineMs: 1_000,
      signal,
    });
    expect(outcomes.map(({ from, address }) => ({ cluster: from.cluster, address }))).toEqual(
      paths.map(({ from, address }) => ({ cluster: from.cluster, address })),
    );
    expect(outcomes.every(({ result }) => result.kind === 'unavailable')).toBe(true);
    expect(most).toBe(4);
  });
});
