import { once } from 'node:events';
import { createServer } from 'node:http';
import { waitFor } from '@reroot/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LabClusterPlan, planCluster } from '../lab-plan.ts';
import { proxyPorts } from '../mesh/envoy-bootstrap.ts';
import { type LabTrafficOptions, startTraffic } from './traffic.ts';
import type { TrafficCluster, TrafficPod } from './turns.ts';

const address = '127.11.12.13';

let answer: 'ok' | 'refuse' = 'ok';
let asked = 0;

/** Stands for every proxy: it answers whatever it is asked. */
beforeAll(async () => {
  const server = createServer((_, response) => {
    asked += 1;
    response.writeHead(answer === 'ok' ? 200 : 503).end(answer);
  }).listen(proxyPorts.outbound, address);
  await once(server, 'listening');
  return () => {
    server.close();
    server.closeAllConnections();
  };
});

describe('the traffic between clusters', () => {
  it('waits for every cluster before it begins, and counts a cluster without a ready workload as failed afterwards', async () => {
    const [one, two] = [clusterOf('one', { workloads: 2 }), clusterOf('two')];
    two.become('unready');
    await using traffic = start({ clusters: [one, two] });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(traffic.count()).toMatchObject({ ok: 0, failed: 0, sinceMs: undefined });

    two.become('ready');
    await waitFor(() => traffic.count().ok >= 20, { timeoutMs: 5_000, what: '20 requests' });
    expect(traffic.count().failed).toBe(0);

    two.become('unready');
    await waitFor(() => traffic.count().failed >= 10, { timeoutMs: 5_000, what: '10 requests that failed' });
    const { byReason, byPair, failures } = traffic.count();
    expect(Object.keys(byReason)).toEqual(['NO_READY_WORKLOAD']);
    expect(byPair['one>one']?.failed).toBe(0);
    expect(byPair['one>two']?.failed).toBeGreaterThan(0);
    expect(failures).toContainEqual(expect.objectContaining({ client: 'two', server: 'one/default/one-1', side: 'client' }));
  });

  it('is no total success when nothing at all is ready', async () => {
    const clusters = [clusterOf('one'), clusterOf('two')];
    await using traffic = start({ clusters });
    await waitFor(() => traffic.count().ok >= 10, { timeoutMs: 5_000, what: '10 requests' });
    for (const cluster of clusters) cluster.become('unready');
    const { failed } = traffic.count();
    await waitFor(() => traffic.count().failed >= failed + 10, { timeoutMs: 5_000, what: '10 requests that failed' });
  });

  it('leaves out pods that have never got through, where only those that trust each other count, and nothing of the others', async () => {
    const [one, two] = [clusterOf('one', { workloads: 2 }), clusterOf('two')];
    answer = 'refuse';
    await using traffic = start({ clusters: [one, two], between: 'trusting' });
    const before = asked;
    await waitFor(() => asked > before + 20, { timeoutMs: 5_000, what: '20 requests' });
    expect(traffic.count()).toMatchObject({ ok: 0, failed: 0 });
    answer = 'ok';
    await waitFor(() => traffic.count().ok >= 40, { timeoutMs: 5_000, what: '40 requests' });
    answer = 'refuse';
    await waitFor(() => traffic.count().failed >= 10, { timeoutMs: 5_000, what: '10 requests that failed' });
    expect(Object.keys(traffic.count().byReason)).toEqual(['HTTP_503']);
    answer = 'ok';
    two.become('unready');
    const unready = (): number => traffic.count().byReason['NO_READY_WORKLOAD'] ?? 0;
    await waitFor(() => unready() >= 10, { timeoutMs: 5_000, what: '10 requests to nobody' });
  });

  it('has no pod talk to itself, unless it may', async () => {
    const clusters = [clusterOf('one', { workloads: 2 }), clusterOf('two')];
    await using across = start({ clusters });
    await using withSelf = start({ clusters, selfCalls: 'allowed' });
    for (const traffic of [across, withSelf]) {
      await waitFor(() => traffic.count().ok >= 20, { timeoutMs: 5_000, what: '20 requests' });
    }
    expect(Object.keys(across.count().byPair).toSorted()).toEqual(['one>one', 'one>two', 'two>one']);
    expect(Object.keys(withSelf.count().byPair).toSorted()).toEqual(['one>one', 'one>two', 'two>one', 'two>two']);
  });
});

interface PlayedCluster extends TrafficCluster {
  become(state: 'ready' | 'unready'): void;
}

function clusterOf(name: string, differing: Partial<LabClusterPlan> = {}): PlayedCluster {
  const plan = planCluster(name, differing);
  let state: 'ready' | 'unready' = 'ready';
  const pods = Array.from({ length: Number(plan.workloads) }, (_, index) => {
    const metadata = { namespace: 'default', name: `${name}-${index + 1}` };
    return { pod: { metadata }, address, isReady: () => state === 'ready' } as TrafficPod;
  });
  return {
    name,
    plan,
    workloadPods: () => pods,
    become: (next) => {
      state = next;
    },
  };
}

function start(
  options: Pick<LabTrafficOptions, 'clusters' | 'selfCalls' | 'between'>,
): ReturnType<typeof startTraffic> & AsyncDisposable {
  const traffic = startTraffic({ ratePerSecond: 200, random: Math.random, selfCalls: 'never', ...options });
  return { ...traffic, [Symbol.asyncDispose]: () => traffic.stop() };
}
